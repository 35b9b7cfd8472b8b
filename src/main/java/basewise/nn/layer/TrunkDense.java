package basewise.nn.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A dense layer with ReLU and dropout, each (iteration, example) with a generator of its own. The
 * weights are [nIn, nOut].
 */
public final class TrunkDense extends OwnLayer {
  private static final long serialVersionUID = 1L;

  private double dropout;
  private long dropoutSeed;

  /** For DL4J's reader of configurations. */
  public TrunkDense() {}

  private TrunkDense(Builder builder) {
    super(builder);
    dropout = builder.dropout;
    dropoutSeed = builder.dropoutSeed;
  }

  @Override
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(ShapedParameters.WEIGHT, new long[] {nIn, nOut});
    shapes.put(ShapedParameters.BIAS, new long[] {1, nOut});
    return shapes;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(nOut);
  }

  @Override
  BaseLayer<?> running(NeuralNetConfiguration conf, DataType type) {
    return new TrunkDenseLayer(conf, type);
  }

  /** The share of units set to zero while training. */
  public double getDropout() {
    return dropout;
  }

  /** Sets {@link #getDropout}; for DL4J's reader. */
  public void setDropout(double dropout) {
    this.dropout = dropout;
  }

  /** Seed of dropout. */
  public long getDropoutSeed() {
    return dropoutSeed;
  }

  /** Sets {@link #getDropoutSeed}; for DL4J's reader. */
  public void setDropoutSeed(long dropoutSeed) {
    this.dropoutSeed = dropoutSeed;
  }

  /** Builds the layer, in DL4J's manner. */
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private double dropout;
    private long dropoutSeed;

    /** The share of units set to zero while training, and the seed that chooses them. */
    public Builder dropout(double share, long seed) {
      this.dropout = share;
      this.dropoutSeed = seed;
      return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the signature is DL4J's
    public <E extends Layer> E build() {
      return (E) new TrunkDense(this);
    }
  }
}
