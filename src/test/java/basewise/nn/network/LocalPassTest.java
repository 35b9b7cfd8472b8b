package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution.Windows;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Differences that are carried through a network against whole passes in doubles. */
class LocalPassTest {
  private static final List<String> NAMES = Goldens.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void goldenNetworks(String name) {
    check(Goldens.network(name), 20);
  }

  /**
   * A long pool whose windows overlap, pools that leave a rest, strides, a vector that is split.
   */
  @Test
  void otherShapes() {
    RandomGenerator random = Seeds.generator(12, 0);
    for (int trial = 0; trial < 12; trial++) {
      Network.Builder b = Network.reading(new Shape(90, 4));
      int stride = 1 + trial % 3;
      int at =
          b.add(
              "conv1", convolution(20, 7, 4, new Windows(stride, 1, 3, 2), random), Network.INPUT);
      at = b.add("relu1", new Operation.Activation(ActivationFunction.RELU), at);
      int conv1 = at;
      at = b.add("conv2", convolution(20, 3, 20, new Windows(1, 4, 4, 4), random), at);
      at = b.add("gelu", new Operation.Activation(ActivationFunction.GELU), at);
      at = b.add("add", new Operation.Add(), conv1, at);
      at = b.add("pool", new Operation.MaxPool(9, trial < 6 ? 9 : 4), at);
      at = b.add("flatten", new Operation.Flatten(), at);
      int size = b.build().nodes().getLast().shape().size();
      if (trial % 2 == 0) {
        at = b.add("norm", new Operation.BatchNorm(floats(size, random), floats(size, random)), at);
        at = b.add("softmax", new Softmax(), at);
      }
      at = b.add("dense", new Operation.Dense(floats(size * 3, random), floats(3, random)), at);
      check(b.build(), 4);
    }
  }

