package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Deltas;
import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Rows;
import java.util.Arrays;
import java.util.List;

/** {@link Changes} through what reads position by position: functions, sums, maxima, concat. */
final class LocalPoints {
  private LocalPoints() {}

  /**
   * Through a function of each number.
   *
   * @param before what it reads for the input as it is
   * @param out where the changes go; may be where they are
   */
  static Changes activation(ActivationFunction function, Changes in, float[] before, float[] out) {
    int width = in.width();
    boolean relu = function.kind() == ActivationFunction.Kind.RELU;
    for (int r = 0; r < in.rows(); r++) {
      int at = in.place()[r] * width;
      int to = r * width;
      if (relu) {
        Deltas.relu(width, before, at, in.values(), to, out, to);
      } else {
        for (int i = 0; i < width; i++) {
          float d = in.values()[to + i];
          double x = before[at + i];
          out[to + i] = d == 0 ? 0 : (float) (function.apply(x + d) - function.apply(x));
        }
      }
    }
    return in.with(out);
  }

  static Changes softmax(Softmax softmax, Changes in, float[] before, float[] after, float[] out) {
    int width = in.width();
    List<Shape> shape = List.of(Shape.vector(width));
    double[] x = new double[width];
    for (int r = 0; r < in.rows(); r++) {
      int at = in.place()[r] * width;
      for (int i = 0; i < width; i++) {
        x[i] = before[at + i] + in.values()[r * width + i];
      }
      float[] y = Floats.of(softmax.forward(new double[][] {x}, shape));
      for (int i = 0; i < width; i++) {
        out[r * width + i] = y[i] - after[at + i];
      }
    }
    return in.with(out);
  }

  static Changes add(List<Changes> inputs, Shape shape, Buffers buffers) {
    Union union = new Union(inputs, shape.length());
    Changes out = union.places.zeros(shape.channels(), buffers);
    int width = shape.channels();
    for (int k = 0; k < inputs.size(); k++) {
      Changes in = inputs.get(k);
      for (int r = 0; r < in.rows(); r++) {
        Rows.add(width, out.values(), union.rows[k][r] * width, in.values(), r * width, 1);
      }
    }
    return out;
  }

  static Changes concat(List<Changes> inputs, Shape shape, Buffers buffers) {
    Union union = new Union(inputs, shape.length());
    Changes out = union.places.zeros(shape.channels(), buffers);
    int at = 0;
    for (int k = 0; k < inputs.size(); k++) {
      Changes in = inputs.get(k);
      for (int r = 0; r < in.rows(); r++) {
        int to = union.rows[k][r] * shape.channels() + at;
        System.arraycopy(in.values(), r * in.width(), out.values(), to, in.width());
      }
      at += in.width();
    }
    return out;
  }

  /**
   * Through the largest of several inputs.
   *
   * @param before what it reads for the input as it is, per input
   * @param after what it gives
   */
  static Changes maximum(
      List<Changes> inputs, List<float[]> before, float[] after, Shape shape, Buffers buffers) {
    Union union = new Union(inputs, shape.length());
    int width = shape.channels();
    Changes out = union.places.any(width, buffers);
    float[] best = out.values();
    Arrays.fill(best, 0, out.size(), Float.NEGATIVE_INFINITY);
    for (int k = 0; k < inputs.size(); k++) {
      Changes in = inputs.get(k);
      boolean[] read = new boolean[out.rows()];
      for (int r = 0; r < in.rows(); r++) {
        int row = union.rows[k][r];
        read[row] = true;
        int at = in.place()[r] * width;
        Deltas.max(1, width, best, row * width, before.get(k), at, in.values(), r * width);
      }
      for (int row = 0; row < read.length; row++) {
        if (!read[row]) {
          Deltas.max(width, best, row * width, before.get(k), out.place()[row] * width);
        }
      }
    }
    for (int row = 0; row < out.rows(); row++) {
      Deltas.subtract(width, best, row * width, after, out.place()[row] * width);
    }
    return out;
  }

  /** All places at which some input changes, and where each input's rows are among them. */
  private static final class Union {
    final Changes.Places places;
    final int[][] rows;

    Union(List<Changes> inputs, int length) {
      int variants = inputs.getFirst().variants();
      places = new Changes.Places(variants, length);
      rows = new int[inputs.size()][];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = new int[inputs.get(k).rows()];
      }
      for (int v = 0; v < variants; v++) {
        for (Changes in : inputs) {
          for (int r = in.first()[v]; r < in.first()[v + 1]; r++) {
            places.mark(in.place()[r]);
          }
        }
        places.end();
        for (int k = 0; k < rows.length; k++) {
          Changes in = inputs.get(k);
          for (int r = in.first()[v]; r < in.first()[v + 1]; r++) {
            rows[k][r] = places.row(in.place()[r]);
          }
        }
      }
    }
  }
}
