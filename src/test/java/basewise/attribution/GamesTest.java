package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.RandomModels;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapley values and LIME on games whose answer is known. */
class GamesTest {
  /** A game of a function of who is there and the background. */
  private record Toy(int players, int backgrounds, ToDoubleBiFunction<boolean[], Integer> of)
      implements Game {
    @Override
    public double[] worth(List<Coalition> coalitions) {
      return coalitions.stream()
          .mapToDouble(c -> of.applyAsDouble(c.present(), c.background()))
          .toArray();
    }
  }

  /** Shapley's own example of a market: one left glove, two right ones; the left gets 2/3. */
  private static final Game GLOVES = new Toy(3, 1, (p, b) -> p[0] && (p[1] || p[2]) ? 1 : 0);

  @Test
  void theGloveGame() {
    for (Game.Solution s :
        List.of(ShapleySampling.enumerated(GLOVES), KernelShap.enumerated(GLOVES))) {
      assertThat(s.values())
          .containsExactly(new double[] {2 / 3.0, 1 / 6.0, 1 / 6.0}, within(1e-12));
      assertThat(s.errors()).containsOnly(0);
      assertThat(s.all() - s.none()).isEqualTo(1);
    }
  }

  /**
   * Weights of single players and of pairs, and a tenth of the background for each who is absent:
   * by hand each of a pair gets half of it, and the presence of each takes a tenth of the
   * background.
   */
  private static double worth(boolean[] present, int background) {
    double sum = 0;
    for (int i = 0; i < present.length; i++) {
      sum += present[i] ? 0 : 0.1 * background;
      for (int j = i; j < present.length; j++) {
        sum += present[i] && present[j] ? weight(i, j) : 0;
      }
    }
    return sum;
  }

  private static double weight(int i, int j) {
    return i == j ? Math.sin(3 * i + 1) : j == i + 1 ? Math.cos(5 * i) : 0;
  }

  private static double[] shapley(int players, double background) {
    double[] values = new double[players];
    for (int i = 0; i < players; i++) {
      values[i] = weight(i, i) - 0.1 * background;
      values[i] += i > 0 ? weight(i - 1, i) / 2 : 0;
      values[i] += i + 1 < players ? weight(i, i + 1) / 2 : 0;
    }
    return values;
  }

  /** Reversed orders cancel pairs exactly; what all are worth minus what none are is shared out. */
  @Test
  void pairsOfOrdersAreExactForPairsOfPlayers() {
    Game game = new Toy(30, 1, GamesTest::worth);
    Game.Solution s = ShapleySampling.solve(game, 300, k -> Seeds.generator(7, k));
    assertThat(s.values()).containsExactly(shapley(30, 0), within(1e-9));
    for (double e : s.errors()) {
      assertThat(e).isCloseTo(0, within(1e-7));
    }
  }

  /** Three players at a time: sampled, and the standard errors say how far off. */
  private static double triples(boolean[] p, int background) {
    double sum = 0;
    for (int i = 0; i + 2 < p.length; i++) {
      sum += p[i] && p[i + 1] && p[i + 2] ? Math.sin(i + 1) : 0;
      sum += p[i] && !p[i + 2] ? 0.5 * Math.cos(i) : 0;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "regression"})
  void samplesComeWithinTheirErrors(String kind) {
    Game game = new Toy(12, 1, GamesTest::triples);
    double[] exact = ShapleySampling.enumerated(game).values();
    assertThat(KernelShap.enumerated(game).values()).containsExactly(exact, within(1e-9));
    double squares = 0;
    int n = 0;
    double previous = Double.MAX_VALUE;
    for (int samples : new int[] {120, 480, 1920}) {
      double error = 0;
      for (long seed = 0; seed < 20; seed++) {
        long own = seed;
        Game.Solution s =
            kind.equals("orders")
                ? ShapleySampling.solve(game, samples, k -> Seeds.generator(own, k))
                : KernelShap.solve(game, samples, k -> Seeds.generator(own, k));
        double sum = 0;
        for (int p = 0; p < 12; p++) {
          double off = (s.values()[p] - exact[p]) / s.errors()[p];
          squares += samples == 1920 ? off * off : 0;
          n += samples == 1920 ? 1 : 0;
          error += Math.abs(s.values()[p] - exact[p]);
          sum += s.values()[p];
        }
        assertThat(sum).isCloseTo(s.all() - s.none(), within(1e-9));
      }
      assertThat(error).isLessThan(0.75 * previous);
      previous = error;
    }
    // Of right errors the mean square is about 1.
    assertThat(squares / n).isBetween(0.6, 1.6);
  }

