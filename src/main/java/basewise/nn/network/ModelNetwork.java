package basewise.nn.network;

import basewise.nn.FilterBank;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.TrunkArchitecture;
import basewise.nn.TrunkBlock;
import basewise.nn.TrunkModel;
import basewise.nn.kernel.ActivationFunction;
import basewise.sequence.Dna;

/** Trained models as networks. */
final class ModelNetwork {
  private ModelNetwork() {}

  static Network of(SequenceModel model) {
    Network.Builder b = Network.reading(new Shape(model.width(), Dna.N));
    switch (model) {
      case MotifModel motif -> motif(b, motif);
      case TrunkModel trunk -> trunk(b, trunk);
    }
    return b.build();
  }

  /**
   * Convolution of both strands, their maximum, maximum over positions, batch norm, activation,
   * dense ReLU, dense output.
   */
  private static void motif(Network.Builder b, MotifModel model) {
    MotifArchitecture a = model.architecture();
    FilterBank bank = model.filters();
    Convolution filters =
        new Convolution(bank.filters(), bank.width(), Dna.N, bank.weights(), bank.bias());
    int at = b.add("convolution", filters, Network.INPUT);
    if (bank.strands() == Strands.BOTH) {
      int reverse =
          b.add("reverse-convolution", new ReverseComplementConvolution(filters), Network.INPUT);
      at = b.add("strands", new Operation.Maximum(), at, reverse);
    }
    int window = a.pool() == 0 ? bank.positions(model.width()) : a.pool();
    at = b.add("pool", new Operation.MaxPool(window, window), at);
    at = b.add("batch-norm", new Operation.BatchNorm(bank.scale(), bank.shift()), at);
    at = b.add("activation", new Operation.Activation(a.activation().function()), at);
    at = b.add("dropout", new Operation.Dropout(a.dropout()), at);
    at = b.add("flatten", new Operation.Flatten(), at);
    at = b.add("hidden", dense(model.hidden()), at);
    at = b.add("hidden-relu", new Operation.Activation(ActivationFunction.RELU), at);
    b.add("output", dense(model.output()), at);
  }

  /** Blocks of convolutions, the mean over positions or all of them side by side, dense layers. */
  private static void trunk(Network.Builder b, TrunkModel model) {
    TrunkArchitecture a = model.architecture();
    int at = Network.INPUT;
    for (int i = 0; i < a.blocks().size(); i++) {
      at = block(b, a.blocks().get(i), model.blocks().get(i), i + 1, at);
    }
    if (a.average()) {
      at = b.add("average", new AveragePool(model.width(), model.width()), at);
    }
    at = b.add("flatten", new Operation.Flatten(), at);
    basewise.nn.Dense hidden = model.hidden();
    if (hidden != null) {
      at = b.add("hidden", dense(hidden), at);
      at = b.add("hidden-relu", new Operation.Activation(ActivationFunction.RELU), at);
      at = b.add("dropout", new Operation.Dropout(a.dropout()), at);
    }
    b.add("output", dense(model.output()), at);
  }

  private static int block(
      Network.Builder b, TrunkBlock shape, TrunkModel.Block block, int number, int input) {
    int channels = block.weights().length / (shape.width() * shape.filters());
    Convolution.Windows windows =
        new Convolution.Windows(1, shape.dilation(), shape.padding(), shape.padding());
    int at =
        b.add(
            "convolution" + number,
            new Convolution(
                shape.filters(),
                shape.width(),
                channels,
                windows,
                filterMajor(block.weights(), shape.filters()),
                block.bias()),
            input);
    if (shape.norm()) {
      at = b.add("batch-norm" + number, new Operation.BatchNorm(block.scale(), block.shift()), at);
    }
    at = b.add("relu" + number, new Operation.Activation(ActivationFunction.RELU), at);
    if (shape.residual()) {
      at = b.add("add" + number, new Operation.Add(), input, at);
    }
    return shape.pool() == 1
        ? at
        : b.add("pool" + number, new Operation.MaxPool(shape.pool(), shape.pool()), at);
  }

  /** [width][channels][filters] as [filters][width][channels]. */
  private static float[] filterMajor(float[] weights, int filters) {
    float[] out = new float[weights.length];
    int row = weights.length / filters;
    for (int i = 0; i < row; i++) {
      for (int f = 0; f < filters; f++) {
        out[f * row + i] = weights[i * filters + f];
      }
    }
    return out;
  }

  private static Operation dense(basewise.nn.Dense dense) {
    return new Operation.Dense(dense.weights(), dense.bias());
  }
}
