package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.RandomTrunks;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  /** The oracle is the model itself, which is held to DL4J's own layers by PlainNetworkTest. */
  @ParameterizedTest
  @CsvSource({
    "5, 7, BOTH, RELU, 0",
    "9, 6, BOTH, EXPONENTIAL, 0",
    "4, 7, FORWARD, RELU, 0",
    "4, 7, BOTH, RELU, 5",
    "8, 8, FORWARD, EXPONENTIAL, 4"
  })
  void outputsAreTheModels(
      int filters, int width, Strands strands, FilterActivation activation, int pool) {
    same(RandomModels.of(filters, width, strands, activation, pool, 33));
  }

  /** These models are held to DL4J's own layers by PlainTrunkTest. */
  @Test
  void outputsAreThoseOfTrunks() {
    same(RandomTrunks.model(RandomTrunks.basset(), 50, 2));
    same(RandomTrunks.model(RandomTrunks.dilated(), 21, 2));
  }

  private static void same(SequenceModel model) {
    Network network = Network.of(model);
    List<byte[]> sequences = RandomModels.sequences(40, model.width(), 5);
    float[][] expected = model.logits(sequences, 1);
    for (int i = 0; i < expected.length; i++) {
      double[] x = Network.oneHot(sequences.get(i));
      double[] single = network.forward(x, Precision.FLOAT32).output();
      double[] exact = network.forward(x, Precision.FLOAT64).output();
      for (int t = 0; t < 2; t++) {
        double y = expected[i][t];
        assertThat(single[t]).isCloseTo(y, within(1e-5 * Math.max(1, Math.abs(y))));
        assertThat(exact[t]).isCloseTo(y, within(1e-5 * Math.max(1, Math.abs(y))));
        assertThat(single[t]).isEqualTo((float) single[t]);
      }
    }
  }

  /** By hand: windows 0-3, 2-5 and 4-7. */
  @Test
  void overlappingWindowsOfAPool() {
    Network.Builder b = Network.reading(new Shape(8, 1));
    b.add("pool", new Operation.MaxPool(4, 2), Network.INPUT);
    assertThat(b.build().forward(new double[] {0, 0, 9, 0, 0, 0, 1, 0}, Precision.FLOAT64).output())
        .containsExactly(9, 9, 1);
  }

  @Test
  void whatDoesNotFitIsRefusedWhenItIsAdded() {
    Network.Builder b = Network.reading(new Shape(8, 4));
    assertThatThrownBy(() -> b.add("pool", new Operation.MaxPool(9, 1), Network.INPUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pool of 9 over 8 positions");
    assertThatThrownBy(
            () -> b.add("d", new Operation.Dense(new float[32], new float[1]), Network.INPUT))
        .hasMessageContaining("a dense layer of 32 weights on 8 x 4");
    assertThatThrownBy(() -> b.add("m", new Operation.Maximum(), Network.INPUT))
        .hasMessageContaining("two inputs or more");
  }
}
