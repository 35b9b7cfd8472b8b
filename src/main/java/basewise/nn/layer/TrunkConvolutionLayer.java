package basewise.nn.layer;

import basewise.nn.kernel.Batched;
import basewise.nn.kernel.DnaConvolution;
import basewise.nn.kernel.PooledNorm;
import basewise.nn.kernel.SameConvolution;
import basewise.nn.kernel.Workers;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running form of a {@link TrunkConvolution}. Its batch is cut into the same chunks of
 * sequences for any number of threads; sums over sequences are taken in their order.
 */
public final class TrunkConvolutionLayer extends BaseLayer<TrunkConvolution> implements SharesWork {
  private static final long serialVersionUID = 1L;

  private transient Workers workers = Workers.ALONE;
  private transient Buffers b = new Buffers();

  TrunkConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** What one pass leaves for the other; the room is kept from batch to batch. */
  private static final class Buffers {
    int n;

    /** Sequences there is room for. */
    int capacity;

    /** What is read, with gaps: [row][channels]. */
    float[] x = new float[0];

    /** Values of the convolution, with gaps: [row][filters]; on the way back their gradients. */
    float[] y = new float[0];

    /** Value of the convolution at each maximum, [n][windows][filters]. */
    float[] best = new float[0];

    /** What comes out, and on the way back its gradient: [n][windows][filters]. */
    float[] out = new float[0];

    /** Gradient of what is read, laid out like it. */
    float[] dx = new float[0];

    float[] weights = new float[0];
    float[] scale = new float[0];
    float[] mean = new float[0];
    float[] inverse = new float[0];
    @Nullable PooledNorm after;
  }

  @Override
  public void use(Workers shared) {
    workers = shared;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public boolean updaterDivideByMinibatch(String name) {
    return !ShapedParameters.isStatistic(name);
  }

  private int filters() {
    return (int) layerConf().getNOut();
  }

  private int windows() {
    return layerConf().getLength() / layerConf().getPool();
  }

  private Batched layout() {
    TrunkConvolution conf = layerConf();
    return new Batched(conf.getLength(), SameConvolution.gap(conf.getWidth(), conf.getDilation()));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    TrunkConvolution conf = layerConf();
    int n = (int) input.size(0);
    int length = conf.getLength();
    int filters = filters();
    int units = windows() * filters;
    Batched at = layout();
    resize(n, at);
    b.weights = Floats.of(getParam(ShapedParameters.WEIGHT));
    float[] bias = Floats.of(getParam(ShapedParameters.BIAS));
    INDArray given = Floats.dense(input);
    float[][] mean = new float[n][];
    float[][] squares = new float[n][];
    boolean statistics = training && conf.isNorm();
    Chunks chunks = new Chunks(n, SameConvolution.chunk(at.stride()));
    DnaConvolution dna = conf.isDna() ? new DnaConvolution(conf.getWidth(), b.weights, bias) : null;
    SameConvolution convolution = convolution(bias);
    workers.run(
        chunks.count(),
        c -> {
          for (int s = chunks.from(c); s < chunks.to(c); s++) {
            read(given, s, at, dna);
          }
          if (dna == null) {
            convolution.forward(b.x, b.y, length, chunks.from(c), chunks.to(c));
          }
          for (int s = chunks.from(c); statistics && s < chunks.to(c); s++) {
            mean[s] = new float[filters];
            squares[s] = new float[filters];
            Moments.of(b.y, at.row(s) * filters, length, mean[s], squares[s]);
          }
        });
    PooledNorm after = after(statistics, mean, squares);
    b.after = after;
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, n, units);
    workers.run(
        chunks.count(),
        c -> {
          for (int s = chunks.from(c); s < chunks.to(c); s++) {
            int to = s * units;
            after.forward(b.y, at.row(s) * filters, windows(), b.out, to, b.best, to);
            if (conf.isResidual()) {
              int from = at.row(s) * filters;
              for (int i = 0; i < units; i++) {
                b.out[to + i] += b.x[from + i];
              }
            }
            Floats.write(b.out, to, units, out, to);
          }
        });
    return out;
  }

