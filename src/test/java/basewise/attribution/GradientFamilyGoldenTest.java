package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.attribution.DeepLift.Rule;
import basewise.attribution.GradientMethods.Moment;
import basewise.io.NpyArray;
import basewise.io.NpzInput;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * captum, tangermeme, shap and the formulas of the papers say what the scores are; the README
 * beside their numbers tells how those were made.
 */
class GradientFamilyGoldenTest {
  private static final List<String> NAMES = Goldens.NAMES;
  private static final List<String> WITHOUT_SOFTMAX =
      NAMES.stream().filter(n -> !n.equals("softmax")).toList();
  private static final List<String> CAPTUM = List.of("motif", "chain", "overlap", "residual");
  private static final List<String> WITH_MAPS = List.of("chain", "overlap", "residual");
  private static final Map<String, String> LAYERS =
      Map.of("chain", "relu2", "overlap", "elu", "residual", "relu2");

  /** One network and what is known of it. */
  private static final class Golden implements AutoCloseable {
    private final Network network;
    private final NpzInput npz;
    private final Precision precision;
    private final List<byte[]> codes = new ArrayList<>();

    Golden(String name, Precision precision) {
      network = Goldens.network(name);
      npz = NpzInput.open(Path.of("src/test/resources/basewise/attribution/golden", name + ".npz"));
      this.precision = precision;
      for (double[] x : Goldens.inputs(name).subList(0, 2)) {
        codes.add(codes(x));
      }
    }

    private static byte[] codes(double[] x) {
      byte[] out = new byte[x.length / 4];
      Arrays.fill(out, (byte) Dna.N);
      for (int i = 0; i < x.length; i++) {
        if (x[i] == 1) {
          out[i / 4] = (byte) (i % 4);
        }
      }
      assertThat(Network.oneHot(out)).containsExactly(x);
      return out;
    }

    Subject subject(AttributionOptions.Builder options) {
      double[] w = npz.array("weights").doubles();
      List<Target.Term> terms = new ArrayList<>();
      for (int i = 0; i < w.length; i++) {
        terms.add(new Target.Term(i, w[i]));
      }
      return new Subject(network, false, new Target(terms), options.precision(precision).build());
    }

    Subject subject() {
      return subject(AttributionOptions.defaults().toBuilder());
    }

    /** Two rows of an array of this precision. */
    List<double[]> rows(String array) {
      return halves(npz.array(precision == Precision.FLOAT64 ? array : array + "32"));
    }

    /** The same in doubles, for quotients that make any two programs' roundings large. */
    List<double[]> exact(String array) {
      return halves(npz.array(array));
    }

    static List<double[]> halves(NpyArray array) {
      double[] all = array.doubles();
      return List.of(
          Arrays.copyOf(all, all.length / 2), Arrays.copyOfRange(all, all.length / 2, all.length));
    }

    List<double[]> shuffles(int item) {
      double[] each = halves(npz.array("shuffles")).get(item);
      int size = network.input().size();
      List<double[]> out = new ArrayList<>();
      for (int at = 0; at < each.length; at += size) {
        out.add(Arrays.copyOfRange(each, at, at + size));
      }
      return out;
    }

    /** Of numbers of any size, as nearly as two programs agree. */
    void same(double[] found, double[] expected, String what) {
      double size = 1;
      for (double e : expected) {
        size = Math.max(size, Math.abs(e));
      }
      assertThat(found).as("%s, %s", what, precision).hasSameSizeAs(expected);
      assertThat(found)
          .as("%s, %s", what, precision)
          .containsExactly(expected, within(Goldens.allowed(precision) * size));
      assertThat(Arrays.stream(expected).anyMatch(e -> Math.abs(e) > 1e-4)).as(what).isTrue();
    }

    @Override
    public void close() {
      npz.close();
    }
  }

  private interface Check {
    void of(Golden golden, int item);
  }

  private static void inBothPrecisions(String name, Check check) {
    for (Precision precision : Precision.values()) {
      try (Golden g = new Golden(name, precision)) {
        for (int item = 0; item < 2; item++) {
          check.of(g, item);
        }
      }
    }
  }

