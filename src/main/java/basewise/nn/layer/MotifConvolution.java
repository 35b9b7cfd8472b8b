package basewise.nn.layer;

import basewise.nn.kernel.FilterActivation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One layer of a DL4J graph that reads DNA: one-hot convolution of both strands with shared
 * filters, maximum over strands and over all positions (or windows of them), bias, batch norm,
 * activation, dropout.
 *
 * <p>Input [n, length] base codes 0-4 as floats (4 is N: four zeros); output [n, windows *
 * filters], window-major. Batch norm follows the maximum, and its scale counts by its size only, so
 * that the maximum and everything after it may change places: the value of the best site is the
 * best value of the sites.
 */
public final class MotifConvolution extends OwnLayer {
  /** Its parameters with a number for each filter, in the order of DL4J's flat array. */
  private static final List<String> VECTORS =
      List.of(
          ShapedParameters.BIAS,
          ShapedParameters.SCALE,
          ShapedParameters.SHIFT,
          ShapedParameters.MEAN,
          ShapedParameters.VARIANCE);

  private static final long serialVersionUID = 1L;

  private int filterWidth;
  private boolean bothStrands;
  private int pool;
  private FilterActivation filterActivation = FilterActivation.RELU;
  private double dropout;
  private long dropoutSeed;

  /** For DL4J's reader of configurations. */
  public MotifConvolution() {}

  private MotifConvolution(Builder builder) {
    super(builder);
    filterWidth = builder.filterWidth;
    bothStrands = builder.bothStrands;
    pool = builder.pool;
    filterActivation = builder.filterActivation;
    dropout = builder.dropout;
    dropoutSeed = builder.dropoutSeed;
  }

  @Override
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(ShapedParameters.WEIGHT, new long[] {nOut, 4L * filterWidth});
    for (String vector : VECTORS) {
      shapes.put(vector, new long[] {1, nOut});
    }
    return shapes;
  }

  @Override
  BaseLayer<?> running(NeuralNetConfiguration conf, DataType type) {
    return new MotifConvolutionLayer(conf, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    long length = ((InputType.InputTypeFeedForward) input).getSize();
    return InputType.feedForward(windows((int) length) * nOut);
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    nIn = 4L * filterWidth;
  }

  /** Windows of the pool that a sequence of {@code length} bases fills: 1 if the pool is global. */
  public int windows(int length) {
    return pool == 0 ? 1 : Math.max(0, length - filterWidth + 1) / pool;
  }

  /** Columns of a filter. */
  public int getFilterWidth() {
    return filterWidth;
  }

  /** Sets {@link #getFilterWidth}; for DL4J's reader. */
  public void setFilterWidth(int filterWidth) {
    this.filterWidth = filterWidth;
  }

  /** Whether the reverse complement of each filter is tried too. */
  public boolean isBothStrands() {
    return bothStrands;
  }

  /** Sets {@link #isBothStrands}; for DL4J's reader. */
  public void setBothStrands(boolean bothStrands) {
    this.bothStrands = bothStrands;
  }

  /** Positions per window of the maximum; 0 is all of them. */
  public int getPool() {
    return pool;
  }

  /** Sets {@link #getPool}; for DL4J's reader. */
  public void setPool(int pool) {
    this.pool = pool;
  }

  /** What follows batch norm. */
  public FilterActivation getFilterActivation() {
    return filterActivation;
  }

  /** Sets {@link #getFilterActivation}; for DL4J's reader. */
  public void setFilterActivation(FilterActivation filterActivation) {
    this.filterActivation = filterActivation;
  }

  /** The share of activations set to zero while training. */
  public double getDropout() {
    return dropout;
  }

  /** Sets {@link #getDropout}; for DL4J's reader. */
  public void setDropout(double dropout) {
    this.dropout = dropout;
  }

  /** Seed of dropout; each (iteration, example) has its own generator. */
  public long getDropoutSeed() {
    return dropoutSeed;
  }

  /** Sets {@link #getDropoutSeed}; for DL4J's reader. */
  public void setDropoutSeed(long dropoutSeed) {
    this.dropoutSeed = dropoutSeed;
  }

  /** Builds the layer, in DL4J's manner; {@code nOut} is the number of filters. */
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private int filterWidth = 19;
    private boolean bothStrands = true;
    private int pool;
    private FilterActivation filterActivation = FilterActivation.RELU;
    private double dropout;
    private long dropoutSeed;

    /** Columns of a filter. */
    public Builder filterWidth(int width) {
      this.filterWidth = width;
      nIn(4L * width);
      return this;
    }

    /** Whether the reverse complement of each filter is tried too. */
    public Builder bothStrands(boolean both) {
      this.bothStrands = both;
      return this;
    }

    /** Positions per window of the maximum; 0 is all of them. */
    public Builder pool(int positions) {
      this.pool = positions;
      return this;
    }

    /** What follows batch norm. */
    public Builder filterActivation(FilterActivation activation) {
      this.filterActivation = activation;
      return this;
    }

    /** The share of activations set to zero while training, and the seed that chooses them. */
    public Builder dropout(double share, long seed) {
      this.dropout = share;
      this.dropoutSeed = seed;
      return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the signature is DL4J's
    public <E extends Layer> E build() {
      return (E) new MotifConvolution(this);
    }
  }
}
