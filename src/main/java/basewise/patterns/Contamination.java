package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
import java.util.List;

/**
 * Cross-contamination: 1 if the seqlets of a pattern are as like those of another as these are
 * among themselves, 0 if always less. It is twice what the area under the curve lacks, and known
 * only as well as has been asked for: between two numbers, which {@link #refine} brings together.
 */
final class Contamination {
  private static final int ROWS = 16;

  /** Rows compared before one asks again. */
  private static final int BATCH = 4 * ROWS;

  private final ScoredSequences data;
  private final Sample sample;
  private final List<Seqlet> others;
  private final Workers workers;

  /** Of this many others how many of the sample's own similarities are above theirs. */
  private int done;

  private final long[] above = new long[2];
  private double least;
  private double most;

  /** Profiles of seqlets of a pattern, and how alike they are. */
  record Sample(float[][] profiles, RankedSimilarities own) {
    private static final int BUCKETS = 2048;

    static Sample of(ScoredSequences data, List<Seqlet> seqlets, Workers workers) {
      return of(data, seqlets, workers, BUCKETS);
    }

    static Sample of(ScoredSequences data, List<Seqlet> seqlets, Workers workers, int buckets) {
      float[][] profiles = new float[seqlets.size()][];
      workers.each(profiles.length, ROWS, i -> profiles[i] = Profile.of(data, seqlets.get(i)));
      int zeros = 0;
      for (float[] x : profiles) {
        zeros += JaccardKernel.similarity(x, x, 0) == 0 ? 1 : 0;
      }
      float[] pairs = PairSimilarities.of(profiles, workers);
      return new Sample(
          profiles, new RankedSimilarities(pairs, profiles.length - zeros, zeros, buckets));
    }
  }

  /**
   * Nothing is compared yet.
   *
   * @param others seqlets of the other pattern, laid on those of the sample
   */
  Contamination(ScoredSequences data, Sample sample, List<Seqlet> others, Workers workers) {
    this.data = data;
    this.sample = sample;
    this.others = others;
    this.workers = workers;
    least = others.isEmpty() ? 1 : 0;
    most = 1;
  }

  /** It is no less. */
  double least() {
    return least;
  }

  /** It is no more. */
  double most() {
    return most;
  }

  /** Whether it is at least a number. */
  boolean atLeast(double number) {
    while (least < number && most >= number) {
      refine();
    }
    return least >= number;
  }

  /** Whether the mean of two is at most a number. */
  static boolean meanAtMost(Contamination a, Contamination b, double number) {
    while (0.5 * (a.least + b.least) <= number && 0.5 * (a.most + b.most) > number) {
      (a.most - a.least >= b.most - b.least ? a : b).refine();
    }
    return 0.5 * (a.most + b.most) <= number;
  }

  /** Compares some more of the others; when none are left, all once more, exactly. */
  void refine() {
    if (done == others.size()) {
      double sum = exactly();
      least = of(sum);
      most = least;
      return;
    }
    int from = done;
    int to = Math.min(others.size(), from + BATCH);
    workers.run(
        (to - from + ROWS - 1) / ROWS,
        chunk -> {
          long[] sums = new long[2];
          float[][] alike = alike(from + chunk * ROWS, Math.min(to, from + (chunk + 1) * ROWS));
          for (float[] row : alike) {
            sample.own.addAbove(row, sums);
          }
          synchronized (above) {
            above[0] += sums[0];
            above[1] += sums[1];
          }
        });
    done = to;
    // Any that are left may have all of the sample's above theirs, or none.
    least = of(above[1] + sample.own.size() * sample.profiles.length * (others.size() - done));
    most = of(above[0]);
  }

  private float[][] alike(int from, int to) {
    float[][] y = new float[to - from][];
    for (int i = from; i < to; i++) {
      y[i - from] = Profile.of(data, others.get(i));
    }
    float[][] alike = new float[y.length][sample.profiles.length];
    JaccardKernel.similarities(
        new JaccardKernel.Rows(y, 0, y.length),
        new JaccardKernel.Rows(sample.profiles, 0, sample.profiles.length),
        alike);
    return alike;
  }

  /** From the area: how often one of the sample is above one of the others, ties counting half. */
  private double of(double sum) {
    double area = sum / (sample.own.size() * sample.profiles.length * others.size());
    return 2 * (1 - Math.max(0.5, area));
  }

  private double exactly() {
    sample.own.sort();
    double[] sums = new double[(others.size() + ROWS - 1) / ROWS]; // halves: any sum is exact
    workers.run(
        sums.length,
        chunk -> {
          int from = chunk * ROWS;
          for (float[] row : alike(from, Math.min(others.size(), from + ROWS))) {
            for (float x : row) {
              sums[chunk] += sample.own.above(x);
            }
          }
        });
    double all = 0;
    for (double s : sums) {
      all += s;
    }
    return all;
  }
}
