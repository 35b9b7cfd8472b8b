package basewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.network.Convolution;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.ReverseComplementConvolution;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {
  @Test
  void layersForgetFromTheOutputOn() {
    Network whole = Goldens.network("motif");
    assertThat(RandomWeights.layers(whole)).containsExactly("output", "hidden", "norm", "conv");
    double[] x = Goldens.inputs("motif").getFirst();
    assertThat(RandomWeights.of(whole, 0, 1).forward(x, Precision.FLOAT64).output())
        .containsExactly(whole.forward(x, Precision.FLOAT64).output());
    Network two = RandomWeights.of(whole, 2, 1);
    for (int i = 0; i < whole.nodes().size(); i++) {
      Operation before = whole.nodes().get(i).operation();
      Operation after = two.nodes().get(i).operation();
      if (before instanceof Operation.Dense d) {
        assertThat(((Operation.Dense) after).weights()).isNotEqualTo(d.weights());
        assertThat(((Operation.Dense) after).bias()).containsExactlyInAnyOrder(d.bias());
      } else if (before instanceof Convolution c) {
        assertThat(((Convolution) after).weights()).isEqualTo(c.weights());
      }
    }
    // The strands forget together.
    Network all = RandomWeights.of(whole, 4, 1);
    Convolution forward = (Convolution) all.nodes().get(0).operation();
    ReverseComplementConvolution reverse =
        (ReverseComplementConvolution) all.nodes().get(1).operation();
    assertThat(reverse.shared()).isSameAs(forward);
    Convolution learned = (Convolution) whole.nodes().getFirst().operation();
    assertThat(forward.weights()).isNotEqualTo(learned.weights());
  }

  /** By hand: ranks 1, 2.5, 2.5, 4 against 4, 2, 3, 1 have the covariance -4.5 of 4.5 and 5. */
  @Test
  void spearman() {
    double[] a = {1, 2, 2, 3};
    assertThat(SanityBench.spearman(a, new double[] {9, 5, 7, 1}))
        .isCloseTo(-4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    assertThat(SanityBench.spearman(a, a)).isCloseTo(1, within(1e-12));
    assertThat(SanityBench.spearman(a, new double[4])).isZero();
  }
}
