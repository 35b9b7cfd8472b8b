package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.Network;
import basewise.nn.network.Trace;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Methods that are derivatives, or averages of derivatives. Inputs off the simplex that are noisy
 * are run as the numbers they are; on the way from a reference to a sequence, what the first layer
 * gives is interpolated.
 */
final class GradientMethods {
  private final Subject subject;
  private final FirstLayer first;

  GradientMethods(Subject subject) {
    this.subject = subject;
    first = new FirstLayer(subject);
  }

  /** Refuses a variance of one draw. */
  void check(Method method) {
    if (method == Method.VARGRAD && subject.options().samples(AttributionOptions.NOISES) < 2) {
      throw InputException.ofOption(
          "--samples", method.label() + " has no variance of one draw", "give 2 or more");
    }
  }

  /** The derivative by each base (Simonyan, Vedaldi and Zisserman 2014). */
  Found gradient(byte[] codes) {
    return Found.plain(subject.gradient(Network.oneHot(codes)));
  }

  /** The derivative minus its mean over the four letters (Majdandzic and others 2023). */
  Found corrected(byte[] codes) {
    return Found.plain(Scores.centred(subject.gradient(Network.oneHot(codes))));
  }

  /** What a rule without a reference sends back to the bases. */
  Found back(PropagationRule rule, byte[] codes) {
    return Found.plain(Sweep.back(rule, subject.run(codes), subject.weights()));
  }

  /** SmoothGrad, its square or VarGrad with noise drawn by the seed; an N gets none. */
  Found noisy(Moment moment, byte[] codes, long item) {
    AttributionOptions options = subject.options();
    long own = Seeds.mix(options.seed(), item);
    return noisy(
        moment,
        codes,
        options.samples(AttributionOptions.NOISES),
        s -> noise(codes, Seeds.generator(own, s)));
  }

  private double[] noise(byte[] codes, RandomGenerator random) {
    double[] out = new double[codes.length * Dna.N];
    for (int i = 0; i < out.length; i++) {
      double draw = random.nextGaussian();
      out[i] = codes[i / Dna.N] == Dna.N ? 0 : subject.options().sigma() * draw;
    }
    return out;
  }

  /**
   * A moment of the gradient under noise.
   *
   * @param noises what is added to the one-hot sequence, for each of {@code n} draws
   */
  Found noisy(Moment moment, byte[] codes, int n, IntFunction<double[]> noises) {
    double[] x = Network.oneHot(codes);
    if (moment == Moment.MEAN) {
      FirstLayer.Sum sum = first.sum();
      for (int s = 0; s < n; s++) {
        sum.add(added(noises.apply(s), x), 1.0 / n);
      }
      return Found.plain(sum.value());
    }
    double[] mean = new double[x.length];
    double[] squares = new double[x.length]; // of differences from the mean so far (Welford 1962)
    for (int s = 0; s < n; s++) {
      double[] g = subject.gradient(added(noises.apply(s), x));
      for (int i = 0; i < g.length; i++) {
        double from = g[i] - mean[i];
        mean[i] += from / (s + 1);
        squares[i] += from * (g[i] - mean[i]);
      }
    }
    return Found.plain(moment.of(mean, squares, n));
  }

  private static double[] added(double[] noise, double[] x) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] += x[i];
    }
    return noise;
  }

  /** Which moment of the gradients is the score. */
  enum Moment {
    /** SmoothGrad: their mean (Smilkov and others 2017). */
    MEAN,
    /** SmoothGrad-squared: the mean of their squares (Hooker and others 2019). */
    SQUARE,
    /** VarGrad: their variance, with n - 1 (Adebayo and others 2018). */
    VARIANCE;

    private double[] of(double[] mean, double[] squares, int n) {
      double[] out = new double[mean.length];
      for (int i = 0; i < out.length; i++) {
        out[i] =
            switch (this) {
              case MEAN -> mean[i];
              case SQUARE -> squares[i] / n + mean[i] * mean[i];
              case VARIANCE -> squares[i] / (n - 1);
            };
      }
      return out;
    }
  }

  /** Integrated gradients (Sundararajan, Taly and Yan 2017) from each reference. */
  Found integrated(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    Reference kind = Objects.requireNonNullElse(options.reference(), Reference.GC);
    return integrated(codes, References.of(kind, options, codes, item));
  }

  /** Integrated gradients, averaged over these references. */
  Found integrated(byte[] codes, List<double[]> references) {
    AttributionOptions options = subject.options();
    double[][] rule = options.quadrature().rule(options.steps());
    Path path = new Path(codes);
    for (double[] r : references) {
      path.add(r, rule[0], rule[1], 1);
    }
    return path.answer();
  }

  /**
   * Expected gradients (Erion, Janizek, Sturmfels, Lundberg and Lee 2021): the path is drawn from
   * at random. References take turns, so that each has its share of the draws.
   */
  Found expected(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    List<double[]> references =
        options.reference() == null
            ? References.shuffles(codes, item, options.seed(), options.shuffles())
            : References.of(options.reference(), options, codes, item);
    int n = options.samples(AttributionOptions.PLACES);
    int[] which = new int[n];
    double[] places = new double[n];
    // Not the stream of the shuffles, which is that of (seed, item) itself.
    RandomGenerator random = Seeds.generator(Seeds.mix(options.seed(), item), -1);
    for (int s = 0; s < n; s++) {
      which[s] = s % references.size();
      places[s] = random.nextDouble();
    }
    return expected(codes, references, which, places);
  }

  /**
   * Expected gradients over these draws.
   *
   * @param which number of the reference of each draw
   * @param places its place on the path, 0 at the reference and 1 at the sequence
   */
  Found expected(byte[] codes, List<double[]> references, int[] which, double[] places) {
    Path path = new Path(codes);
    for (int k = 0; k < references.size(); k++) {
      int number = k;
      double[] own =
          IntStream.range(0, which.length)
              .filter(s -> which[s] == number)
              .mapToDouble(s -> places[s])
              .toArray();
      if (own.length > 0) {
        double[] weights = new double[own.length];
        Arrays.fill(weights, 1.0 / own.length);
        path.add(references.get(k), own, weights, own.length);
      }
    }
    return path.answer();
  }

  /** The straight ways from references to a sequence, and what was found on them. */
  private final class Path {
    private final Trace x;
    private final double[] sum;
    private final List<Completeness> completeness = new ArrayList<>();
    private double weight;

    Path(byte[] codes) {
      x = subject.run(codes);
      sum = new double[x.input().length];
    }

    /**
     * Adds the mean derivative of a way.
     *
     * @param places on it, 0 at the reference
     * @param weights of the places
     * @param share of this reference in the answer
     */
    void add(double[] r, double[] places, double[] weights, double share) {
      Trace from = subject.run(r);
      FirstLayer.Sum derivatives = first.sum();
      derivatives.add(from, x, places, weights);
      double[] m = derivatives.value();
      double difference = subject.value(x) - subject.value(from);
      completeness.add(Completeness.of(completeness.size(), difference, m, x.input(), r));
      double[] h = new double[m.length];
      Scores.addHypothetical(h, m, r);
      for (int i = 0; i < h.length; i++) {
        sum[i] += share * h[i];
      }
      weight += share;
    }

    Found answer() {
      return new Found(Scores.divide(sum, weight), List.copyOf(completeness));
    }
  }
}