  @Test
  void bitsDoNotDependOnCompany() {
    Network network = Goldens.network("residual");
    RandomGenerator random = Seeds.generator(12, 1);
    byte[] codes = codes(network.input().length(), random);
    LocalPass pass = new LocalPass(network, Network.oneHot(codes));
    List<byte[]> variants = variants(codes, random, 30);
    float[][] together = differences(pass, variants);
    for (int v = 0; v < variants.size(); v++) {
      assertThat(differences(pass, List.of(variants.get(v)))[0]).isEqualTo(together[v]);
    }
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; c < Dna.N; c++) {
        byte[] variant = codes.clone();
        variant[i] = c;
        assertThat(pass.substitutions(new int[] {i}, new byte[] {c})[0])
            .isEqualTo(differences(pass, List.of(variant))[0]);
      }
    }
  }

  /** Substitutions through all that a network may begin with, and wide layers behind it. */
  @Test
  void beginnings() {
    RandomGenerator random = Seeds.generator(12, 2);
    for (int trial = 0; trial < 24; trial++) {
      boolean strands = trial % 2 == 1;
      boolean norm = trial % 4 >= 2;
      boolean relu = trial % 3 > 0;
      int window = trial < 12 ? 3 : 9;
      Network.Builder b = Network.reading(new Shape(77, 4));
      Convolution first = convolution(21, 8, 4, new Windows(1, 1, 4, 2), random);
      int at = b.add("conv1", first, Network.INPUT);
      if (strands) {
        int other = b.add("other", new ReverseComplementConvolution(first), Network.INPUT);
        at = b.add("strands", new Operation.Maximum(), at, other);
      }
      if (norm) {
        float[] scale = floats(21, random);
        for (int i = 0; strands && i < scale.length; i++) {
          scale[i] = Math.abs(scale[i]); // else what is larger would not stay so
        }
        at = b.add("norm1", new Operation.BatchNorm(scale, floats(21, random)), at);
      }
      if (relu) {
        at = b.add("relu1", new Operation.Activation(ActivationFunction.RELU), at);
      }
      at = b.add("pool1", new Operation.MaxPool(window, window + trial % 5 / 4), at);
      at = b.add("conv2", convolution(18, 7, 21, new Windows(1, 1, 3, 3), random), at);
      at = b.add("norm2", new Operation.BatchNorm(floats(18, random), floats(18, random)), at);
      at = b.add("relu2", new Operation.Activation(ActivationFunction.RELU), at);
      at = b.add("pool2", new Operation.MaxPool(2, 2), at);
      at = b.add("flatten", new Operation.Flatten(), at);
      int size = b.build().nodes().getLast().shape().size();
      b.add("dense", new Operation.Dense(floats(size * 3, random), floats(3, random)), at);
      Network network = b.build();
      check(network, 4);
      double[] weights = {1, -0.5, 0};
      Network alone = network.summed(weights).orElseThrow();
      byte[] codes = codes(77, random);
      double[] all = network.forward(Network.oneHot(codes), Precision.FLOAT64).output();
      assertThat(alone.forward(Network.oneHot(codes), Precision.FLOAT64).output())
          .containsExactly(new double[] {all[0] - 0.5 * all[1]}, within(1e-6));
    }
  }

  /**
   * A wide hidden layer whose units all, some and hardly ever may change sides; variants that go
   * with others of another kind have the bits that they have alone.
   */
  @Test
  void unitsThatStayOnTheirSide() {
    RandomGenerator random = Seeds.generator(12, 3);
    for (float far : new float[] {0, 1, 4, 40}) {
      Network.Builder b = Network.reading(new Shape(60, 4));
      int at = b.add("conv", convolution(24, 5, 4, Windows.PLAIN, random), Network.INPUT);
      at = b.add("relu1", new Operation.Activation(ActivationFunction.RELU), at);
      at = b.add("pool", new Operation.MaxPool(2, 2), at);
      at = b.add("flatten", new Operation.Flatten(), at);
      int inputs = 24 * 28;
      int units = 203;
      float[] weights = floats(inputs * units, random);
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= 0.1f;
      }
      float[] bias = floats(units, random);
      for (int u = 0; u < units; u++) {
        bias[u] *= far;
      }
      at = b.add("hidden", new Operation.Dense(weights, bias), at);
      at = b.add("relu2", new Operation.Activation(ActivationFunction.RELU), at);
      at = b.add("dropout", new Operation.Dropout(0.3), at);
      b.add("output", new Operation.Dense(floats(units * 3, random), floats(3, random)), at);
      Network network = b.build();
      check(network, 30);
      byte[] codes = codes(60, random);
      LocalPass pass = new LocalPass(network, Network.oneHot(codes));
      List<byte[]> variants = variants(codes, random, 30);
      float[][] together = differences(pass, variants);
      for (int v = 0; v < variants.size(); v++) {
        assertThat(differences(pass, List.of(variants.get(v)))[0]).isEqualTo(together[v]);
      }
    }
  }

  private static void check(Network network, int more) {
    RandomGenerator random = Seeds.generator(12, network.nodes().size());
    byte[] codes = codes(network.input().length(), random);
    List<byte[]> variants = variants(codes, random, more);
    float[][] found = differences(new LocalPass(network, Network.oneHot(codes)), variants);
    double[] before = network.forward(Network.oneHot(codes), Precision.FLOAT64).output();
    assertThat(found).hasDimensions(variants.size(), network.outputs());
    double largest = 0;
    for (int v = 0; v < found.length; v++) {
      double[] after = network.forward(Network.oneHot(variants.get(v)), Precision.FLOAT64).output();
      for (int o = 0; o < after.length; o++) {
        double expected = after[o] - before[o];
        largest = Math.max(largest, Math.abs(expected));
        double unit = Math.max(1, Math.abs(after[o]));
        assertThat((double) found[v][o])
            .as("variant %d, output %d", v, o)
            .isCloseTo(expected, within(1e-5 * unit));
      }
    }
    assertThat(largest).isGreaterThan(1e-4);
    LocalPass pass = new LocalPass(network, Network.oneHot(codes));
    for (int i = 0; i < codes.length; i++) {
      int[] positions = {i, i, i, i};
      float[][] each = pass.substitutions(positions, new byte[] {0, 1, 2, 3});
      for (byte c = 0; c < Dna.N; c++) {
        byte[] variant = codes.clone();
        variant[i] = c;
        double[] after = network.forward(Network.oneHot(variant), Precision.FLOAT64).output();
        for (int o = 0; o < after.length; o++) {
          double unit = Math.max(1, Math.abs(after[o]));
          assertThat((double) each[c][o])
              .as("base %d at %d, output %d", c, i, o)
              .isCloseTo(after[o] - before[o], within(1e-5 * unit));
        }
      }
    }
  }

  private static float[][] differences(LocalPass pass, List<byte[]> variants) {
    return pass.differences(variants.size(), v -> Network.oneHot(variants.get(v)));
  }

  /** Every substitution and every N, the sequence itself, and some with several changes. */
  private static List<byte[]> variants(byte[] codes, RandomGenerator random, int more) {
    List<byte[]> out = new ArrayList<>(List.of(codes));
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; c <= Dna.N; c++) {
        if (c != codes[i]) {
          byte[] variant = codes.clone();
          variant[i] = c;
          out.add(variant);
        }
      }
    }
    for (int k = 0; k < more; k++) {
      byte[] variant = codes.clone();
      for (int n = 1 + random.nextInt(codes.length); n > 0; n--) {
        variant[random.nextInt(codes.length)] = (byte) random.nextInt(5);
      }
      out.add(variant);
    }
    return out;
  }

  private static byte[] codes(int length, RandomGenerator random) {
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = (byte) random.nextInt(random.nextInt(10) == 0 ? 5 : 4);
    }
    return codes;
  }

  private static Convolution convolution(
      int filters, int width, int channels, Windows windows, RandomGenerator random) {
    float[] weights = floats(filters * width * channels, random);
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= (float) Math.sqrt(1.0 / (width * channels));
    }
    return new Convolution(filters, width, channels, windows, weights, floats(filters, random));
  }

  private static float[] floats(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (0.3 * random.nextGaussian());
    }
    return out;
  }
}
