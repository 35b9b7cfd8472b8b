package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected numbers by src/test/python/golden_patterns.py, which says by what versions. */
class SeqletStepsTest {
  private static final double[] VALUES =
      IntStream.range(0, 600)
          .mapToDouble(i -> 3 * Math.pow(Math.sin(i), 7) + 0.2 * Math.cos(3 * i))
          .sorted()
          .toArray();

  private static final double[] NULLS =
      IntStream.range(0, 200).mapToDouble(i -> -0.4 * Math.log((i + 0.5) / 200)).sorted().toArray();

  @Test
  void theNullDrawsWhatModiscoLiteDraws() {
    double[] draws = new LaplaceNull(VALUES).draws();
    double[] positive = Arrays.stream(draws).filter(x -> x >= 0).toArray();
    assertThat(positive).hasSize(6099);
    assertThat(positive[0]).isCloseTo(0.4457297618023064, within(1e-12));
    assertThat(Arrays.stream(draws).max().orElseThrow())
        .isCloseTo(1.9525003303113073, within(1e-12));
    assertThat(Arrays.stream(draws).min().orElseThrow())
        .isCloseTo(-3.689247946304377, within(1e-12));
  }

  @Test
  void thresholdsAreModiscoLites() {
    double[] sums = WindowThreshold.side(VALUES, true);
    assertThat(WindowThreshold.of(sums, NULLS, 0.05)).isCloseTo(2.420514820418216, within(1e-12));
    assertThat(WindowThreshold.of(sums, NULLS, 0.3)).isCloseTo(1.5244952652310124, within(1e-12));
    assertThat(WindowThreshold.of(sums, NULLS, 0.5)).isCloseTo(1.4411055619799387, within(1e-12));
  }

  @Test
  void oneSignMayHaveNoWindowsOrNoNull() {
    assertThat(WindowThreshold.of(new double[0], NULLS, 0.05)).isInfinite();
    assertThat(WindowThreshold.of(new double[] {1, 2}, new double[0], 0.05)).isEqualTo(1);
  }

  /** Ones beside 2^24, above which a float is even: its _smooth of the same gives these. */
  @Test
  void windowsAreSummedInSinglePrecisionAsModiscoLiteSumsThem() {
    float[] scores = new float[4 * 60];
    for (int i = 0; i < 60; i++) {
      scores[4 * i] = i == 10 ? 1 << 24 : 1;
    }
    ScoredSequences data =
        new ScoredSequences(new byte[][] {new byte[60]}, new float[][] {scores}, 0);
    double[] sums = new SeqletFinder(data, PatternOptions.DEFAULTS).sums()[0];
    assertThat(sums).hasSize(41);
    assertThat(sums[0]).isEqualTo((1 << 24) + 12); // in double precision 19 more than 2^24
    assertThat(sums[9]).isEqualTo((1 << 24) + 3);
    assertThat(sums[11]).isEqualTo(2); // 20
    assertThat(sums[40]).isEqualTo(0); // 20
  }

  @Test
  void betaIsModiscoLites() {
    double[] distances = IntStream.range(0, 40).mapToDouble(i -> 1 + Math.sin(i)).toArray();
    assertThat(DensityAdaptation.beta(distances, 10, 1)).isEqualTo(7.4853515625);
  }

  @Test
  void informationIsModiscoLites() {
    double[] sequence = {.7, .1, .1, .1, .25, .25, .25, .25, 0, 0, 1, 0};
    Pattern p = new Pattern(List.of(), sequence, new double[12], new double[12]);
    assertThat(p.information(new double[] {0.3, 0.2, 0.2, 0.3}))
        .containsExactly(
            new double[] {0.6141599291368711, -0.029049405545331308, 1.96663329933989},
            within(1e-12));
  }

  @Test
  void theRichestWindowIsTheFirstOfEquals() {
    assertThat(Pattern.richest(new double[] {0, 1, 2, 1, 0, 1, 2, 1}, 3)).isEqualTo(1);
    assertThat(Pattern.richest(new double[] {0, 1, 2, 1, 0, 1, 2, 2}, 3)).isEqualTo(5);
  }

  @Test
  void percentilesAreInterpolated() {
    double[] sorted = {0, 10, 20, 40};
    assertThat(Sorted.percentile(sorted, 0, 4, 0.5)).isEqualTo(15);
    assertThat(Sorted.percentile(sorted, 1, 4, 1)).isEqualTo(40);
    assertThat(Sorted.atLeast(sorted, 10)).isEqualTo(1);
    assertThat(Sorted.above(sorted, 10)).isEqualTo(2);
    assertThat(Sorted.above(sorted, 40)).isEqualTo(4);
  }
}
