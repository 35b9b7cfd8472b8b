package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.Floats;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Several inputs at once against one at a time, and against PyTorch through the golden values. */
class FloatPassTest {
  private static final List<String> NAMES =
      Goldens.NAMES.stream().filter(n -> !n.equals("softmax")).toList();

  @ParameterizedTest
  @FieldSource("NAMES")
  void outputsOfGoldenNetworks(String name) {
    Network network = Goldens.network(name);
    List<double[]> inputs = Goldens.inputs(name);
    FloatPass pass = new FloatPass(network);
    int n = Math.min(inputs.size(), pass.most());
    for (int i = 0; i < n; i++) {
      put(pass, network, i, inputs.get(i));
    }
    pass.forward(0, n);
    for (int i = 0; i < n; i++) {
      double[] expected = network.forward(inputs.get(i), Precision.FLOAT64).output();
      double[] found = pass.output(i);
      for (int o = 0; o < expected.length; o++) {
        assertThat(found[o])
            .isCloseTo(expected[o], within(1e-5 * Math.max(1, Math.abs(expected[o]))));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void bitsDoNotDependOnCompany(String name) {
    Network network = Goldens.network(name);
    List<double[]> inputs = Goldens.inputs(name);
    FloatPass pass = new FloatPass(network);
    put(pass, network, 0, inputs.get(0));
    put(pass, network, 1, inputs.get(1));
    put(pass, network, 2, inputs.get(2));
    pass.forward(0, 3);
    double[] together = pass.output(2);
    put(pass, network, 0, inputs.get(2));
    pass.forward(0, 1);
    assertThat(pass.output(0)).isEqualTo(together);
  }

  @Test
  void aSoftmaxIsRefused() {
    Network network = Goldens.network("softmax");
    assertThat(FloatPass.handles(network)).isFalse();
    FloatPass pass = new FloatPass(network);
    assertThatThrownBy(() -> pass.forward(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("softmax");
  }

  private static void put(FloatPass pass, Network network, int item, double[] x) {
    float[] to = pass.values(Network.INPUT);
    Floats.round(Arrays.copyOf(x, x.length), 0, x.length, to, item * network.input().size());
  }
}
