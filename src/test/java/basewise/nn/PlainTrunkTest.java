package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import basewise.nn.layer.LogitLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our layers of a trunk against DL4J's own on the same parameters: outputs, gradients to 1e-5. */
class PlainTrunkTest {
  private static final int N = 19;

  @ParameterizedTest
  @CsvSource({
    "basset, 50, 3, CLASSES",
    "basset, 45, 1, REGRESSION",
    "dilated, 40, 1, CLASSES",
    "dilated, 31, 2, REGRESSION",
    "dilated, 7, 2, CLASSES" // the last blocks' filters reach beyond both ends
  })
  void outputsAndGradientsAgree(String name, int width, int tasks, Head head) {
    TrunkArchitecture a =
        (name.equals("basset") ? RandomTrunks.basset() : RandomTrunks.dilated()).withHead(head);
    TrunkModel model = RandomTrunks.model(a, width, tasks);
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> codes = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      codes.add(Toys.random(random, width));
    }
    float[] labels = new float[N * tasks];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
    }
    ComputationGraph fast = ModelGraph.of(model, 1e-3, 1);
    ComputationGraph plain = PlainTrunk.of(model, 1e-3);
    INDArray fastInput = letters(codes, width);
    INDArray plainInput = oneHot(codes, width);

    float[] expected = Floats.of(plain.output(plainInput)[0]);
    float[] raw = Floats.of(fast.output(fastInput)[0]);
    float[][] direct = model.logits(codes, 2);
    for (int i = 0; i < expected.length; i++) {
      double z = direct[i / tasks][i % tasks];
      assertThat((double) raw[i]).isCloseTo(z, within(1e-5 * Math.max(1, Math.abs(z))));
      double y = head == Head.CLASSES ? LogitLoss.sigmoid(z) : z;
      assertThat(y).isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(y))));
    }

    INDArray y = Nd4j.createFromArray(labels).reshape(N, tasks);
    try (Workers workers = Workers.of(2)) {
      ModelGraph.use(fast, workers);
      Gradient ours = gradient(fast, fastInput, y);
      Gradient theirs = gradient(plain, plainInput, y);
      // Half the squared error against DL4J's mean over outputs of the squared error.
      compare(a, ours, theirs, head == Head.REGRESSION ? 2.0 / tasks : 1);
    }
  }

  private static void compare(TrunkArchitecture a, Gradient ours, Gradient theirs, double unit) {
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkBlock b = a.blocks().get(i);
      String block = TrunkGraph.block(i);
      float[] weights = Floats.of(ours.getGradientFor(block + "_W"));
      close(
          PlainTrunk.filterMajor(weights, a.channels(i), b),
          Floats.of(theirs.getGradientFor(block + "_W")),
          unit);
      assertThat(weights).satisfies(w -> assertThat(largest(w)).isGreaterThan(1e-3));
      same(ours, block + "_b", theirs, block + "_b", unit);
      if (b.norm()) {
        same(ours, block + "_gamma", theirs, PlainTrunk.norm(i) + "_gamma", unit);
        same(ours, block + "_beta", theirs, PlainTrunk.norm(i) + "_beta", unit);
      }
    }
    same(ours, "output_b", theirs, "output_b", unit);
    if (a.hidden() > 0) {
      same(ours, "output_W", theirs, "output_W", unit);
      same(ours, "hidden_b", theirs, "hidden_b", unit);
      INDArray w = ours.getGradientFor("hidden_W");
      Dense hidden = new Dense((int) w.size(0), a.hidden(), Floats.of(w), new float[a.hidden()]);
      close(
          PlainTrunk.channelMajor(hidden, a.blocks().getLast().filters()).weights(),
          Floats.of(theirs.getGradientFor("hidden_W")),
          unit);
    } else {
      same(ours, "output_W", theirs, "output_W", unit);
    }
  }

  private static void same(Gradient ours, String a, Gradient theirs, String b, double unit) {
    close(Floats.of(ours.getGradientFor(a)), Floats.of(theirs.getGradientFor(b)), unit);
  }

  private static void close(float[] ours, float[] theirs, double unit) {
    assertThat(ours).hasSameSizeAs(theirs);
    double scale = Math.max(1, largest(theirs));
    for (int i = 0; i < ours.length; i++) {
      // Sums over the batch: 1e-5 of the largest of them (never less than 1e-5 of an example).
      assertThat(ours[i] * unit).isCloseTo(theirs[i], within(1e-5 * scale));
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  private static Gradient gradient(ComputationGraph graph, INDArray input, INDArray labels) {
    graph.setInputs(input);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    return graph.gradient();
  }

  private static INDArray letters(List<byte[]> codes, int width) {
    INDArray out = Nd4j.zeros(codes.size(), width);
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < width; j++) {
        out.putScalar(i, j, codes.get(i)[j]);
      }
    }
    return out;
  }

  private static INDArray oneHot(List<byte[]> codes, int width) {
    INDArray out = Nd4j.zeros(codes.size(), 4, width, 1);
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < width; j++) {
        if (codes.get(i)[j] < 4) {
          out.putScalar(new int[] {i, codes.get(i)[j], j, 0}, 1);
        }
      }
    }
    return out;
  }
}
