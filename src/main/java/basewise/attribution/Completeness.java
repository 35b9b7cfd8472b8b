package basewise.attribution;

import basewise.nn.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * Whether the contributions against one reference add up.
 *
 * @param reference its number, from 0
 * @param difference output of the sequence minus output of the reference
 * @param sum of all contributions: multipliers times the differences of the inputs
 * @param kept what rules of relevance give to no base: what biases and stabilisers take; 0
 *     elsewhere
 * @param error |difference - sum - kept| / max(|difference|, the sum of absolute contributions,
 *     1e-6); infinite if one of them is not a number
 * @param layer where most of what is missing was lost; null where nobody asked
 */
public record Completeness(
    int reference,
    double difference,
    double sum,
    double kept,
    double error,
    @Nullable String layer) {
  /** Exact rules stay below it. */
  public static final double EXPECTED = 1e-5;

  /** Above it a person is warned. */
  public static final double WORTH_A_WARNING = 1e-3;

  /** Above it the scores are wrong. */
  public static final double WRONG = 1e-2;

  private static final double SMALLEST = 1e-6;

  /**
   * Adds up.
   *
   * @param multipliers one per input
   * @param x the input
   * @param r the reference
   */
  static Completeness of(
      int reference, double difference, double[] multipliers, double[] x, double[] r) {
    double sum = 0;
    double absolute = 0;
    for (int i = 0; i < x.length; i++) {
      double contribution = multipliers[i] * (x[i] - r[i]);
      sum += contribution;
      absolute += Math.abs(contribution);
    }
    return of(reference, difference, sum, 0, absolute);
  }

  /**
   * Compares a sum.
   *
   * @param absolute the sum of absolute contributions
   */
  static Completeness of(
      int reference, double difference, double sum, double kept, double absolute) {
    double unit = Math.max(Math.max(Math.abs(difference), absolute), SMALLEST);
    double error = Math.abs(difference - sum - kept) / unit;
    double known = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    return new Completeness(reference, difference, sum, kept, known, null);
  }

  /** This, with the layer where it was lost. */
  Completeness lostAt(@Nullable String name) {
    return new Completeness(reference, difference, sum, kept, error, name);
  }

  /**
   * The layer that loses most.
   *
   * @param losses per node
   */
  static @Nullable String layer(Network network, double[] losses) {
    String name = null;
    double most = 0;
    for (int i = 0; i < losses.length; i++) {
      // What is not a number is lost altogether, and first at the layer nearest to the output.
      double loss = Double.isNaN(losses[i]) ? Double.POSITIVE_INFINITY : Math.abs(losses[i]);
      if (loss > 0 && loss >= most) {
        most = loss;
        name = network.nodes().get(i).name();
      }
    }
    return name;
  }
}
