package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Margins;
import basewise.nn.kernel.Rows;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link Changes} through a dense layer of many ReLU units and a dense layer of few outputs. Where
 * an input changes little, most units stay on their side of 0: by no more than the norms of their
 * weights times those of the changes (Cauchy and Schwarz) can they move. Units that stay off are
 * left out, those that stay on are one linear map, and only the others are computed. Safe to share.
 */
final class LocalHidden {
  /** Products that are worth so much. */
  private static final int LEAST_WEIGHTS = 1 << 17;

  private static final int MOST_OUTPUTS = 8;

  /** Of more units than this part that may change sides, all are computed. */
  private static final double FEW = 0.12;

  /** For rounding, of norms and of what changes. */
  private static final float MORE = 1.0001f;

  private final Operation.Dense first;
  private final Operation.Dense second;
  private final int units;
  private final int inputs;
  private final int outputs;

  /** [unit][input]. */
  private final float[] columns;

  /** By inputs in a row: [row][unit], the norm of a unit's weights of the row's inputs. */
  private final Map<Integer, float[]> norms = new ConcurrentHashMap<>();

  private LocalHidden(Operation.Dense first, Operation.Dense second) {
    this.first = first;
    this.second = second;
    units = first.bias().length;
    inputs = first.weights().length / units;
    outputs = second.bias().length;
    columns = new float[units * inputs];
    for (int i = 0; i < inputs; i++) {
      for (int u = 0; u < units; u++) {
        columns[u * inputs + i] = first.weights()[i * units + u];
      }
    }
  }

  /** What it is worth being made of. */
  static boolean suits(Operation.Dense first, Operation.Dense second) {
    return first.weights().length >= LEAST_WEIGHTS && second.bias().length <= MOST_OUTPUTS;
  }

  static LocalHidden of(Operation.Dense first, Operation.Dense second) {
    return new LocalHidden(first, second);
  }

  private float[] norms(int width) {
    return norms.computeIfAbsent(
        width,
        w -> {
          float[] out = new float[inputs / w * units];
          double[] squares = new double[units];
          for (int row = 0; row < inputs / w; row++) {
            Arrays.fill(squares, 0);
            for (int i = row * w * units; i < (row + 1) * w * units; i++) {
              double x = first.weights()[i];
              squares[i % units] += x * x;
            }
            for (int u = 0; u < units; u++) {
              out[row * units + u] = (float) Math.sqrt(squares[u]) * MORE;
            }
          }
          return out;
        });
  }

  /**
   * For one sequence.
   *
   * @param before what the first layer gives for it as it is
   */
  Start start(float[] before) {
    return new Start(before);
  }

  /** Changes of one sequence. */
  final class Start {
    private final float[] before;

    /** [output][input]: what the outputs gain with an input as long as units stay as they are. */
    private float @Nullable [] slopes;

    private final int[] some = new int[Margins.room(units)];

    private Start(float[] before) {
      this.before = before;
    }

    private float[] slopes() {
      float[] ready = slopes;
      if (ready == null) {
        ready = new float[outputs * inputs];
        for (int u = 0; u < units; u++) {
          for (int o = 0; before[u] > 0 && o < outputs; o++) {
            float weight = second.weights()[u * outputs + o];
            Rows.add(inputs, ready, o * inputs, columns, u * inputs, weight);
          }
        }
        slopes = ready;
      }
      return ready;
    }

    /** What changes at the outputs. */
    Changes changes(Changes in, Function<Operation.Dense, DenseFloats> packed, Buffers buffers) {
      float[] each = norms(in.width());
      float[] bound = buffers.any(units);
      Changes.Places places = new Changes.Places(in.variants(), 1);
      int[] left = new int[in.variants() + 1];
      int[] from = new int[in.rows()];
      float[] sums = new float[in.variants() * outputs];
      int rows = 0;
      for (int v = 0; v < in.variants(); v++) {
        int start = in.first()[v];
        int end = in.first()[v + 1];
        if (start < end) {
          places.mark(0);
        }
        places.end();
        Arrays.fill(bound, 0, units, 0);
        for (int r = start; r < end; r++) {
          float norm =
              Rows.dot(in.width(), in.values(), r * in.width(), in.values(), r * in.width());
          float size = (float) Math.sqrt(norm) * MORE;
          Rows.add(units, bound, 0, each, in.place()[r] * units, size);
        }
        int found = start == end ? 0 : Margins.within(units, before, bound, some);
        if (found <= FEW * units) {
          few(in, start, end, found, sums, v * outputs);
        } else {
          for (int r = start; r < end; r++) {
            from[rows++] = r;
          }
        }
        left[v + 1] = rows;
      }
      buffers.back(bound);
      Changes out = places.any(outputs, buffers);
      for (int v = 0; v < in.variants(); v++) {
        if (out.first()[v] < out.first()[v + 1]) {
          System.arraycopy(sums, v * outputs, out.values(), out.first()[v] * outputs, outputs);
        }
      }
      if (rows > 0) {
        Changes others = part(in, left, from, rows, buffers);
        all(others, packed, out, buffers);
        if (others != in) {
          buffers.back(others.values());
        }
      }
      return out;
    }

    /** Rows [start, end), with the units of which {@link #some} are numbers. */
    private void few(Changes in, int start, int end, int found, float[] out, int to) {
      int width = in.width();
      float[] linear = slopes();
      for (int r = start; r < end; r++) {
        for (int o = 0; o < outputs; o++) {
          int at = o * inputs + in.place()[r] * width;
          out[to + o] += Rows.dot(width, in.values(), r * width, linear, at);
        }
      }
      for (int k = 0; k < found; k++) {
        int u = some[k];
        float d = 0;
        for (int r = start; r < end; r++) {
          int at = u * inputs + in.place()[r] * width;
          d += Rows.dot(width, in.values(), r * width, columns, at);
        }
        float x = before[u];
        float more = Math.max(x + d, 0) - Math.max(x, 0) - (x > 0 ? d : 0);
        for (int o = 0; more != 0 && o < outputs; o++) {
          out[to + o] += more * second.weights()[u * outputs + o];
        }
      }
    }

    /** Some rows of all, as many variants. */
    private Changes part(Changes in, int[] first, int[] from, int rows, Buffers buffers) {
      if (rows == in.rows()) {
        return in;
      }
      int width = in.width();
      int[] place = new int[rows];
      float[] values = buffers.any(rows * width);
      for (int r = 0; r < rows; r++) {
        place[r] = in.place()[from[r]];
        System.arraycopy(in.values(), from[r] * width, values, r * width, width);
      }
      return new Changes(width, first, place, values);
    }

    /** Every unit. */
    private void all(
        Changes in, Function<Operation.Dense, DenseFloats> packed, Changes out, Buffers buffers) {
      Changes hidden = LocalMaps.dense(first, () -> packed.apply(first), in, buffers);
      LocalPoints.activation(ActivationFunction.RELU, hidden, before, hidden.values());
      Changes last = LocalMaps.dense(second, () -> packed.apply(second), hidden, buffers);
      for (int v = 0; v < last.variants(); v++) {
        if (last.first()[v] < last.first()[v + 1]) {
          int at = out.first()[v] * outputs;
          System.arraycopy(last.values(), last.first()[v] * outputs, out.values(), at, outputs);
        }
      }
      buffers.back(hidden.values());
      buffers.back(last.values());
    }
  }
}
