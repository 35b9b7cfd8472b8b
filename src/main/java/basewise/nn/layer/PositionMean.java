package basewise.nn.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean over positions: [n, length * channels], position-major, to [n, channels]. */
public final class PositionMean extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  private int channels;

  /** For DL4J's reader of configurations. */
  public PositionMean() {}

  private PositionMean(Builder builder) {
    super(builder);
    channels = builder.channels;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray paramsView,
      boolean initialize,
      DataType type) {
    PositionMeanLayer layer = new PositionMeanLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(Map.of());
    layer.setConf(conf);
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(channels);
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J's contract: null is "no preprocessor"
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(layerName, getClass(), input, getOutputType(0, input))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Channels per position. */
  public int getChannels() {
    return channels;
  }

  /** Sets {@link #getChannels}; for DL4J's reader. */
  public void setChannels(int channels) {
    this.channels = channels;
  }

  /** Builds the layer, in DL4J's manner. */
  public static final class Builder extends Layer.Builder<Builder> {
    private int channels;

    /** Channels per position. */
    public Builder channels(int perPosition) {
      channels = perPosition;
      return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the signature is DL4J's
    public <E extends Layer> E build() {
      return (E) new PositionMean(this);
    }
  }
}
