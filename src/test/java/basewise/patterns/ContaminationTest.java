package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
import basewise.stats.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer follows from the area under the curve of all similarities. */
class ContaminationTest {
  private static final int LENGTH = 20;
  private static final int SEQLETS = 150;

  /** Half of them have something in common, and two no scores at all. */
  private static ScoredSequences data() {
    Random random = new Random(4);
    byte[][] codes = new byte[2 * SEQLETS][LENGTH];
    float[][] scores = new float[2 * SEQLETS][4 * LENGTH];
    for (int i = 0; i < codes.length; i++) {
      for (int p = 0; p < LENGTH; p++) {
        codes[i][p] = (byte) (i % 2 == 0 && p % 3 > 0 ? p % 4 : random.nextInt(4));
        scores[i][4 * p + codes[i][p]] = i < 2 ? 0 : (float) random.nextGaussian();
      }
    }
    return new ScoredSequences(codes, scores, 0);
  }

  private static List<Seqlet> seqlets(int first, int step, int count) {
    List<Seqlet> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(new Seqlet(first + i * step, 0, LENGTH, false));
    }
    return out;
  }

  private static double definition(ScoredSequences data, List<Seqlet> own, List<Seqlet> others) {
    int n = own.size();
    double[] all = new double[n * (n + others.size())];
    boolean[] label = new boolean[all.length];
    Arrays.fill(label, 0, n * n, true);
    for (int i = 0; i < n; i++) {
      float[] x = Profile.of(data, own.get(i));
      for (int j = 0; j < n + others.size(); j++) {
        Seqlet other = j < n ? own.get(j) : others.get(j - n);
        all[j < n ? i * n + j : n * j + i] =
            JaccardKernel.similarity(x, Profile.of(data, other), 0);
      }
    }
    return 2 * (1 - Math.max(0.5, Ranking.auroc(all, label)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 2048})
  void isDecidedAsTheAreaIs(int buckets) {
    ScoredSequences data = data();
    Workers workers = Workers.ALONE;
    for (int first = 0; first < 2; first++) {
      List<Seqlet> own = seqlets(first, 2, 70);
      List<Seqlet> others = seqlets(1 - first, 2, SEQLETS);
      double c = definition(data, own, others);
      assertThat(c).isBetween(0.01, 0.99);
      var sample = Contamination.Sample.of(data, own, workers, buckets);
      for (double x : new double[] {0, 0.2, 0.5, 0.8, 1, 2, c - 1e-6, c + 1e-6}) {
        assertThat(new Contamination(data, sample, others, workers).atLeast(x)).isEqualTo(c >= x);
      }
      Contamination known = new Contamination(data, sample, others, workers);
      double apart = known.most() - known.least();
      while (known.most() > known.least()) {
        known.refine();
        assertThat(known.least()).isLessThanOrEqualTo(c + 1e-12);
        assertThat(known.most()).isGreaterThanOrEqualTo(c - 1e-12);
        assertThat(known.most() - known.least()).isLessThanOrEqualTo(apart);
        apart = known.most() - known.least();
      }
      assertThat(known.least()).isCloseTo(c, within(1e-12));
      assertThat(known.atLeast(known.least())).isTrue();
      assertThat(known.atLeast(Math.nextUp(known.least()))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2048})
  void meansAreDecidedAsTheyAre(int buckets) {
    ScoredSequences data = data();
    Workers workers = Workers.ALONE;
    List<Seqlet> one = seqlets(0, 2, 80);
    List<Seqlet> other = seqlets(1, 2, 60);
    double mean = 0.5 * (definition(data, one, other) + definition(data, other, one));
    var first = Contamination.Sample.of(data, one, workers, buckets);
    var second = Contamination.Sample.of(data, other, workers, buckets);
    for (double x : new double[] {0, 0.1, 0.2, 0.4, 1, mean - 1e-6, mean + 1e-6}) {
      assertThat(
              Contamination.meanAtMost(
                  new Contamination(data, first, other, workers),
                  new Contamination(data, second, one, workers),
                  x))
          .isEqualTo(mean <= x);
    }
  }

  /** Where nothing lies on the pattern, nothing speaks against a merger. */
  @Test
  void ofNoneIsOne() {
    ScoredSequences data = data();
    var sample = Contamination.Sample.of(data, seqlets(0, 2, 3), Workers.ALONE);
    Contamination none = new Contamination(data, sample, List.of(), Workers.ALONE);
    assertThat(none.atLeast(1)).isTrue();
    assertThat(none.atLeast(1.5)).isFalse();
    assertThat(Contamination.meanAtMost(none, none, 0.4)).isFalse();
  }
}
