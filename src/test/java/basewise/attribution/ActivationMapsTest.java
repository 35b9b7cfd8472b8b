package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.io.InputException;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.AveragePool;
import basewise.nn.network.Convolution;
import basewise.nn.network.Crop;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Shape;
import basewise.sequence.Dna;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationMapsTest {
  /**
   * By hand: a padded convolution of 3, a max-pool of 4 by 2, a convolution dilated by 2, a crop.
   */
  @Test
  void receptiveFields() {
    Network.Builder b = Network.reading(new Shape(12, 4));
    int at = b.add("conv", convolution(4, 3, new Convolution.Windows(1, 1, 1, 1)), -1);
    at = b.add("pool", new Operation.MaxPool(4, 2), at);
    at = b.add("dilated", convolution(1, 2, new Convolution.Windows(1, 2, 0, 0)), at);
    at = b.add("crop", new Crop(1, 3), at);
    b.add("flatten", new Operation.Flatten(), at);
    Network network = b.build();
    assertThat(ReceptiveField.of(network, 0).first())
        .containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(ReceptiveField.of(network, 0).last())
        .containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12);
    // Pool p reads maps 2p to 2p + 3, which see bases 2p - 1 to 2p + 4.
    assertThat(ReceptiveField.of(network, 1).first()).containsExactly(0, 1, 3, 5, 7);
    assertThat(ReceptiveField.of(network, 1).last()).containsExactly(5, 7, 9, 11, 12);
    // Dilated p reads pools p and p + 2.
    assertThat(ReceptiveField.of(network, 2).first()).containsExactly(0, 1, 3);
    assertThat(ReceptiveField.of(network, 2).last()).containsExactly(9, 11, 12);
    assertThat(ReceptiveField.of(network, 3).first()).containsExactly(1, 3);
    assertThat(ReceptiveField.of(network, 4).first()).containsExactly(1);
    assertThat(ReceptiveField.of(network, 4).last()).containsExactly(12);
    // A base scores the mean over the positions that see it.
    double[] spread = ReceptiveField.of(network, 3).spread(new double[] {3, 5}, 12);
    assertThat(spread).containsExactly(0, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5);
  }

  private static Convolution convolution(int channels, int width, Convolution.Windows windows) {
    return new Convolution(1, width, channels, windows, new float[width * channels], new float[1]);
  }

  /** By hand: one filter that reads A, and its average times 6. */
  @Test
  void aFilterForOneLetter() {
    Network.Builder b = Network.reading(new Shape(4, 4));
    Convolution a = new Convolution(1, 1, 4, new float[] {1, 0, 0, 0}, new float[] {-0.5f});
    int at = b.add("conv", a, -1);
    at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    at = b.add("average", new AveragePool(4, 4), at);
    b.add("out", new Operation.Dense(new float[] {6}, new float[1]), at);
    AttributionOptions options = AttributionOptions.defaults();
    Attributor attributor = new Attributor(b.build(), Target.of(0), options);
    byte[] codes = Dna.encode("CAGA");
    // The map is 0, 0.5, 0, 0.5; CAM weighs it by 6.
    assertThat(bases(attributor, Method.CAM, codes)).containsExactly(0, 3, 0, 3);
    // Derivatives are 6 / 4 where it counts, also where the ReLU is shut, after it.
    assertThat(bases(attributor, Method.GRAD_CAM, codes)).containsExactly(0, 0.75, 0, 0.75);
    // g^2 / (2 g^2 + g^3 * 1) = 1 / (2 + 1.5), times g, over four positions: 4 * 1.5 / 3.5.
    double w = 6 / 3.5;
    assertThat(bases(attributor, Method.GRAD_CAM_PP, codes))
        .containsExactly(new double[] {0, w / 2, 0, w / 2}, within(1e-7));
    // Times 1.5, what guided backpropagation gives.
    assertThat(bases(attributor, Method.GUIDED_GRAD_CAM, codes))
        .containsExactly(0, 0.75 * 1.5, 0, 0.75 * 1.5);
  }

  private static double[] bases(Attributor attributor, Method method, byte[] codes) {
    attributor.check(method);
    float[] scores = attributor.explain(method, codes, 0).projected(codes);
    double[] out = new double[codes.length];
    for (int i = 0; i < scores.length; i++) {
      out[i / 4] += scores[i];
    }
    return out;
  }

  /** The last map of the last convolution's positions: after strands, norm, activation and sum. */
  @ParameterizedTest
  @CsvSource({"motif, strands", "chain, relu2", "overlap, elu", "residual, add2"})
  void theDefaultLayer(String name, String layer) {
    Network network = Goldens.network(name);
    Subject subject = new Subject(network, false, Target.of(0), AttributionOptions.defaults());
    int node = new ActivationMaps(subject).layer();
    assertThat(network.nodes().get(node).name()).isEqualTo(layer);
  }

  @Test
  void whatHasNoMapIsRefused() {
    for (Map.Entry<String, String> end :
        Map.of("motif", "hidden-relu", "chain", "relu3", "smooth", "sigmoid").entrySet()) {
      Attributor attributor = attributor(end.getKey(), AttributionOptions.defaults());
      assertThatThrownBy(() -> attributor.check(Method.CAM))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "cam reads a global average pool and one linear layer after it, and this model ends"
                  + " otherwise, at '"
                  + end.getValue()
                  + "'");
    }
    attributor("residual", AttributionOptions.defaults()).check(Method.CAM);
    AttributionOptions unknown = AttributionOptions.defaults().toBuilder().layer("x").build();
    assertThatThrownBy(() -> attributor("residual", unknown).check(Method.GRAD_CAM))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--layer: the model has no 'x'")
        .hasMessageContaining("relu2, add2, crop");
    AttributionOptions flat = AttributionOptions.defaults().toBuilder().layer("average").build();
    assertThatThrownBy(() -> attributor("residual", flat).check(Method.GRAD_CAM))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--layer: 'average' has no positions");
  }

  private static Attributor attributor(String name, AttributionOptions options) {
    return new Attributor(Goldens.network(name), Target.of(0), options);
  }
}
