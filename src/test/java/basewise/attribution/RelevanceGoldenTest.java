package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.NpzInput;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * zennit's relevance on the golden networks, to 1e-9 in double and 1e-5 in float.
 *
 * <p>Where zennit is another thing by definition: its rules other than epsilon add 1e-6 to what
 * they divide by, ours nothing (the script takes it away); its first-layer rules give relevance to
 * zeros that a layer of padding wrote (the script pads inside the convolution) and, w-squared and
 * flat, to an N, which is no base (the second sequence has two and is left out there).
 */
class RelevanceGoldenTest {
  private static final int SEQUENCES = 3;

  @ParameterizedTest
  @CsvSource({"motif", "chain", "overlap", "residual", "smooth"})
  void relevanceIsThatOfZennit(String name) {
    Network network = Goldens.network(name);
    List<double[]> inputs = Goldens.inputs(name);
    int size = network.input().size();
    int compared = 0;
    for (Method method : Relevance.METHODS) {
      double[] golden;
      try (NpzInput npz =
          NpzInput.open(
              Path.of("src/test/resources/basewise/attribution/relevance", name + ".npz"))) {
        if (!npz.names().contains(method.label())) {
          assertThat(method).isEqualTo(Method.DEEP_TAYLOR);
          continue;
        }
        golden = npz.array(method.label()).doubles();
      }
      for (Precision precision : Precision.values()) {
        AttributionOptions options =
            AttributionOptions.defaults().toBuilder().precision(precision).build();
        RelevancePlan plan = new RelevancePlan(network, method, options);
        for (int i = 0; i < SEQUENCES; i++) {
          Trace x = network.forward(inputs.get(i), precision);
          for (int t = 0; t < network.outputs(); t++) {
            int at = (i * network.outputs() + t) * size;
            if (i != 1 || !isBlind(method)) {
              double[] expected = Arrays.copyOfRange(golden, at, at + size);
              double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).sum());
              assertThat(relevance(plan, x, t))
                  .as("%s, %s, input %d, task %d, %s", name, method, i, t, precision)
                  .containsExactly(expected, within(Goldens.allowed(precision) * scale));
              compared++;
            }
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  private static double[] relevance(RelevancePlan plan, Trace x, int task) {
    double[] start = new double[x.output().length];
    start[task] = x.output()[task];
    return Sweep.back(new RelevanceRule(plan, x.network().nodes().size()), x, start);
  }

  private static boolean isBlind(Method method) {
    return method == Method.LRP_W2 || method == Method.LRP_FLAT || method == Method.LRP_COMPOSITE;
  }
}
