package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.nn.kernel.FilterActivation;
import basewise.nn.layer.Floats;
import basewise.nn.layer.LogitLoss;
import basewise.nn.layer.ShapedParameters;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our layers against DL4J's own on the same parameters: outputs and gradients to 1e-5. */
class PlainNetworkTest {
  private static final int WIDTH = 26;
  private static final int N = 37; // one full chunk and a part of the next

  @ParameterizedTest
  @CsvSource({
    "5, 7, BOTH, RELU, 0, 1, CLASSES",
    "5, 6, BOTH, EXPONENTIAL, 0, 2, CLASSES",
    "9, 7, FORWARD, RELU, 0, 1, REGRESSION",
    "4, 7, BOTH, RELU, 5, 1, CLASSES",
    "4, 8, FORWARD, RELU, 4, 2, CLASSES"
  })
  void outputsAndGradientsAgree(
      int filters,
      int filterWidth,
      Strands strands,
      FilterActivation activation,
      int pool,
      int tasks,
      Head head) {
    MotifArchitecture a =
        Architecture.motif()
            .withFilters(filters)
            .withFilterWidth(filterWidth)
            .withStrands(strands)
            .withActivation(activation)
            .withPool(pool)
            .withHidden(6)
            .withRegularisation(0, 0)
            .withHead(head);
    MotifModel model = random(a, tasks);
    List<byte[]> codes = new ArrayList<>();
    float[] labels = new float[N * tasks];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < N; i++) {
      codes.add(Toys.random(random, WIDTH));
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
    }
    ComputationGraph fast = ModelGraph.of(model, 1e-3, 1);
    ComputationGraph plain = PlainNetwork.of(model, 1e-3);
    INDArray[] plainInput =
        strands == Strands.BOTH
            ? new INDArray[] {oneHot(codes, false), oneHot(codes, true)}
            : new INDArray[] {oneHot(codes, false)};
    INDArray fastInput = asFloats(codes);

    float[] expected = Floats.of(plain.output(plainInput)[0]);
    float[] raw = Floats.of(fast.output(fastInput)[0]);
    float[][] direct = model.logits(codes, 2);
    for (int i = 0; i < expected.length; i++) {
      double z = direct[i / tasks][i % tasks];
      assertThat((double) raw[i]).isCloseTo(z, within(z));
      double y = head == Head.CLASSES ? LogitLoss.sigmoid(z) : z;
      assertThat(y).isCloseTo((double) expected[i], within(y));
    }

    INDArray y = Nd4j.createFromArray(labels).reshape(N, tasks);
    Gradient ours = gradient(fast, new INDArray[] {fastInput}, y);
    Gradient theirs = gradient(plain, plainInput, y);
    // Half the squared error against DL4J's mean over outputs of the squared error.
    double unit = head == Head.REGRESSION ? 2.0 / tasks : 1;
    same(ours, "motifs_b", theirs, "convolution_b", unit);
    same(ours, "motifs_gamma", theirs, "norm_gamma", unit);
    same(ours, "motifs_beta", theirs, "norm_beta", unit);
    same(ours, "output_W", theirs, "output_W", unit);
    same(ours, "output_b", theirs, "output_b", unit);
    same(ours, "hidden_b", theirs, "hidden_b", unit);
    Dense hidden =
        new Dense(
            model.hidden().in(),
            6,
            Floats.of(ours.getGradientFor("hidden_W")),
            model.hidden().bias());
    close(
        PlainNetwork.filterMajor(hidden, a).weights(),
        Floats.of(theirs.getGradientFor("hidden_W")),
        unit);
    float[] w = Floats.of(ours.getGradientFor("motifs_" + ShapedParameters.WEIGHT));
    float[] other = Floats.of(theirs.getGradientFor("convolution_W"));
    float[] reordered = new float[w.length];
    for (int f = 0; f < filters; f++) {
      for (int j = 0; j < filterWidth; j++) {
        for (int c = 0; c < 4; c++) {
          reordered[(f * filterWidth + j) * 4 + c] = other[(j * 4 + c) * filters + f];
        }
      }
    }
    close(w, reordered, unit);
    assertThat(IntStream.range(0, w.length).anyMatch(i -> Math.abs(w[i]) > 1e-3)).isTrue();
  }

  private static void same(Gradient ours, String a, Gradient theirs, String b, double unit) {
    close(Floats.of(ours.getGradientFor(a)), Floats.of(theirs.getGradientFor(b)), unit);
  }

  private static void close(float[] ours, float[] theirs, double unit) {
    assertThat(ours).hasSameSizeAs(theirs);
    double largest = 1;
    for (float t : theirs) {
      largest = Math.max(largest, Math.abs(t));
    }
    for (int i = 0; i < ours.length; i++) {
      // Sums over the batch: 1e-5 of the largest of them (never less than 1e-5 of an example).
      assertThat(ours[i] * unit)
          .isCloseTo((double) theirs[i], org.assertj.core.api.Assertions.within(1e-5 * largest));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.api.Assertions.within(1e-5 * Math.max(1, Math.abs(value)));
  }

  private static Gradient gradient(ComputationGraph graph, INDArray[] inputs, INDArray labels) {
    graph.setInputs(inputs);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return graph.gradient();
  }

  private static MotifModel random(MotifArchitecture a, int tasks) {
    SplittableRandom random = new SplittableRandom(11);
    int units = a.windows(WIDTH) * a.filters();
    FilterBank bank =
        new FilterBank(
            a.filters(),
            a.filterWidth(),
            a.strands(),
            a.activation(),
            normal(random, a.filters() * a.filterWidth() * 4, 0.5),
            normal(random, a.filters(), 0.2),
            positive(random, a.filters()),
            normal(random, a.filters(), 0.3));
    List<String> names = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      names.add("task" + t);
    }
    return new MotifModel(
        a,
        WIDTH,
        names,
        bank,
        new Dense(
            units,
            a.hidden(),
            normal(random, units * a.hidden(), 0.4),
            normal(random, a.hidden(), 0.2)),
        new Dense(
            a.hidden(),
            tasks,
            normal(random, a.hidden() * tasks, 0.4),
            normal(random, tasks, 0.2)));
  }

  private static float[] normal(SplittableRandom random, int n, double scale) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (random.nextGaussian() * scale);
    }
    return out;
  }

  private static float[] positive(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (0.3 + random.nextDouble());
    }
    return out;
  }

  private static INDArray asFloats(List<byte[]> codes) {
    INDArray out = Nd4j.zeros(codes.size(), WIDTH);
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < WIDTH; j++) {
        out.putScalar(i, j, codes.get(i)[j]);
      }
    }
    return out;
  }

  private static INDArray oneHot(List<byte[]> codes, boolean reverse) {
    INDArray out = Nd4j.zeros(codes.size(), 4, WIDTH);
    for (int i = 0; i < codes.size(); i++) {
      byte[] c = reverse ? Dna.reverseComplement(codes.get(i)) : codes.get(i);
      for (int j = 0; j < WIDTH; j++) {
        if (c[j] < 4) {
          out.putScalar(new int[] {i, c[j], j}, 1);
        }
      }
    }
    return out;
  }
}