  /** Whom no sample told apart share alike: 0 and 1 are always together, and worth 3 together. */
  @Test
  void playersThatAreAlwaysTogetherShareAlike() {
    List<Game.Coalition> drawn = new ArrayList<>();
    double[] worth = new double[6];
    for (int k = 0; k < 6; k++) {
      boolean two = k % 2 == 0;
      drawn.add(new Game.Coalition(new boolean[] {two, two, !two}, 0));
      worth[k] = two ? 3 : 4;
    }
    double[] ones = {1, 1, 1, 1, 1, 1};
    Game.Solution s = KernelShap.regression(drawn, worth, ones, new double[] {0}, 7, 0, true);
    assertThat(s.values()).containsExactly(new double[] {1.5, 1.5, 4}, within(1e-4));
  }

  /** Over backgrounds the values are means, also where they are sampled in turn. */
  @Test
  void backgroundsAreAveraged() {
    Game game = new Toy(6, 3, GamesTest::worth);
    double[] expected = shapley(6, 1); // the mean of the backgrounds 0, 1 and 2
    assertThat(ShapleySampling.enumerated(game).values()).containsExactly(expected, within(1e-9));
    assertThat(KernelShap.enumerated(game).values()).containsExactly(expected, within(1e-9));
    Game.Solution turns = ShapleySampling.solve(game, 36, k -> Seeds.generator(1, k));
    assertThat(turns.values()).containsExactly(expected, within(1e-9));
    assertThat(turns.none()).isCloseTo(0.6, within(1e-12));
  }

  /** Of an additive game LIME's weights are the players' own, but for the penalty. */
  @Test
  void limeFindsAdditiveWeights() {
    Game game = new Toy(8, 1, (p, b) -> (p[0] ? 2 : 0) - (p[3] ? 1 : 0) + 5);
    double[] ridge = Lime.solve(game, 400, Fit.RIDGE, 1e-9, k -> Seeds.generator(2, k));
    assertThat(ridge).containsExactly(new double[] {2, 0, 0, -1, 0, 0, 0, 0}, within(1e-6));
    double[] lasso = Lime.solve(game, 400, Fit.LASSO, 0.01, k -> Seeds.generator(2, k));
    assertThat(lasso[0]).isBetween(1.5, 2.0);
    assertThat(lasso[3]).isBetween(-1.0, -0.5);
    assertThat(lasso[1]).isZero();
  }

  /** Scores of bases add up to the difference from what the backgrounds give. */
  @Test
  void basesShareTheScoreOfTheirSegment() {
    Network network = Goldens.network("chain");
    AttributionOptions options =
        AttributionOptions.defaults().toBuilder()
            .precision(Precision.FLOAT64)
            .segment(7)
            .shuffles(5)
            .build();
    Attributor attributor =
        new Attributor(network, Target.parse("a-b", List.of("a", "b", "c")), options);
    byte[] codes = Dna.encode("ACGTNACGTTGCATGNNNNNNNCATGGATTACAGGCATGA");
    for (Method method : List.of(Method.KERNEL_SHAP, Method.SHAPLEY_SAMPLING)) {
      Attribution a = attributor.explain(method, codes, 4);
      double sum = 0;
      for (float score : a.scores()) {
        sum += score;
      }
      Completeness c = a.completeness().getFirst();
      assertThat(sum).isCloseTo(c.difference(), within(1e-6));
      assertThat(c.error()).isLessThan(1e-12);
      // Segments 0-7, 7-14, 14-21 with one known base, 21-28, 28-35, 35-40.
      assertThat(a.extras().players()).hasSize(6);
      PlayerScore third = a.extras().players().get(2);
      assertThat(third.start()).isEqualTo(14);
      assertThat((double) a.scores()[14 * 4 + Dna.G]).isCloseTo(third.value(), within(1e-6));
      PlayerScore last = a.extras().players().getLast();
      assertThat(last.end()).isEqualTo(40);
      assertThat((double) a.scores()[39 * 4]).isCloseTo(last.value() / 5, within(1e-6));
      assertThat(a.extras().players()).anyMatch(p -> p.error() > 0);
    }
  }

  @Test
  void drawsDependOnTheSeedAndTheNumberOfTheSequence() {
    Network network = Goldens.network("motif");
    byte[] codes = RandomModels.sequences(1, 36, 2).getFirst();
    for (Method method : List.of(Method.LIME, Method.KERNEL_SHAP, Method.SHAPLEY_SAMPLING)) {
      List<float[]> found = new ArrayList<>();
      for (long[] seedAndItem : new long[][] {{1, 0}, {1, 0}, {2, 0}, {1, 1}}) {
        AttributionOptions options =
            AttributionOptions.defaults().toBuilder().seed(seedAndItem[0]).segment(3).build();
        found.add(
            new Attributor(network, Target.of(0), options)
                .explain(method, codes, seedAndItem[1])
                .scores());
      }
      assertThat(found.get(1)).isEqualTo(found.get(0));
      assertThat(found.get(2)).isNotEqualTo(found.get(0));
      assertThat(found.get(3)).isNotEqualTo(found.get(0));
    }
  }
}
