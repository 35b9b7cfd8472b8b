package basewise.nn.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The running form of a {@link PositionMean}. */
public final class PositionMeanLayer extends AbstractLayer<PositionMean> {
  private static final long serialVersionUID = 1L;

  PositionMeanLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // It has no weights.
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    int n = (int) input.size(0);
    int channels = layerConf().getChannels();
    int length = (int) input.size(1) / channels;
    float[] x = Floats.of(input);
    float[] mean = new float[n * channels];
    float[] sum = new float[channels];
    for (int s = 0; s < n; s++) {
      Moments.sum(x, s * length * channels, length, sum);
      for (int c = 0; c < channels; c++) {
        mean[s * channels + c] = sum[c] / length;
      }
    }
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, n, channels);
    Floats.into(mean, out);
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    int n = (int) input.size(0);
    int values = (int) input.size(1);
    int channels = layerConf().getChannels();
    float[] dy = Floats.of(epsilon);
    float[] dx = new float[n * values];
    float share = (float) channels / values;
    for (int s = 0; s < n; s++) {
      for (int i = 0; i < values; i++) {
        dx[s * values + i] = dy[s * channels + i % channels] * share;
      }
    }
    INDArray below = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, n, values);
    Floats.into(dx, below);
    return new Pair<>(new DefaultGradient(), below);
  }
}
