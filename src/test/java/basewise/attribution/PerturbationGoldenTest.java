package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.NpzInput;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What captum, shap, scikit-learn and plain forward passes of PyTorch say of the golden networks;
 * the second sequence has two Ns.
 */
class PerturbationGoldenTest {
  private static final int SEGMENT = 8;
  private static final int ALL = 1 << 10;

  /** By the definition; captum's Occlusion agrees to its float32. */
  @ParameterizedTest
  @CsvSource({"motif", "chain", "residual", "smooth"})
  void occlusionIsTheMeanOverWindows(String name) {
    for (Precision precision : Precision.values()) {
      for (int i = 0; i < 2; i++) {
        byte[] codes = codes(name, i);
        for (int[] w : new int[][] {{1, 1}, {5, 2}, {7, 3}, {6, 6}}) {
          for (Replacement replacement : List.of(Replacement.N, Replacement.MEAN)) {
            AttributionOptions options =
                options(precision).window(w[0]).stride(w[1]).replacement(replacement).build();
            String array =
                "occlusion-%d-%d-%s-%d"
                    .formatted(w[0], w[1], replacement.name().toLowerCase(Locale.ROOT), i);
            double[] expected = Scores.onBases(golden(name, array), codes);
            double[] found = new Occlusion(subject(name, options)).scores(codes, 0);
            assertThat(found)
                .as(array + " " + precision)
                .containsExactly(expected, within(Goldens.allowed(precision)));
          }
        }
      }
    }
  }

  /** By the definition, with which shap's values agree to 2e-15; captum's own sums are float32. */
  @ParameterizedTest
  @CsvSource({"motif", "chain", "residual", "smooth"})
  void allCoalitionsGiveTheShapleyValues(String name) {
    for (Precision precision : Precision.values()) {
      AttributionOptions options =
          options(precision).segment(SEGMENT).absent(Absent.REFERENCE).samples(ALL).build();
      Attributor attributor = new Attributor(Goldens.network(name), Target.of(0), options);
      for (int i = 0; i < 2; i++) {
        double[] expected = golden(name, "shapley-" + i);
        for (Method method : List.of(Method.KERNEL_SHAP, Method.SHAPLEY_SAMPLING)) {
          Attribution a = attributor.explain(method, codes(name, i), i);
          double[] found = a.extras().players().stream().mapToDouble(PlayerScore::value).toArray();
          assertThat(found)
              .as(method + " " + precision)
              .containsExactly(expected, within(Goldens.allowed(precision)));
          assertThat(a.extras().players()).allMatch(p -> p.error() == 0);
          assertThat(a.completeness().getFirst().error()).isLessThan(1e-6);
        }
      }
    }
  }

  /** By scikit-learn; captum's LIME with the same samples agrees to its float32. */
  @ParameterizedTest
  @CsvSource({"motif", "chain", "residual", "smooth"})
  void linearModelsOfTheSameSamplesAreThoseOfScikitLearn(String name) {
    for (int i = 0; i < 2; i++) {
      byte[] codes = codes(name, i);
      double[] masks = golden(name, "lime-masks-" + i);
      Players players = new Players(codes, SEGMENT);
      int m = players.count();
      List<boolean[]> rows = new ArrayList<>();
      double[] weights = new double[masks.length / m];
      List<Game.Coalition> coalitions = new ArrayList<>();
      for (int k = 0; k < weights.length; k++) {
        boolean[] present = new boolean[m];
        int absent = 0;
        for (int p = 0; p < m; p++) {
          present[p] = masks[k * m + p] == 1;
          absent += present[p] ? 0 : 1;
        }
        rows.add(present);
        weights[k] = Lime.weight(absent, m);
        coalitions.add(new Game.Coalition(present, 0));
      }
      Game game =
          new SequenceGame(
              subject(name, options(Precision.FLOAT64).build()),
              players,
              Network.oneHot(codes),
              List.of(References.composition(codes)));
      double[] y = game.worth(coalitions);
      for (Fit fit : Fit.values()) {
        String array = "lime-%s-%d".formatted(fit.name().toLowerCase(Locale.ROOT), i);
        assertThat(Lime.weights(rows, y, weights, fit, fit.penalty()))
            .as(array)
            .containsExactly(golden(name, array), within(1e-9));
      }
    }
  }

  /** Forward passes of PyTorch. */
  @ParameterizedTest
  @CsvSource({"motif", "chain"})
  void pairsAndIndelsAreForwardPasses(String name) {
    for (Precision precision : Precision.values()) {
      double allowed = 3 * Goldens.allowed(precision);
      Mutations mutations = new Mutations(subject(name, options(precision).build()));
      for (int i = 0; i < 2; i++) {
        byte[] codes = codes(name, i);
        int length = codes.length;
        double[] strongest = golden(name, "pairs-strongest-" + i);
        double[] mean = golden(name, "pairs-mean-" + i);
        List<Epistasis> pairs = mutations.pairs(codes, 0);
        int known = length - Dna.countN(codes, 0, length);
        assertThat(pairs).hasSize(known * (known - 1) / 2);
        for (Epistasis e : pairs) {
          int at = e.first() * length + e.second();
          // Of two that are equal but for rounding either may be the strongest.
          assertThat(Math.abs(e.strongest())).isCloseTo(Math.abs(strongest[at]), within(allowed));
          assertThat(e.meanAbsolute()).isCloseTo(mean[at], within(allowed));
        }
        double[] deletions = golden(name, "deletions-" + i);
        double[] insertions = golden(name, "insertions-" + i);
        List<Indel> indels = mutations.indels(codes);
        assertThat(indels).hasSize(known + 4 * length);
        for (Indel e : indels) {
          double expected =
              e.insertion() ? insertions[4 * e.position() + e.base()] : deletions[e.position()];
          assertThat(e.effect()).isCloseTo(expected, within(allowed));
        }
      }
    }
  }

  private static AttributionOptions.Builder options(Precision precision) {
    return AttributionOptions.defaults().toBuilder().precision(precision);
  }

  private static Subject subject(String name, AttributionOptions options) {
    return new Subject(Goldens.network(name), false, Target.of(0), options);
  }

  private static byte[] codes(String name, int input) {
    double[] x = Goldens.inputs(name).get(input);
    byte[] codes = new byte[x.length / 4];
    Arrays.fill(codes, Dna.N);
    for (int k = 0; k < x.length; k++) {
      if (x[k] == 1) {
        codes[k / 4] = (byte) (k % 4);
      }
    }
    return codes;
  }

  private static double[] golden(String name, String array) {
    try (NpzInput npz =
        NpzInput.open(
            Path.of("src/test/resources/basewise/attribution/perturbation", name + ".npz"))) {
      return npz.array(array).doubles();
    }
  }
}
