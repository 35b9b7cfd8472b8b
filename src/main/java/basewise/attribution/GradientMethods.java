package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.Network;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Methods that are derivatives, or averages of derivatives. Inputs off the simplex (noisy, or on
 * the way from a reference) are run as the numbers they are.
 */
final class GradientMethods {
  private final Subject subject;

  GradientMethods(Subject subject) {
    this.subject = subject;
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
    double[] mean = new double[x.length];
    double[] squares = new double[x.length]; // of differences from the mean so far (Welford 1962)
    for (int s = 0; s < n; s++) {
      double[] noise = noises.apply(s);
      for (int i = 0; i < noise.length; i++) {
        noise[i] += x[i];
      }
      double[] g = subject.gradient(noise);
      for (int i = 0; i < g.length; i++) {
        double from = g[i] - mean[i];
        mean[i] += from / (s + 1);
        squares[i] += from * (g[i] - mean[i]);
      }
    }
    return Found.plain(moment.of(mean, squares, n));
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
      double[] m = new double[r.length];
      for (int k = 0; k < rule[0].length; k++) {
        double[] g = subject.gradient(path.at(r, rule[0][k]));
        for (int i = 0; i < m.length; i++) {
          m[i] += rule[1][k] * g[i];
        }
      }
      path.add(m, r, 1);
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
      double[] r = references.get(k);
      double[] m = new double[r.length];
      int n = 0;
      for (int s = 0; s < which.length; s++) {
        if (which[s] == k) {
          double[] g = subject.gradient(path.at(r, places[s]));
          for (int i = 0; i < m.length; i++) {
            m[i] += g[i];
          }
          n++;
        }
      }
      if (n > 0) {
        path.add(Scores.divide(m, n), r, n);
      }
    }
    return path.answer();
  }

  /** The straight ways from references to a sequence, and what was found on them. */
  private final class Path {
    private final double[] x;
    private final double output;
    private final double[] sum;
    private final List<Completeness> completeness = new ArrayList<>();
    private double weight;

    Path(byte[] codes) {
      x = Network.oneHot(codes);
      output = subject.value(subject.run(x));
      sum = new double[x.length];
    }

    double[] at(double[] r, double place) {
      double[] out = new double[x.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = r[i] + place * (x[i] - r[i]);
      }
      return out;
    }

    /** Adds the mean gradient of a way. */
    void add(double[] m, double[] r, double share) {
      double difference = output - subject.value(subject.run(r));
      completeness.add(Completeness.of(completeness.size(), difference, m, x, r));
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
