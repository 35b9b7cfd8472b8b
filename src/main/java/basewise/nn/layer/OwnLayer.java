package basewise.nn.layer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What the configurations of our layers with {@link ShapedParameters} have in common. */
abstract class OwnLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;
  private static final ParamInitializer PARAMETERS =
      new ShapedParameters(layer -> ((OwnLayer) layer).shapes());

  OwnLayer() {}

  OwnLayer(FeedForwardLayer.Builder<?> builder) {
    super(builder);
    initializeConstraints(builder);
  }

  /** Names of its parameters and their [rows, columns], in a fixed order. */
  abstract Map<String, long[]> shapes();

  /** Its running form. */
  abstract BaseLayer<?> running(NeuralNetConfiguration conf, DataType type);

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray paramsView,
      boolean initialize,
      DataType type) {
    LayerValidation.assertNInNOutSet(getClass().getSimpleName(), layerName, index, nIn, nOut);
    BaseLayer<?> layer = running(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(paramsView);
    layer.setParamTable(PARAMETERS.init(conf, paramsView, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return PARAMETERS;
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // It is told what it reads when it is built.
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J's contract: null is "no preprocessor"
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = PARAMETERS.numParams(this);
    return new LayerMemoryReport.Builder(layerName, getClass(), input, getOutputType(0, input))
        .standardMemory(parameters, 2 * parameters)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public IUpdater getUpdaterByParam(String name) {
    return ShapedParameters.isStatistic(name) ? new NoOp() : super.getUpdaterByParam(name);
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J's contract: null is "no regularization"
  public List<Regularization> getRegularizationByParam(String name) {
    return ShapedParameters.isStatistic(name) ? null : super.getRegularizationByParam(name);
  }
}