  /** captum's NoiseTunnel, given the noise that it drew; its variance is that of n, not n - 1. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void momentsUnderNoise(String name) {
    inBothPrecisions(
        name,
        (g, item) -> {
          GradientMethods methods = new GradientMethods(g.subject());
          double[] noise = g.rows("noise").get(item);
          int size = g.network.input().size();
          int n = noise.length / size;
          IntFunction<double[]> draw = s -> Arrays.copyOfRange(noise, s * size, (s + 1) * size);
          byte[] codes = g.codes.get(item);
          g.same(
              methods.noisy(Moment.MEAN, codes, n, draw).scores(),
              g.rows("smoothgrad").get(item),
              "smoothgrad");
          g.same(
              methods.noisy(Moment.SQUARE, codes, n, draw).scores(),
              g.rows("smoothgrad_sq").get(item),
              "smoothgrad-squared");
          double[] variance = g.rows("vargrad").get(item);
          for (int i = 0; i < variance.length; i++) {
            variance[i] *= n / (n - 1.0);
          }
          g.same(methods.noisy(Moment.VARIANCE, codes, n, draw).scores(), variance, "vargrad");
        });
  }

  /**
   * captum's IntegratedGradients from the mean of three shuffles. Its trapezoid's weights sum to 1
   * - 1/n with n points, not to 1 (steps of 1/n over n - 1 intervals): that is made good here.
   */
  @ParameterizedTest
  @FieldSource("NAMES")
  void integratedGradients(String name) {
    int steps = 5;
    inBothPrecisions(
        name,
        (g, item) -> {
          for (Quadrature q : Quadrature.values()) {
            Subject subject =
                g.subject(AttributionOptions.defaults().toBuilder().steps(steps).quadrature(q));
            double[] expected = g.rows("integrated-" + q).get(item);
            for (int i = 0; q == Quadrature.TRAPEZOID && i < expected.length; i++) {
              expected[i] *= (steps + 1.0) / steps;
            }
            g.same(
                new GradientMethods(subject)
                    .integrated(g.codes.get(item), List.of(mean(g.shuffles(item))))
                    .scores(),
                expected,
                q.toString());
          }
        });
  }

  /** shap's GradientExplainer, given the references and places that it drew. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void expectedGradients(String name) {
    inBothPrecisions(
        name,
        (g, item) -> {
          double[] places = Golden.halves(g.npz.array("expected_places")).get(item);
          int[] which =
              Arrays.stream(Golden.halves(g.npz.array("expected_which")).get(item))
                  .mapToInt(d -> (int) d)
                  .toArray();
          byte[] codes = g.codes.get(item);
          Found found =
              new GradientMethods(g.subject()).expected(codes, g.shuffles(item), which, places);
          g.same(onBases(found, codes), g.rows("expected").get(item), "expected");
        });
  }

  /** tangermeme's deep_lift_shap, against the GC background and averaged over three shuffles. */
  @ParameterizedTest
  @FieldSource("WITHOUT_SOFTMAX")
  void rescale(String name) {
    inBothPrecisions(
        name,
        (g, item) -> {
          DeepLift methods = new DeepLift(g.subject());
          byte[] codes = g.codes.get(item);
          Found one = methods.of(Rule.RESCALE, codes, 0);
          g.same(one.scores(), g.rows("rescale").get(item), "rescale");
          Found several = methods.of(Rule.RESCALE, codes, g.shuffles(item));
          g.same(several.scores(), g.rows("deepshap").get(item), "deepshap");
          addUp(g, one);
          addUp(g, several);
        });
  }

  /**
   * captum 0.9 agrees, except where windows of max-pools overlap: it routes with max_unpool, which
   * assigns where two windows have the same maximum and should add. There its contributions miss
   * the difference of the outputs, and ours do not.
   */
  @ParameterizedTest
  @FieldSource("CAPTUM")
  void rescaleOfCaptum(String name) {
    try (Golden g = new Golden(name, Precision.FLOAT64)) {
      for (int item = 0; item < 2; item++) {
        byte[] codes = g.codes.get(item);
        Found found = new DeepLift(g.subject()).of(Rule.RESCALE, codes, 0);
        addUp(g, found);
        double missing = g.npz.array("captum_delta").doubles()[item];
        if (name.equals("overlap")) {
          double[] captum = g.rows("captum").get(item);
          double difference = found.completeness().getFirst().difference();
          assertThat(Math.abs(Arrays.stream(captum).sum() - difference))
              .isCloseTo(Math.abs(missing), within(1e-9))
              .isGreaterThan(0.1);
          assertThat(Arrays.stream(onBases(found, codes)).sum())
              .isCloseTo(difference, within(1e-9));
        } else {
          assertThat(missing).isCloseTo(0, within(1e-9));
          g.same(onBases(found, codes), g.rows("captum").get(item), "captum");
        }
      }
    }
  }