  private void resize(int n, Batched at) {
    TrunkConvolution conf = layerConf();
    if (b.capacity < n) {
      b = new Buffers();
      b.capacity = n;
      b.x = new float[at.rows(n) * conf.getChannels()];
      b.y = new float[at.rows(n) * filters()];
      b.out = new float[n * windows() * filters()];
      b.best = new float[conf.isNorm() ? b.out.length : 0];
      b.dx = new float[conf.isDna() ? 0 : b.x.length];
    }
    b.n = n;
  }

  private SameConvolution convolution(float[] bias) {
    TrunkConvolution conf = layerConf();
    return new SameConvolution(
        conf.getChannels(), filters(), conf.getWidth(), conf.getDilation(), b.weights, bias);
  }

  /**
   * Takes up what sequence {@code s} is; of DNA the convolution too, while its codes are at hand.
   */
  private void read(INDArray given, int s, Batched at, @Nullable DnaConvolution dna) {
    TrunkConvolution conf = layerConf();
    int length = conf.getLength();
    if (dna == null) {
      int values = length * conf.getChannels();
      Floats.read(given, (long) s * values, b.x, at.row(s) * conf.getChannels(), values);
      return;
    }
    float[] letters = new float[length];
    Floats.read(given, (long) s * length, letters, 0, length);
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = (byte) letters[i];
    }
    SameConvolution.oneHot(codes, b.x, 4 * at.row(s));
    dna.forward(codes, b.y, at.row(s) * filters());
  }

  /**
   * What follows the convolution, batch norm with the statistics of this batch or the running ones.
   */
  private PooledNorm after(boolean statistics, float[][] mean, float[][] squares) {
    int filters = filters();
    TrunkConvolution conf = layerConf();
    b.mean = new float[filters];
    b.inverse = new float[filters];
    b.scale = new float[filters];
    float[] factor = new float[filters];
    float[] shift = new float[filters];
    if (!conf.isNorm()) {
      Arrays.fill(factor, 1);
      return new PooledNorm(conf.getPool(), factor, shift);
    }
    float[] variance;
    if (statistics) {
      variance = Moments.pooled(mean, squares, conf.getLength(), b.mean);
    } else {
      b.mean = Floats.of(getParam(ShapedParameters.MEAN));
      variance = Floats.of(getParam(ShapedParameters.VARIANCE));
    }
    b.scale = Floats.of(getParam(ShapedParameters.SCALE));
    float[] beta = Floats.of(getParam(ShapedParameters.SHIFT));
    for (int f = 0; f < filters; f++) {
      b.inverse[f] = MotifConvolutionLayer.inverseDeviation(variance[f]);
      factor[f] = b.scale[f] * b.inverse[f];
      shift[f] = beta[f] - factor[f] * b.mean[f];
    }
    return new PooledNorm(conf.getPool(), factor, shift);
  }

  @Override
  @SuppressWarnings(
      "NullAway") // DL4J's contract: null is "no gradient for the input": DNA has none
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    TrunkConvolution conf = layerConf();
    PooledNorm after = b.after;
    if (after == null) {
      throw new IllegalStateException("backwards before forwards");
    }
    int n = b.n;
    int filters = filters();
    int units = windows() * filters;
    Batched at = layout();
    Chunks chunks = new Chunks(n, SameConvolution.chunk(at.stride()));
    INDArray given = Floats.dense(epsilon);
    float[] gradient = b.out;
    float[][] sum = new float[n][filters];
    float[][] product = new float[n][filters];
    workers.run(
        chunks.count(),
        c -> {
          for (int s = chunks.from(c); s < chunks.to(c); s++) {
            Floats.read(given, (long) s * units, gradient, s * units, units);
            if (conf.isNorm()) {
              after.sums(
                  windows(), gradient, s * units, b.best, s * units, b.mean, sum[s], product[s]);
            }
          }
        });
    Gradient gradients = new DefaultGradient();
    NormGradient norm = normGradient(sum, product, gradients);
    float[][] biases = new float[n][filters];
    workers.run(
        chunks.count(),
        c -> {
          for (int s = chunks.from(c); s < chunks.to(c); s++) {
            int from = at.row(s) * filters;
            after.backward(
                b.y,
                from,
                conf.getLength(),
                gradient,
                s * units,
                norm.slope,
                norm.offset,
                norm.tilt,
                b.mean);
            Arrays.fill(b.y, from + conf.getLength() * filters, from + at.stride() * filters, 0);
            if (!conf.isNorm()) {
              Moments.sum(b.y, from, conf.getLength(), biases[s]);
            }
          }
        });
    GradientViews.put(gradients, gradientViews, ShapedParameters.BIAS, Moments.total(biases));
    float[] dx = products(chunks, gradients);
    if (conf.isDna()) {
      return new Pair<>(gradients, null);
    }
    return new Pair<>(gradients, below(dx, chunks, workspaces));
  }

  /** The gradient of the weights into {@code gradients}, and that of what was read. */
  private float[] products(Chunks chunks, Gradient gradients) {
    TrunkConvolution conf = layerConf();
    SameConvolution convolution = convolution(new float[filters()]);
    float[] dw = new float[b.weights.length];
    float[] dx = b.dx;
    SameConvolution adjoint = conf.isDna() ? convolution : convolution.adjoint();
    int tasks = convolution.weightTasks();
    workers.run(
        conf.isDna() ? tasks : tasks + chunks.count(),
        t -> {
          if (t < tasks) {
            convolution.weightGradient(t, b.x, b.y, conf.getLength(), b.n, dw);
          } else {
            int c = t - tasks;
            adjoint.forward(b.y, dx, conf.getLength(), chunks.from(c), chunks.to(c));
          }
        });
    GradientViews.put(gradients, gradientViews, ShapedParameters.WEIGHT, dw);
    return dx;
  }

  private INDArray below(float[] dx, Chunks chunks, LayerWorkspaceMgr workspaces) {
    TrunkConvolution conf = layerConf();
    Batched at = layout();
    int values = conf.getLength() * conf.getChannels();
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, b.n, values);
    workers.run(
        chunks.count(),
        c -> {
          for (int s = chunks.from(c); s < chunks.to(c); s++) {
            int from = at.row(s) * conf.getChannels();
            if (conf.isResidual()) {
              for (int i = 0; i < values; i++) {
                dx[from + i] += b.out[s * values + i];
              }
            }
            Floats.write(dx, from, values, out, (long) s * values);
          }
        });
    return out;
  }

  /** What {@link PooledNorm#backward} needs per filter. */
  private static final class NormGradient {
    final float[] slope;
    final float[] offset;
    final float[] tilt;

    NormGradient(int filters) {
      slope = new float[filters];
      offset = new float[filters];
      tilt = new float[filters];
      Arrays.fill(slope, 1);
    }
  }

  private NormGradient normGradient(float[][] sum, float[][] product, Gradient gradients) {
    int filters = filters();
    NormGradient norm = new NormGradient(filters);
    if (!layerConf().isNorm()) {
      return norm;
    }
    float[] shift = Moments.total(sum);
    float[] scale = Moments.total(product);
    double rows = (double) b.n * layerConf().getLength();
    float[] mean = Floats.of(getParam(ShapedParameters.MEAN));
    float[] variance = Floats.of(getParam(ShapedParameters.VARIANCE));
    for (int f = 0; f < filters; f++) {
      double inverse = b.inverse[f];
      scale[f] = (float) (scale[f] * inverse);
      norm.slope[f] = (float) (b.scale[f] * inverse);
      norm.offset[f] = (float) (-b.scale[f] * inverse * shift[f] / rows);
      norm.tilt[f] = (float) (-b.scale[f] * inverse * inverse * scale[f] / rows);
      // The updater subtracts: a step of MOMENTUM towards this batch's statistics.
      double now = 1 / (inverse * inverse) - MotifConvolutionLayer.EPSILON;
      mean[f] = MotifConvolutionLayer.MOMENTUM * (mean[f] - b.mean[f]);
      variance[f] = (float) (MotifConvolutionLayer.MOMENTUM * (variance[f] - now));
    }
    GradientViews.put(gradients, gradientViews, ShapedParameters.SCALE, scale);
    GradientViews.put(gradients, gradientViews, ShapedParameters.SHIFT, shift);
    GradientViews.put(gradients, gradientViews, ShapedParameters.MEAN, mean);
    GradientViews.put(gradients, gradientViews, ShapedParameters.VARIANCE, variance);
    return norm;
  }
}
