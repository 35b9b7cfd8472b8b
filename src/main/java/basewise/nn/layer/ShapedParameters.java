package basewise.nn.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a layer, in the order they lie in DL4J's flat array, each in C order. They
 * start at 0, scales and variances at 1; the trainer writes the real start.
 */
public final class ShapedParameters implements ParamInitializer {
  /** Weights of a convolution or a dense layer. */
  public static final String WEIGHT = "W";

  /** Bias of the convolution or dense layer. */
  public static final String BIAS = "b";

  /** Scale of batch norm; of motif filters only its absolute value counts. */
  public static final String SCALE = "gamma";

  /** Shift of batch norm. */
  public static final String SHIFT = "beta";

  /** Running mean of what batch norm reads. */
  public static final String MEAN = "mean";

  /** Running (biased) variance of what batch norm reads. */
  public static final String VARIANCE = "var";

  private final Function<Layer, Map<String, long[]>> shapes;

  /** Of layers whose parameters are {@code shapes}: names to [rows, columns], in a fixed order. */
  ShapedParameters(Function<Layer, Map<String, long[]>> shapes) {
    this.shapes = shapes;
  }

  static boolean isStatistic(String name) {
    return name.equals(MEAN) || name.equals(VARIANCE);
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return shapes.apply(layer).values().stream().mapToLong(s -> s[0] * s[1]).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.copyOf(shapes.apply(layer).keySet());
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(k -> k.equals(BIAS) || k.equals(SHIFT)).toList();
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
    Map<String, INDArray> views = views(conf.getLayer(), paramsView);
    if (initialize) {
      views.forEach(
          (name, view) -> view.assign(name.equals(SCALE) || name.equals(VARIANCE) ? 1 : 0));
    }
    views.keySet().forEach(conf::addVariable);
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views(conf.getLayer(), gradientView);
  }

  private Map<String, INDArray> views(Layer layer, INDArray flat) {
    INDArray row = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, long[]> e : shapes.apply(layer).entrySet()) {
      long[] shape = e.getValue();
      long n = shape[0] * shape[1];
      views.put(
          e.getKey(), row.get(NDArrayIndex.interval(at, at + n)).reshape('c', shape[0], shape[1]));
      at += n;
    }
    return views;
  }
}
