package basewise.nn.device;

import basewise.nn.Dense;
import basewise.nn.MotifModel;
import basewise.nn.kernel.MotifKernel;
import java.util.Arrays;

/**
 * What the kernel {@code ism} computes, as plain loops that add in its order: its definition. Slow,
 * and within rounding of passing every mutant through the network.
 */
final class PlainMutagenesis {
  private static final int BASES = 4;
  private static final int LANES = 32;

  private final MotifTables tables;
  private final Dense hidden;
  private final Dense output;
  private final int length;
  private final int pool;
  private final int windows;
  private final MotifKernel kernel;

  PlainMutagenesis(MotifModel model) {
    tables = MotifTables.of(model.filters());
    hidden = model.hidden();
    output = model.output();
    length = model.width();
    windows = model.architecture().windows(length);
    pool =
        model.architecture().pool() == 0
            ? model.filters().positions(length)
            : model.architecture().pool();
    kernel = MotifKernel.scalar(tables.weights(), tables.filters(), tables.width(), tables.both());
  }

  /**
   * Outputs of each substitution minus outputs of the sequence.
   *
   * @param codes as many as the model reads
   * @return [position][base][task], flat; 0 for the base that is there and at N
   */
  float[] differences(byte[] codes) {
    int filters = tables.filters();
    int positions = pool * windows;
    int[] rows = new int[length + 1];
    kernel.prepare(codes, 0, length, rows);
    int all = kernel.positions(length);
    float[] forward = new float[all * filters];
    float[] reverse = new float[all * filters];
    kernel.map(rows, all, forward, reverse);
    float[] pooled = new float[windows * filters];
    for (int w = 0; w < windows; w++) {
      for (int f = 0; f < filters; f++) {
        float best = Float.NEGATIVE_INFINITY;
        for (int p = w * pool; p < (w + 1) * pool; p++) {
          best = larger(best, score(forward, reverse, p, f));
        }
        pooled[w * filters + f] = tables.activation().apply(best + tables.offsets()[f]);
      }
    }
    float[] units = hidden.apply(pooled);
    float[] out = new float[length * BASES * output.out()];
    for (int i = 0; i < length; i++) {
      for (int b = 0; b < BASES && codes[i] < BASES; b++) {
        int first = Math.max(0, i - tables.width() + 1);
        int last = Math.min(i, positions - 1);
        if (b == codes[i] || first > last) {
          continue;
        }
        float[] changes = new float[hidden.out()];
        for (int w = first / pool; w <= last / pool; w++) {
          for (int f = 0; f < filters; f++) {
            float best = Float.NEGATIVE_INFINITY;
            for (int p = w * pool; p < (w + 1) * pool; p++) {
              best = larger(best, mutant(forward, reverse, p, f, i, codes[i], b));
            }
            int row = w * filters + f;
            float by = tables.activation().apply(best + tables.offsets()[f]) - pooled[row];
            for (int h = 0; by != 0 && h < changes.length; h++) {
              changes[h] += by * hidden.weights()[row * changes.length + h];
            }
          }
        }
        for (int o = 0; o < output.out(); o++) {
          out[(i * BASES + b) * output.out() + o] = output(units, changes, o);
        }
      }
    }
    return out;
  }

  private float score(float[] forward, float[] reverse, int p, int f) {
    int at = p * tables.filters() + f;
    return tables.both() ? larger(forward[at], reverse[at]) : forward[at];
  }

  /** The score of a window, over the strands, with base b in the place of c at i. */
  private float mutant(float[] forward, float[] reverse, int p, int f, int i, int c, int b) {
    int j = i - p;
    int width = tables.width();
    if (j < 0 || j >= width) {
      return score(forward, reverse, p, f);
    }
    int at = p * tables.filters() + f;
    float[] w = tables.weights();
    float best =
        forward[at]
            + (MotifKernel.forward(w, f, width, j, b) - MotifKernel.forward(w, f, width, j, c));
    return tables.both()
        ? larger(
            best,
            reverse[at]
                + (MotifKernel.reverse(w, f, width, j, b) - MotifKernel.reverse(w, f, width, j, c)))
        : best;
  }

  /** A warp's sum: each lane adds every 32nd unit, then the lanes are added, halves onto halves. */
  private float output(float[] units, float[] changes, int task) {
    float[] lanes = new float[LANES];
    for (int h = 0; h < units.length; h++) {
      float by = Math.max(units[h] + changes[h], 0) - Math.max(units[h], 0);
      if (by != 0) {
        lanes[h % LANES] += by * output.weights()[h * output.out() + task];
      }
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      float[] before = Arrays.copyOf(lanes, LANES);
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] = before[lane] + before[lane + half];
      }
    }
    return lanes[0];
  }

  private static float larger(float a, float b) {
    return b > a ? b : a;
  }
}
