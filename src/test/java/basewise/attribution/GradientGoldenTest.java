package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** PyTorch's autograd says what the derivatives of every operation are. */
class GradientGoldenTest {
  private static final List<String> NAMES = Goldens.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void gradientsAreThoseOfAutograd(String name) {
    Network network = Goldens.network(name);
    List<double[]> inputs = Goldens.inputs(name);
    for (Precision precision : Precision.values()) {
      List<double[]> expected =
          Goldens.rows(name, "gradients" + Goldens.suffix(precision), network.input().size());
      assertThat(expected).hasSize(inputs.size() * network.outputs());
      for (int i = 0; i < inputs.size(); i++) {
        Trace trace = network.forward(inputs.get(i), precision);
        for (int task = 0; task < network.outputs(); task++) {
          assertThat(Sweep.gradient(trace, Target.of(task).weights(network.outputs())))
              .as("%s, input %d, task %d, %s", name, i, task, precision)
              .containsExactly(
                  expected.get(i * network.outputs() + task), within(Goldens.allowed(precision)));
        }
      }
    }
  }
}
