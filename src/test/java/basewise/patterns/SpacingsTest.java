package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpacingsTest {
  private static final int LENGTH = 200;
  private static final int WIDTH = 10;

  /** Where the two stand, per sequence: start and strand of each. */
  private interface Plan {
    Seqlet[] of(int sequence, SplittableRandom random);
  }

  private static Seqlet at(int sequence, int start, boolean reverse) {
    return new Seqlet(sequence, start, start + WIDTH, reverse);
  }

  /** Two patterns of random bases that all contribute 1: their cores are the whole seqlets. */
  private static List<Spacing> found(int sequences, long seed, Plan plan) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[][] codes = new byte[sequences][LENGTH];
    float[][] scores = new float[sequences][4 * LENGTH];
    for (int i = 0; i < sequences; i++) {
      for (int p = 0; p < LENGTH; p++) {
        codes[i][p] = (byte) random.nextInt(4);
      }
      Arrays.fill(scores[i], 1);
    }
    // Sequences are kept in the order of their content, so that the plan is of the kept order.
    ScoredSequences data = new ScoredSequences(codes, scores, 0);
    List<Seqlet> first = new ArrayList<>();
    List<Seqlet> second = new ArrayList<>();
    for (int i = 0; i < sequences; i++) {
      Seqlet[] places = plan.of(i, random);
      first.add(places[0]);
      second.add(places[1]);
    }
    FoundPatterns found =
        new FoundPatterns(
            List.of(
                new FoundPattern(true, 0, PatternBuilder.of(data, first).build(), List.of()),
                new FoundPattern(true, 1, PatternBuilder.of(data, second).build(), List.of())),
            List.of(),
            0,
            0);
    return Spacings.of(data, found, PatternOptions.DEFAULTS, 2);
  }

  /** One place anywhere, the other at least 15 bases away, as seqlets are. */
  private static Seqlet[] independent(int i, SplittableRandom random) {
    while (true) {
      int a = random.nextInt(LENGTH - WIDTH);
      int b = random.nextInt(LENGTH - WIDTH);
      if (Math.abs(a - b) >= 15) {
        return new Seqlet[] {at(i, a, random.nextBoolean()), at(i, b, random.nextBoolean())};
      }
    }
  }

  /**
   * In 40 of 100 sequences the second follows 12 bases after the first, as the first is read, on
   * the other strand: a gap in the bin from 10. No permutation comes near: p is 1 / 5000.
   */
  @Test
  void aKeptDistanceStandsOut() {
    List<Spacing> pairs =
        found(
            100,
            1,
            (i, random) -> {
              if (i >= 40) {
                return independent(i, random);
              }
              boolean reverse = random.nextBoolean();
              int a = 50 + random.nextInt(90);
              int b = reverse ? a - 12 - WIDTH : a + WIDTH + 12;
              return new Seqlet[] {at(i, a, reverse), at(i, b, !reverse)};
            });
    assertThat(pairs).hasSize(1); // no sequence has either twice
    Spacing pair = pairs.getFirst();
    assertThat(pair.first().rank()).isZero();
    assertThat(pair.second().rank()).isEqualTo(1);
    assertThat(pair.both()).isEqualTo(100);
    assertThat(pair.apart()).isEqualTo(100);
    assertThat(pair.expectedBoth()).isEqualTo(100); // 100 x 100 / 100
    assertThat(Math.exp(pair.logPvalue())).isCloseTo(1.0 / 5000, within(1e-12));
    assertThat(pair.logQvalue()).isEqualTo(pair.logPvalue()); // of one pair
    Spacing.Cell cell = pair.cells().getFirst();
    assertThat(cell.downstream()).isTrue();
    assertThat(cell.sameStrand()).isFalse();
    assertThat(cell.gap()).isEqualTo(10);
    assertThat(cell.sequences()).isGreaterThanOrEqualTo(40);
    assertThat(cell.expected()).isLessThan(5);
    assertThat(pair.cells().stream().mapToInt(Spacing.Cell::sequences).sum()).isEqualTo(100);
  }

  /**
   * Of independent pairs the p-values are spread evenly, also where both patterns crowd in the
   * middle, where they cannot overlap: of 60, 15 below 0.1 would come by chance once in 2,500
   * (binomial: mean 6, P(X >= 15) = 0.0004).
   */
  @Test
  void chanceStandsOutAsOftenAsItShould() {
    int low = 0;
    for (int seed = 0; seed < 60; seed++) {
      Plan crowded =
          (i, random) -> {
            while (true) {
              int a = 95 + (int) (random.nextDouble() * 40 + random.nextDouble() * 40) - 40;
              int b = 95 + (int) (random.nextDouble() * 40 + random.nextDouble() * 40) - 40;
              if (Math.abs(a - b) >= 15) {
                boolean one = random.nextBoolean();
                return new Seqlet[] {at(i, a, one), at(i, b, random.nextBoolean())};
              }
            }
          };
      Spacing pair = found(60, seed, crowded).getFirst();
      low += Math.exp(pair.logPvalue()) < 0.1 ? 1 : 0;
    }
    assertThat(low).isLessThan(15);
  }

  /**
   * Two of one pattern, 20 bases between them on one strand: one arrangement, whichever is first.
   */
  @Test
  void aPatternKeepsItsDistanceFromItself() {
    SplittableRandom random = new SplittableRandom(3);
    byte[][] codes = new byte[50][LENGTH];
    float[][] scores = new float[50][4 * LENGTH];
    for (int i = 0; i < codes.length; i++) {
      for (int p = 0; p < LENGTH; p++) {
        codes[i][p] = (byte) random.nextInt(4);
      }
      Arrays.fill(scores[i], 1);
    }
    ScoredSequences data = new ScoredSequences(codes, scores, 0);
    List<Seqlet> places = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      int a = random.nextInt(150);
      boolean reverse = random.nextBoolean();
      places.add(at(i, a, reverse));
      places.add(at(i, a + WIDTH + 20, reverse));
    }
    FoundPattern p = new FoundPattern(true, 0, PatternBuilder.of(data, places).build(), List.of());
    FoundPatterns found = new FoundPatterns(List.of(p), List.of(), 0, 0);
    Spacing self = Spacings.of(data, found, PatternOptions.DEFAULTS, 1).getFirst();
    assertThat(self.cells()).hasSize(1);
    assertThat(self.cells().getFirst().gap()).isEqualTo(20);
    assertThat(self.cells().getFirst().sequences()).isEqualTo(50);
    assertThat(self.withFirst()).isEqualTo(50);
    assertThat(self.withSecond()).isEqualTo(50);
    assertThat(self.expectedBoth()).isNaN();
    assertThat(Math.exp(self.logPvalue())).isLessThan(0.001);
  }
}
