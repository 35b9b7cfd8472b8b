package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.ActivationFunction;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** PyTorch says what the outputs are. */
class GoldenNetworksTest {
  private static final List<String> NAMES = Goldens.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void outputsAreThoseOfPyTorch(String name) {
    Network network = Goldens.network(name);
    List<double[]> inputs = Goldens.inputs(name);
    for (Precision precision : Precision.values()) {
      List<double[]> expected =
          Goldens.rows(name, "outputs" + Goldens.suffix(precision), network.outputs());
      assertThat(inputs).hasSize(4).hasSameSizeAs(expected);
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(network.forward(inputs.get(i), precision).output())
            .as("%s, input %d, %s", name, i, precision)
            .containsExactly(expected.get(i), within(Goldens.allowed(precision)));
      }
    }
  }

  @Test
  void togetherTheyUseEveryOperationAndEveryFunction() {
    TreeSet<String> operations = new TreeSet<>();
    TreeSet<ActivationFunction.Kind> functions = new TreeSet<>();
    for (String name : NAMES) {
      for (Network.Node node : Goldens.network(name).nodes()) {
        operations.add(OperationFormat.name(node.operation()));
        if (node.operation() instanceof Operation.Activation a) {
          functions.add(a.function().kind());
        }
      }
    }
    assertThat(operations).containsExactlyInAnyOrderElementsOf(OperationFormat.NAMES);
    assertThat(functions).containsExactly(ActivationFunction.Kind.values());
  }
}
