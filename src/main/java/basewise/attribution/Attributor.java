package basewise.attribution;

import basewise.nn.SequenceModel;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Explains one raw output (logit) of a model, sequence by sequence. Safe to share between threads;
 * results depend on the sequence, its number and the seed alone.
 */
public final class Attributor {
  /** References of {@link Method#DEEPSHAP}. */
  public static final int SHUFFLES = 20;

  private static final int BASES = Dna.N;

  private final Network network;
  private final Mutagenesis mutagenesis;
  private final int task;
  private final long seed;

  /**
   * Prepares a model.
   *
   * @param task number of the output that is explained
   * @param seed of the shuffles
   */
  public Attributor(SequenceModel model, int task, long seed) {
    if (task < 0 || task >= model.tasks().size()) {
      throw new IllegalArgumentException("task " + task);
    }
    network = Network.of(model);
    mutagenesis = new Mutagenesis(model);
    this.task = task;
    this.seed = seed;
  }

  /**
   * Scores of one sequence.
   *
   * @param codes as many as the model's width
   * @param item number of the sequence, for its random choices
   */
  public Attribution explain(Method method, byte[] codes, long item) {
    return switch (method) {
      case GRADIENT, INPUT_X_GRADIENT -> plain(gradient(codes));
      case CORRECTED_GRADIENT -> plain(centred(gradient(codes)));
      case DEEPLIFT -> against(codes, List.of(composition(codes)));
      case DEEPSHAP -> against(codes, shuffles(codes, item));
      case ISM -> plain(centred(doubles(mutagenesis.differences(codes, task))));
    };
  }

  private double[] gradient(byte[] codes) {
    return Sweep.gradient(network.forward(Network.oneHot(codes), Precision.FLOAT32), task);
  }

  /** Rescale's hypothetical contributions, averaged over references. */
  private Attribution against(byte[] codes, List<double[]> references) {
    Trace x = network.forward(Network.oneHot(codes), Precision.FLOAT32);
    double[] sum = new double[x.input().length];
    List<Completeness> completeness = new ArrayList<>();
    for (double[] r : references) {
      Trace reference = network.forward(r, Precision.FLOAT32);
      double[] m = Sweep.multipliers(new RescaleRule(), x, reference, task);
      double difference = x.output()[task] - reference.output()[task];
      completeness.add(Completeness.of(completeness.size(), difference, m, x.input(), r));
      for (int i = 0; i < sum.length; i += BASES) {
        double base = 0;
        for (int c = 0; c < BASES; c++) {
          base += r[i + c] * m[i + c];
        }
        for (int c = 0; c < BASES; c++) {
          sum[i + c] += m[i + c] - base;
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= references.size();
    }
    return new Attribution(floats(sum), List.copyOf(completeness));
  }

  /** The sequence's own frequencies of A and T, and of C and G, at every base that is known. */
  static double[] composition(byte[] codes) {
    int known = 0;
    int strong = 0;
    for (byte c : codes) {
      known += c == Dna.N ? 0 : 1;
      strong += c == Dna.C || c == Dna.G ? 1 : 0;
    }
    double gc = known == 0 ? 0.5 : (double) strong / known;
    double[] out = new double[codes.length * BASES];
    for (int i = 0; i < codes.length; i++) {
      for (int c = 0; codes[i] != Dna.N && c < BASES; c++) {
        out[i * BASES + c] = (c == Dna.C || c == Dna.G ? gc : 1 - gc) / 2;
      }
    }
    return out;
  }

  private List<double[]> shuffles(byte[] codes, long item) {
    List<double[]> out = new ArrayList<>();
    long own = Seeds.mix(seed, item);
    for (int s = 0; s < SHUFFLES; s++) {
      RandomGenerator random = Seeds.generator(own, s);
      byte @Nullable [] shuffle = DinucleotideShuffle.shuffleUnlike(codes, random);
      // A sequence without another order is its own reference: nothing in it stands out.
      out.add(Network.oneHot(shuffle == null ? codes : shuffle));
    }
    return out;
  }

  /** Minus the mean over the four letters, in place. */
  private static double[] centred(double[] scores) {
    for (int i = 0; i < scores.length; i += BASES) {
      double mean = 0;
      for (int c = 0; c < BASES; c++) {
        mean += scores[i + c] / BASES;
      }
      for (int c = 0; c < BASES; c++) {
        scores[i + c] -= mean;
      }
    }
    return scores;
  }

  private static Attribution plain(double[] scores) {
    return new Attribution(floats(scores), List.of());
  }

  private static double[] doubles(float[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i];
    }
    return out;
  }

  private static float[] floats(double[] x) {
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) x[i];
    }
    return out;
  }
}
