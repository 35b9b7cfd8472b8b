package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.Maxima;
import basewise.nn.kernel.Rows;
import java.util.List;

/**
 * One operation of a {@link Network}, on the values of one sequence. Arrays of parameters are taken
 * as they are: do not change them afterwards.
 *
 * <p>There are four kinds, and a rule of attribution says what it does at each: maps that are
 * linear up to a constant, functions of one number, choices of the largest, and the softmax.
 */
public sealed interface Operation
    permits Operation.Linear, Operation.Choice, Operation.Activation, Softmax {
  /**
   * The shape of what comes out.
   *
   * @throws IllegalArgumentException if it cannot read inputs of these shapes
   */
  Shape shape(List<Shape> inputs);

  /**
   * What comes out.
   *
   * @param inputs not changed
   * @param shapes of the inputs
   * @return a new array
   */
  double[] forward(double[][] inputs, List<Shape> shapes);

  /**
   * What comes out, as values are kept: those of {@link #forward(double[][], List)}, but for sums
   * that are made in floats where they are heavy and floats are what is kept.
   */
  default double[] forward(double[][] inputs, List<Shape> shapes, Precision precision) {
    double[] out = forward(inputs, shapes);
    return copies() ? out : precision.kept(out);
  }

  /** Whether every number that comes out is one that went in, or 0. */
  private boolean copies() {
    return switch (this) {
      case Choice c -> true;
      case Activation a -> a.function().kind() == ActivationFunction.Kind.RELU;
      case Flatten f -> true;
      case Dropout d -> true;
      case Concat c -> true;
      case Crop c -> true;
      default -> false;
    };
  }

  /** A map that is linear up to a constant. */
  sealed interface Linear extends Operation
      permits Weighted,
          AveragePool,
          Concat,
          Crop,
          Operation.Flatten,
          Operation.Dropout,
          Operation.Add {
    /**
     * Its transpose.
     *
     * @param out one number per output
     * @param in the product is added here, per input
     */
    void transpose(double[] out, double[][] in, List<Shape> shapes);

    /** Its transpose, heavy sums in floats where floats are what is kept. */
    default void transpose(double[] out, double[][] in, List<Shape> shapes, Precision precision) {
      transpose(out, in, shapes);
    }
  }

  /** An operation each of whose outputs is the largest of some inputs. */
  sealed interface Choice extends Operation permits Operation.Maximum, Operation.MaxPool {
    /**
     * The input that each output is: an index into the inputs one after another. Of equal ones the
     * first.
     */
    int[] chosen(double[][] inputs, List<Shape> shapes);
  }

  /** A function of each number. */
  record Activation(ActivationFunction function) implements Operation {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shapes.only(inputs);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      double[] out = new double[inputs[0].length];
      function.apply(inputs[0], out);
      return out;
    }
  }

  /** The larger of several inputs, number by number: over strands. */
  record Maximum() implements Choice {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shapes.equal(inputs);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      double[] out = inputs[0].clone();
      for (int k = 1; k < inputs.length; k++) {
        double[] x = inputs[k];
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.max(out[i], x[i]);
        }
      }
      return out;
    }

    @Override
    public int[] chosen(double[][] inputs, List<Shape> shapes) {
      int n = inputs[0].length;
      int[] at = new int[n];
      for (int i = 0; i < n; i++) {
        int best = 0;
        for (int k = 1; k < inputs.length; k++) {
          best = inputs[k][i] > inputs[best][i] ? k : best;
        }
        at[i] = best * n + i;
      }
      return at;
    }
  }

  /**
   * The maximum over windows of positions, per channel; windows may overlap, and what is left at
   * the end is not read. A window of the whole length is a global maximum.
   */
  record MaxPool(int window, int stride) implements Choice {
    /** Checks the numbers. */
    public MaxPool {
      Shapes.require(window > 0 && stride > 0, "window %d, stride %d", window, stride);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return Shapes.pooled(inputs, window, stride);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      int[] at = chosen(inputs, shapes);
      double[] out = new double[at.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = inputs[0][at[i]];
      }
      return out;
    }

    @Override
    public int[] chosen(double[][] inputs, List<Shape> shapes) {
      double[] x = inputs[0];
      Shape out = shape(shapes);
      int channels = out.channels();
      int[] at = new int[out.size()];
      for (int w = 0; w < out.length(); w++) {
        Maxima.find(x, w * stride * channels, window, channels, at, w * channels);
      }
      return at;
    }
  }

  /**
   * Batch norm with its running statistics folded in: scale * x + shift, per channel.
   *
   * @param scale [channels]
   * @param shift [channels]
   */
  @SuppressWarnings("ArrayRecordComponent") // parameters; never compared
  record BatchNorm(float[] scale, float[] shift) implements Weighted {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape in = Shapes.only(inputs);
      Shapes.require(
          in.channels() == scale.length && in.channels() == shift.length,
          "batch norm of %d channels on %d",
          scale.length,
          in.channels());
      return in;
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      double[] out = new double[inputs[0].length];
      int channels = scale.length;
      double[] x = inputs[0];
      for (int at = 0; at < out.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          out[at + c] = (double) scale[c] * x[at + c] + shift[c];
        }
      }
      return out;
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes) {
      int channels = scale.length;
      double[] sum = in[0];
      for (int at = 0; at < out.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          sum[at + c] += out[at + c] * scale[c];
        }
      }
    }

    @Override
    public float[] constants() {
      return shift;
    }

    @Override
    public BatchNorm reweighted(Reweighting change) {
      float[] changed = new float[scale.length];
      for (int c = 0; c < changed.length; c++) {
        changed[c] = change.apply(c, scale[c]);
      }
      return new BatchNorm(changed, new float[shift.length]);
    }
  }

  /**
   * bias + x W on a vector.
   *
   * @param weights [in][out], flat
   * @param bias [out]
   */
  @SuppressWarnings("ArrayRecordComponent") // parameters; never compared
  record Dense(float[] weights, float[] bias) implements Weighted {
    @Override
    public Shape shape(List<Shape> inputs) {
      Shape in = Shapes.only(inputs);
      Shapes.require(
          in.length() == 1 && in.channels() * bias.length == weights.length,
          "a dense layer of %d weights on %d x %d",
          weights.length,
          in.length(),
          in.channels());
      return Shape.vector(bias.length);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      double[] x = inputs[0];
      double[] out = new double[bias.length];
      for (int o = 0; o < out.length; o++) {
        out[o] = bias[o];
      }
      for (int i = 0; i < x.length; i++) {
        for (int o = 0; x[i] != 0 && o < out.length; o++) {
          out[o] += x[i] * weights[i * out.length + o];
        }
      }
      return out;
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes, Precision precision) {
      if (precision == Precision.FLOAT64) {
        return forward(inputs, shapes);
      }
      float[] out = bias.clone();
      int n = out.length;
      int m = inputs[0].length;
      Gemm.add(Matrix.of(out, 1, n), Matrix.of(Floats.of(inputs[0]), 1, m), matrix());
      return Floats.doubles(out);
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes, Precision precision) {
      if (precision == Precision.FLOAT64) {
        transpose(out, in, shapes);
        return;
      }
      float[] y = Floats.of(out);
      for (int i = 0; i < in[0].length; i++) {
        in[0][i] += Rows.dot(y.length, y, 0, weights, i * y.length);
      }
    }

    private Matrix matrix() {
      return Matrix.of(weights, weights.length / bias.length, bias.length);
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes) {
      for (int i = 0; i < in[0].length; i++) {
        double sum = 0;
        for (int o = 0; o < out.length; o++) {
          sum += out[o] * weights[i * out.length + o];
        }
        in[0][i] += sum;
      }
    }

    @Override
    public float[] constants() {
      return bias;
    }

    @Override
    public Dense reweighted(Reweighting change) {
      float[] changed = new float[weights.length];
      for (int i = 0; i < changed.length; i++) {
        changed[i] = change.apply(i % bias.length, weights[i]);
      }
      return new Dense(changed, new float[bias.length]);
    }
  }

  /** All positions as one vector, in their order: [length][channels] to [length * channels]. */
  record Flatten() implements Linear {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.vector(Shapes.only(inputs).size());
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      return inputs[0].clone();
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes) {
      addTo(in[0], out);
    }
  }

  /** Nothing: values are dropped while training only. */
  record Dropout(double rate) implements Linear {
    /** Checks the rate. */
    public Dropout {
      Shapes.require(rate >= 0 && rate < 1, "dropout of %s", rate);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return Shapes.only(inputs);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      return inputs[0].clone();
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes) {
      addTo(in[0], out);
    }
  }

  /** The sum of several inputs, number by number. */
  record Add() implements Linear {
    @Override
    public Shape shape(List<Shape> inputs) {
      return Shapes.equal(inputs);
    }

    @Override
    public double[] forward(double[][] inputs, List<Shape> shapes) {
      double[] out = inputs[0].clone();
      for (int k = 1; k < inputs.length; k++) {
        addTo(out, inputs[k]);
      }
      return out;
    }

    @Override
    public void transpose(double[] out, double[][] in, List<Shape> shapes) {
      for (double[] each : in) {
        addTo(each, out);
      }
    }
  }

  private static void addTo(double[] sum, double[] x) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += x[i];
    }
  }
}
