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
 * One layer of a DL4J graph: a convolution that keeps the length, batch norm if asked for, ReLU,
 * its input added if asked for, and the maximum over windows of positions.
 *
 * <p>Input [n, length * channels], position-major, or, of the layer that reads DNA, [n, length]
 * base codes 0-4 as floats (4 is N: four zeros); output [n, length / pool * filters],
 * position-major. The weights are [width * channels, filters].
 */
public final class TrunkConvolution extends OwnLayer {
  /** Weights, [width * channels, filters]. */
  public static final String WEIGHT = ShapedParameters.WEIGHT;

  /** Bias of the convolution. */
  public static final String BIAS = ShapedParameters.BIAS;

  /** Scale of batch norm. */
  public static final String SCALE = ShapedParameters.SCALE;

  /** Shift of batch norm. */
  public static final String SHIFT = ShapedParameters.SHIFT;

  /** Running mean of what the convolution gives. */
  public static final String MEAN = ShapedParameters.MEAN;

  /** Running (biased) variance of what the convolution gives. */
  public static final String VARIANCE = ShapedParameters.VARIANCE;

  private static final long serialVersionUID = 1L;

  private boolean dna;
  private int length;
  private int channels;
  private int width;
  private int dilation;
  private boolean norm;
  private boolean residual;
  private int pool;

  /** For DL4J's reader of configurations. */
  public TrunkConvolution() {}

  private TrunkConvolution(Builder builder) {
    super(builder);
    dna = builder.dna;
    length = builder.length;
    channels = builder.channels;
    width = builder.width;
    dilation = builder.dilation;
    norm = builder.norm;
    residual = builder.residual;
    pool = builder.pool;
  }

  @Override
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(ShapedParameters.WEIGHT, new long[] {(long) width * channels, nOut});
    shapes.put(ShapedParameters.BIAS, new long[] {1, nOut});
    if (norm) {
      shapes.put(ShapedParameters.SCALE, new long[] {1, nOut});
      shapes.put(ShapedParameters.SHIFT, new long[] {1, nOut});
      shapes.put(ShapedParameters.MEAN, new long[] {1, nOut});
      shapes.put(ShapedParameters.VARIANCE, new long[] {1, nOut});
    }
    return shapes;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(length / pool * nOut);
  }

  @Override
  BaseLayer<?> running(NeuralNetConfiguration conf, DataType type) {
    return new TrunkConvolutionLayer(conf, type);
  }

  /** Whether it reads base codes. */
  public boolean isDna() {
    return dna;
  }

  /** Sets {@link #isDna}; for DL4J's reader. */
  public void setDna(boolean dna) {
    this.dna = dna;
  }

  /** Positions it reads. */
  public int getLength() {
    return length;
  }

  /** Sets {@link #getLength}; for DL4J's reader. */
  public void setLength(int length) {
    this.length = length;
  }

  /** Channels it reads. */
  public int getChannels() {
    return channels;
  }

  /** Sets {@link #getChannels}; for DL4J's reader. */
  public void setChannels(int channels) {
    this.channels = channels;
  }

  /** Columns of a filter. */
  public int getWidth() {
    return width;
  }

  /** Sets {@link #getWidth}; for DL4J's reader. */
  public void setWidth(int width) {
    this.width = width;
  }

  /** Positions from one column of a filter to the next. */
  public int getDilation() {
    return dilation;
  }

  /** Sets {@link #getDilation}; for DL4J's reader. */
  public void setDilation(int dilation) {
    this.dilation = dilation;
  }

  /** Whether batch norm follows the convolution. */
  public boolean isNorm() {
    return norm;
  }

  /** Sets {@link #isNorm}; for DL4J's reader. */
  public void setNorm(boolean norm) {
    this.norm = norm;
  }

  /** Whether the input is added to what ReLU gives. */
  public boolean isResidual() {
    return residual;
  }

  /** Sets {@link #isResidual}; for DL4J's reader. */
  public void setResidual(boolean residual) {
    this.residual = residual;
  }

  /** Positions per window of the maximum. */
  public int getPool() {
    return pool;
  }

  /** Sets {@link #getPool}; for DL4J's reader. */
  public void setPool(int pool) {
    this.pool = pool;
  }

  /** Builds the layer, in DL4J's manner; {@code nOut} is the number of filters. */
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private boolean dna;
    private int length;
    private int channels;
    private int width = 1;
    private int dilation = 1;
    private boolean norm;
    private boolean residual;
    private int pool = 1;

    /** Reads base codes of so many positions. */
    public Builder readsDna(int positions) {
      reads(positions, 4);
      dna = true;
      return this;
    }

    /** Reads values of so many positions and channels. */
    public Builder reads(int positions, int perPosition) {
      dna = false;
      length = positions;
      channels = perPosition;
      nIn((long) positions * perPosition);
      return this;
    }

    /** Columns of a filter, an odd number, and positions from one to the next. */
    public Builder filters(int columns, int apart) {
      width = columns;
      dilation = apart;
      return this;
    }

    /** Whether batch norm follows the convolution. */
    public Builder norm(boolean follows) {
      norm = follows;
      return this;
    }

    /** Whether the input is added to what ReLU gives; there is no maximum then. */
    public Builder residual(boolean added) {
      residual = added;
      return this;
    }

    /** Positions per window of the maximum; 1 is none. */
    public Builder pool(int positions) {
      pool = positions;
      return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the signature is DL4J's
    public <E extends Layer> E build() {
      return (E) new TrunkConvolution(this);
    }
  }
}
