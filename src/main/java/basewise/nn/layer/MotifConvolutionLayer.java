package basewise.nn.layer;

import basewise.nn.kernel.FilterActivation;
import basewise.nn.kernel.MotifKernel;
import basewise.nn.kernel.Workers;
import basewise.stats.Seeds;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running form of a {@link MotifConvolution}. Its batch is cut into chunks of {@value #CHUNK}
 * examples, whatever the number of threads; sums over examples are taken chunk by chunk, in order.
 */
public final class MotifConvolutionLayer extends BaseLayer<MotifConvolution> implements SharesWork {
  private static final long serialVersionUID = 1L;

  /** Examples per chunk. */
  static final int CHUNK = 32;

  /** What batch norm adds to a variance. */
  public static final float EPSILON = 1e-5f;

  /** The weight of the new batch in the running mean and variance. */
  static final float MOMENTUM = 0.1f;

  private transient Workers workers = Workers.ALONE;
  private transient Batch batch = new Batch(0, 0, 0, 0);

  MotifConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public void use(Workers shared) {
    workers = shared;
  }

  /** What the backward pass needs of the forward pass. */
  private static final class Batch {
    final int n;
    final int length;
    final int units;
    final byte[] codes;
    final float[] pooled;
    final float[] normal;
    final float[] active;
    final int[] site;
    final float[] keep;
    final float[] mean;
    final float[] inverse;

    Batch(int n, int length, int units, int filters) {
      this.n = n;
      this.length = length;
      this.units = units;
      codes = new byte[n * length];
      pooled = new float[n * units];
      normal = new float[n * units];
      active = new float[n * units];
      site = new int[n * units];
      keep = new float[n * units];
      mean = new float[filters];
      inverse = new float[filters];
    }
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public boolean updaterDivideByMinibatch(String name) {
    return !ShapedParameters.isStatistic(name);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    MotifConvolution conf = layerConf();
    int filters = (int) conf.getNOut();
    int n = (int) input.size(0);
    int length = (int) input.size(1);
    int windows = conf.windows(length);
    Batch b = new Batch(n, length, windows * filters, filters);
    batch = b;
    float[] codes = Floats.of(input);
    for (int i = 0; i < b.codes.length; i++) {
      b.codes[i] = (byte) codes[i];
    }
    MotifKernel kernel = kernel();
    int positions = kernel.positions(length);
    int step = conf.getPool() == 0 ? positions : conf.getPool();
    workers.run(
        chunks(n),
        c -> {
          int[] rows = new int[length + 1];
          for (int i = c * CHUNK; i < Math.min(n, (c + 1) * CHUNK); i++) {
            kernel.prepare(b.codes, i * length, length, rows);
            for (int w = 0; w < windows; w++) {
              int at = i * b.units + w * filters;
              kernel.best(rows, w * step, (w + 1) * step, b.pooled, b.site, at);
            }
          }
        });
    addBias(b, Floats.of(getParam(ShapedParameters.BIAS)));
    statistics(b, filters, training);
    normalise(b, filters, training);
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, n, b.units);
    Floats.into(b.active, out);
    return out;
  }

  private MotifKernel kernel() {
    MotifConvolution conf = layerConf();
    return MotifKernel.of(
        Floats.of(getParam(ShapedParameters.WEIGHT)),
        (int) conf.getNOut(),
        conf.getFilterWidth(),
        conf.isBothStrands());
  }

  private static int chunks(int n) {
    return (n + CHUNK - 1) / CHUNK;
  }

  private static void addBias(Batch b, float[] bias) {
    for (int i = 0; i < b.pooled.length; i++) {
      b.pooled[i] += bias[i % bias.length];
    }
  }

  private void statistics(Batch b, int filters, boolean training) {
    if (!training) {
      float[] variance = Floats.of(getParam(ShapedParameters.VARIANCE));
      System.arraycopy(Floats.of(getParam(ShapedParameters.MEAN)), 0, b.mean, 0, filters);
      for (int f = 0; f < filters; f++) {
        b.inverse[f] = inverseDeviation(variance[f]);
      }
      return;
    }
    double[] variance = new double[filters];
    double[] mean = new double[filters];
    int rows = b.pooled.length / filters;
    for (int i = 0; i < b.pooled.length; i++) {
      mean[i % filters] += b.pooled[i];
    }
    for (int f = 0; f < filters; f++) {
      mean[f] /= rows;
      b.mean[f] = (float) mean[f];
    }
    for (int i = 0; i < b.pooled.length; i++) {
      double d = b.pooled[i] - mean[i % filters];
      variance[i % filters] += d * d;
    }
    for (int f = 0; f < filters; f++) {
      b.inverse[f] = inverseDeviation((float) (variance[f] / rows));
    }
  }

  /** 1 / sqrt(variance + {@link #EPSILON}). */
  public static float inverseDeviation(float variance) {
    return (float) (1 / Math.sqrt((double) variance + EPSILON));
  }

  private void normalise(Batch b, int filters, boolean training) {
    float[] scale = Floats.of(getParam(ShapedParameters.SCALE));
    float[] shift = Floats.of(getParam(ShapedParameters.SHIFT));
    FilterActivation activation = layerConf().getFilterActivation();
    float share = (float) layerConf().getDropout();
    boolean drop = training && share > 0;
    for (int i = 0; i < b.n; i++) {
      SplittableRandom random =
          Seeds.generator(Seeds.mix(layerConf().getDropoutSeed(), iterationCount), i);
      for (int u = 0; u < b.units; u++) {
        int at = i * b.units + u;
        int f = u % filters;
        float x = (b.pooled[at] - b.mean[f]) * b.inverse[f];
        b.normal[at] = x;
        float keep = drop ? (random.nextFloat() < share ? 0 : 1 / (1 - share)) : 1;
        b.keep[at] = keep;
        b.active[at] = activation.apply(Math.abs(scale[f]) * x + shift[f]) * keep;
      }
    }
  }

  @Override
  @SuppressWarnings(
      "NullAway") // DL4J's contract: null is "no gradient for the input": DNA has none
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Batch b = batch;
    MotifConvolution conf = layerConf();
    int filters = (int) conf.getNOut();
    float[] scale = Floats.of(getParam(ShapedParameters.SCALE));
    float[] delta = Floats.of(epsilon);
    double[] shiftGradient = new double[filters];
    double[] scaleGradient = new double[filters];
    for (int i = 0; i < delta.length; i++) {
      int f = i % filters;
      float keep = b.keep[i];
      float y = keep == 0 ? 0 : b.active[i] / keep;
      delta[i] *= keep == 0 ? 0 : keep * conf.getFilterActivation().derivative(y);
      shiftGradient[f] += delta[i];
      scaleGradient[f] += (double) delta[i] * b.normal[i];
    }
    int rows = delta.length / filters;
    for (int i = 0; i < delta.length; i++) {
      int f = i % filters;
      double centred = delta[i] - shiftGradient[f] / rows - b.normal[i] * (scaleGradient[f] / rows);
      delta[i] = (float) (Math.abs(scale[f]) * b.inverse[f] * centred);
    }
    Gradient gradient = new DefaultGradient();
    GradientViews.put(
        gradient, gradientViews, ShapedParameters.WEIGHT, weightGradient(b, delta, filters));
    GradientViews.put(gradient, gradientViews, ShapedParameters.BIAS, biasGradient(delta, filters));
    float[] signed = new float[filters];
    float[] shift = new float[filters];
    for (int f = 0; f < filters; f++) {
      signed[f] = (float) (scale[f] < 0 ? -scaleGradient[f] : scaleGradient[f]);
      shift[f] = (float) shiftGradient[f];
    }
    GradientViews.put(gradient, gradientViews, ShapedParameters.SCALE, signed);
    GradientViews.put(gradient, gradientViews, ShapedParameters.SHIFT, shift);
    putStatistics(gradient, b, filters);
    return new Pair<>(gradient, null);
  }

  private void putStatistics(Gradient gradient, Batch b, int filters) {
    // The updater subtracts: a step of MOMENTUM towards this batch's statistics.
    float[] mean = Floats.of(getParam(ShapedParameters.MEAN));
    float[] variance = Floats.of(getParam(ShapedParameters.VARIANCE));
    for (int f = 0; f < filters; f++) {
      float now = 1 / (b.inverse[f] * b.inverse[f]) - EPSILON;
      mean[f] = MOMENTUM * (mean[f] - b.mean[f]);
      variance[f] = MOMENTUM * (variance[f] - now);
    }
    GradientViews.put(gradient, gradientViews, ShapedParameters.MEAN, mean);
    GradientViews.put(gradient, gradientViews, ShapedParameters.VARIANCE, variance);
  }

  private static float[] biasGradient(float[] delta, int filters) {
    double[] sum = new double[filters];
    for (int i = 0; i < delta.length; i++) {
      sum[i % filters] += delta[i];
    }
    float[] out = new float[filters];
    for (int f = 0; f < filters; f++) {
      out[f] = (float) sum[f];
    }
    return out;
  }

  /** The gradient reaches only the best window of each filter: it is scattered there. */
  private float[] weightGradient(Batch b, float[] delta, int filters) {
    int width = layerConf().getFilterWidth();
    float[][] parts = new float[chunks(b.n)][];
    workers.run(
        parts.length,
        c -> {
          float[] g = new float[filters * width * 4];
          for (int i = c * CHUNK; i < Math.min(b.n, (c + 1) * CHUNK); i++) {
            for (int u = 0; u < b.units; u++) {
              int at = i * b.units + u;
              if (b.site[at] != MotifKernel.NOWHERE && delta[at] != 0) {
                scatter(b, i, b.site[at], delta[at], g, u % filters, width);
              }
            }
          }
          parts[c] = g;
        });
    float[] sum = parts[0];
    for (int c = 1; c < parts.length; c++) {
      float[] part = parts[c];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  private static void scatter(Batch b, int i, int site, float d, float[] g, int f, int width) {
    int start = i * b.length + (site >> 1);
    int row = f * width * 4;
    if ((site & 1) == 0) {
      for (int j = 0; j < width; j++) {
        int code = b.codes[start + j];
        if (code < 4) {
          g[row + 4 * j + code] += d;
        }
      }
    } else {
      for (int j = 0; j < width; j++) {
        int code = b.codes[start + j];
        if (code < 4) {
          g[row + 4 * (width - 1 - j) + 3 - code] += d;
        }
      }
    }
  }
}
