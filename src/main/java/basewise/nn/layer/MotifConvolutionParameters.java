package basewise.nn.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link MotifConvolution}, in the order they lie in DL4J's flat array: weights
 * [filters, width * 4], then bias, scale, shift, running mean and running variance [1, filters].
 */
public final class MotifConvolutionParameters implements ParamInitializer {
  /** Filter weights, [filters, width * 4]. */
  public static final String WEIGHT = "W";

  /** Bias of the convolution. */
  public static final String BIAS = "b";

  /** Scale of batch norm; only its absolute value counts. */
  public static final String SCALE = "gamma";

  /** Shift of batch norm. */
  public static final String SHIFT = "beta";

  /** Running mean of the pooled scores. */
  public static final String MEAN = "mean";

  /** Running (biased) variance of the pooled scores. */
  public static final String VARIANCE = "var";

  static final MotifConvolutionParameters INSTANCE = new MotifConvolutionParameters();

  private static final List<String> VECTORS = List.of(BIAS, SCALE, SHIFT, MEAN, VARIANCE);
  private static final List<String> ALL = List.of(WEIGHT, BIAS, SCALE, SHIFT, MEAN, VARIANCE);

  private MotifConvolutionParameters() {}

  static boolean isStatistic(String name) {
    return name.equals(MEAN) || name.equals(VARIANCE);
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    MotifConvolution l = (MotifConvolution) layer;
    return l.getNOut() * (4L * l.getFilterWidth() + VECTORS.size());
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return ALL;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS, SHIFT);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.equals(WEIGHT);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initialize) {
    Map<String, INDArray> views = views((MotifConvolution) conf.getLayer(), paramsView);
    if (initialize) {
      // The trainer writes the real start (seeds and random filters); these make a fresh layer
      // sane.
      views.forEach(
          (name, view) -> view.assign(name.equals(SCALE) || name.equals(VARIANCE) ? 1 : 0));
    }
    ALL.forEach(conf::addVariable);
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views((MotifConvolution) conf.getLayer(), gradientView);
  }

  private static Map<String, INDArray> views(MotifConvolution layer, INDArray flat) {
    INDArray row = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long filters = layer.getNOut();
    long columns = 4L * layer.getFilterWidth();
    views.put(
        WEIGHT,
        row.get(NDArrayIndex.interval(0, filters * columns)).reshape('c', filters, columns));
    long at = filters * columns;
    for (String name : VECTORS) {
      views.put(name, row.get(NDArrayIndex.interval(at, at + filters)).reshape(1, filters));
      at += filters;
    }
    return views;
  }
}