  /** shap's DeepExplainer over three shuffles, which unpools as captum does. */
  @ParameterizedTest
  @FieldSource("CAPTUM")
  void deepShapOfShap(String name) {
    try (Golden g = new Golden(name, Precision.FLOAT64)) {
      for (int item = 0; item < 2; item++) {
        byte[] codes = g.codes.get(item);
        Found found = new DeepLift(g.subject()).of(Rule.RESCALE, codes, g.shuffles(item));
        double[] shap = g.rows("shap").get(item);
        if (name.equals("overlap")) {
          double mean =
              found.completeness().stream()
                  .mapToDouble(Completeness::difference)
                  .average()
                  .orElseThrow();
          assertThat(Math.abs(Arrays.stream(shap).sum() - mean)).isGreaterThan(0.01);
          assertThat(Arrays.stream(onBases(found, codes)).sum()).isCloseTo(mean, within(1e-9));
        } else {
          g.same(onBases(found, codes), shap, "shap");
        }
      }
    }
  }

  /** The formulas of the paper, on matrices. */
  @ParameterizedTest
  @FieldSource("WITHOUT_SOFTMAX")
  void revealCancel(String name) {
    try (Golden g = new Golden(name, Precision.FLOAT64)) {
      for (int item = 0; item < 2; item++) {
        DeepLift methods = new DeepLift(g.subject());
        Found everywhere = methods.of(Rule.REVEAL_CANCEL, g.codes.get(item), 0);
        g.same(everywhere.scores(), g.rows("revealcancel").get(item), "revealcancel");
        Found genomics = methods.of(Rule.GENOMICS, g.codes.get(item), 0);
        g.same(genomics.scores(), g.rows("genomics").get(item), "genomics");
        addUp(g, everywhere);
        addUp(g, genomics);
      }
    }
  }

  /** captum's GuidedBackprop and Deconvolution. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void pastReLUs(String name) {
    inBothPrecisions(
        name,
        (g, item) -> {
          GradientMethods methods = new GradientMethods(g.subject());
          byte[] codes = g.codes.get(item);
          g.same(
              methods.back(new ReluRule(true), codes).scores(),
              g.rows("guided").get(item),
              "guided");
          g.same(
              methods.back(new ReluRule(false), codes).scores(),
              g.rows("deconvnet").get(item),
              "deconvnet");
        });
  }

  /**
   * captum's GuidedGradCam, as a whole: it enlarges the map, and here a position of the map is of
   * its own two bases, as if it were that large.
   */
  @Test
  void guidedMaps() {
    inBothPrecisions(
        "pointwise",
        (g, item) -> {
          Subject subject = g.subject(AttributionOptions.defaults().toBuilder().layer("relu2"));
          byte[] codes = g.codes.get(item);
          double[] expected = g.rows("guided_gradcam").get(item);
          g.same(new ActivationMaps(subject).guidedGradCam(codes).scores(), expected, "guided");
        });
  }

  /** captum's LayerGradCam; Grad-CAM++'s and CAM's formulas; before they are spread over bases. */
  @ParameterizedTest
  @FieldSource("WITH_MAPS")
  void mapsOfLayers(String name) {
    inBothPrecisions(
        name,
        (g, item) -> {
          Subject subject =
              g.subject(AttributionOptions.defaults().toBuilder().layer(LAYERS.get(name)));
          ActivationMaps maps = new ActivationMaps(subject);
          Trace x = subject.run(g.codes.get(item));
          g.same(maps.gradCamOfPositions(maps.layer(), x), g.rows("gradcam").get(item), "grad-cam");
          g.same(
              maps.gradCamPlusPlusOfPositions(maps.layer(), x),
              g.exact("gradcampp").get(item),
              "grad-cam-pp");
          if (name.equals("residual")) {
            g.same(maps.camOfPositions(x), g.rows("cam").get(item), "cam");
          }
        });
  }

  private static double[] mean(List<double[]> rows) {
    double[] out = new double[rows.getFirst().length];
    for (double[] row : rows) {
      for (int i = 0; i < out.length; i++) {
        out[i] += row[i] / rows.size();
      }
    }
    return out;
  }

  private static double[] onBases(Found found, byte[] codes) {
    double[] out = new double[codes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = codes[i] == Dna.N ? 0 : found.scores()[4 * i + codes[i]];
    }
    return out;
  }

  private static void addUp(Golden g, Found found) {
    double allowed = g.precision == Precision.FLOAT64 ? 1e-9 : Completeness.EXPECTED;
    assertThat(found.completeness()).isNotEmpty().allMatch(c -> c.error() < allowed);
  }
}
