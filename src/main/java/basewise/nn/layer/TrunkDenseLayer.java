package basewise.nn.layer;

import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Matrix;
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

/** The running form of a {@link TrunkDense}; its work is cut by units, whose sums are their own. */
public final class TrunkDenseLayer extends BaseLayer<TrunkDense> implements SharesWork {
  private static final long serialVersionUID = 1L;

  /** Units, or weights' rows, per task. */
  private static final int TASK = 128;

  private transient Workers workers = Workers.ALONE;
  private transient float[] weights = new float[0];
  private transient float[] x = new float[0];
  private transient float[] active = new float[0];

  TrunkDenseLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
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
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    TrunkDense conf = layerConf();
    int n = (int) input.size(0);
    int in = (int) conf.getNIn();
    int out = (int) conf.getNOut();
    x = Floats.of(input);
    weights = Floats.of(getParam(ShapedParameters.WEIGHT));
    float[] bias = Floats.of(getParam(ShapedParameters.BIAS));
    float[] y = new float[n * out];
    for (int i = 0; i < n; i++) {
      System.arraycopy(bias, 0, y, i * out, out);
    }
    workers.run(
        tasks(out),
        t -> {
          int u = t * TASK;
          int units = Math.min(TASK, out - u);
          Gemm.add(
              Matrix.rows(y, u, n, units, out),
              Matrix.of(x, n, in),
              Matrix.rows(weights, u, in, units, out));
        });
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
    if (training && conf.getDropout() > 0) {
      drop(y, n, out);
    }
    active = y;
    INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, n, out);
    Floats.into(y, result);
    return result;
  }

  private static int tasks(int n) {
    return (n + TASK - 1) / TASK;
  }

  private void drop(float[] y, int n, int out) {
    float share = (float) layerConf().getDropout();
    long seed = Seeds.mix(layerConf().getDropoutSeed(), iterationCount);
    for (int i = 0; i < n; i++) {
      SplittableRandom random = Seeds.generator(seed, i);
      for (int u = 0; u < out; u++) {
        y[i * out + u] *= random.nextFloat() < share ? 0 : 1 / (1 - share);
      }
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    TrunkDense conf = layerConf();
    int in = (int) conf.getNIn();
    int out = (int) conf.getNOut();
    int n = x.length / in;
    float[] dy = Floats.of(epsilon);
    // What dropout or ReLU set to 0 passes nothing on; what dropout kept, it made larger.
    float kept = (float) (1 / (1 - conf.getDropout()));
    for (int i = 0; i < dy.length; i++) {
      dy[i] = active[i] > 0 ? dy[i] * kept : 0;
    }
    float[] dx = new float[n * in];
    float[] dw = new float[in * out];
    Matrix wide = Matrix.of(dy, n, out);
    workers.run(
        2 * tasks(in),
        t -> {
          int u = t / 2 * TASK;
          int rows = Math.min(TASK, in - u);
          if (t % 2 == 0) {
            Gemm.set(
                Matrix.rows(dw, u * out, rows, out, out),
                Matrix.rows(x, u, n, rows, in).transposed(),
                wide);
          } else {
            Gemm.set(
                Matrix.rows(dx, u, n, rows, in),
                wide,
                Matrix.rows(weights, u * out, rows, out, out).transposed());
          }
        });
    float[] db = new float[out];
    for (int i = 0; i < dy.length; i++) {
      db[i % out] += dy[i];
    }
    Gradient gradient = new DefaultGradient();
    GradientViews.put(gradient, gradientViews, ShapedParameters.WEIGHT, dw);
    GradientViews.put(gradient, gradientViews, ShapedParameters.BIAS, db);
    INDArray below = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, n, in);
    Floats.into(dx, below);
    return new Pair<>(gradient, below);
  }
}
