package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the columns outside the core of indexed matrices lose, in steps of up to four columns with
 * one table of 256 losses each. A step takes some columns left of the core and some right of it
 * (each run unbroken), whose bases two shifts bring together. The first step of each matrix takes
 * the most telling columns; matrices without a rest have one step that loses nothing.
 */
final class RestTables {
  /** Bases that index a table. */
  static final int BASES = 4;

  /** Entries of a table. */
  static final int SIZE = 1 << 2 * BASES;

  /**
   * How to find the place in a step's table: bits 0-7 the mask of the left bases, 8-15 of all, bits
   * 16-21 the shift of the right ones, from 22 on (signed) where the step begins, from the core's
   * first column. Of step 0 of each matrix; later steps follow from {@link #more}.
   */
  final int[] first;

  /** [matrix][256] losses of the first steps. */
  final short[] firstTables;

  /** Where the later steps of each matrix begin in {@link #later}, one more entry at the end. */
  final int[] more;

  final int[] later;
  final short[] laterTables;

  RestTables(List<LossMatrix> matrices, int[] cores, int k) {
    int n = matrices.size();
    first = new int[n];
    firstTables = new short[n * SIZE];
    more = new int[n + 1];
    List<List<Step>> steps =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(m -> Step.all(matrices.get(m), cores[m], k))
            .toList();
    for (int m = 0; m < n; m++) {
      more[m + 1] = more[m] + steps.get(m).size() - 1;
    }
    later = new int[more[n]];
    laterTables = new short[more[n] * SIZE];
    IntStream.range(0, n)
        .parallel()
        .forEach(m -> {
          LossMatrix matrix = matrices.get(m);
          List<Step> own = steps.get(m);
          first[m] = own.get(0).pack();
          own.get(0).fill(matrix, cores[m], firstTables, m * SIZE);
          for (int i = 1; i < own.size(); i++) {
            int at = more[m] + i - 1;
            later[at] = own.get(i).pack();
            own.get(i).fill(matrix, cores[m], laterTables, at * SIZE);
          }
        });
  }

  /** The place in a step's table. */
  static int index(int step, byte[] bases, int core) {
    long x = PackedCodes.from(bases, core + (step >> 22));
    int left = (int) x;
    int right = (int) (x >>> (step >>> 16));
    return (right ^ (left ^ right) & step) & step >>> 8 & 0xff;
  }

  /**
   * Columns [left, left + lefts) and [right, right + rights), counted from the core; the shift is
   * of the word that begins at the first of them.
   */
  private record Step(int left, int lefts, int right, int rights) {
    /** All steps of a matrix; the first may have no columns. */
    static List<Step> all(LossMatrix matrix, int core, int k) {
      boolean[] done = new boolean[matrix.width];
      Arrays.fill(done, core, Math.min(matrix.width, core + k), true);
      List<Step> steps = new ArrayList<>();
      int least = core - PackedCodes.BEFORE;
      do {
        Step step = choose(matrix, done, core, least);
        step.mark(done, core);
        steps.add(step);
        least = 0;
      } while (!all(done));
      return steps;
    }

    private static boolean all(boolean[] done) {
      for (boolean d : done) {
        if (!d) {
          return false;
        }
      }
      return true;
    }

    /** The most telling columns not done yet, none before least; nothing if there are none. */
    private static Step choose(LossMatrix matrix, boolean[] done, int core, int least) {
      Step best = new Step(0, 0, 0, 0);
      int most = -1;
      int w = matrix.width;
      for (int a = Math.max(0, least); a < w; a++) {
        int sum = 0;
        for (int l = 1; l <= BASES && a + l <= w && !done[a + l - 1]; l++) {
          sum += matrix.telling(a + l - 1);
          if (sum > most) {
            most = sum;
            best = new Step(a - core, l, 0, 0);
          }
          int to = Math.min(w, a + PackedCodes.WINDOW);
          for (int b = a + l; l < BASES && b < to; b++) {
            int both = sum;
            for (int r = 1; l + r <= BASES && b + r <= to && !done[b + r - 1]; r++) {
              both += matrix.telling(b + r - 1);
              if (both > most) {
                most = both;
                best = new Step(a - core, l, b - core, r);
              }
            }
          }
        }
      }
      return best;
    }

    int pack() {
      int lefts4 = (1 << 2 * lefts) - 1;
      int all = (1 << 2 * (lefts + rights)) - 1;
      int shift = rights == 0 ? 0 : 2 * (right - left - lefts);
      return left << 22 | shift << 16 | all << 8 | lefts4;
    }

    void fill(LossMatrix matrix, int core, short[] tables, int at) {
      for (int word = 0; word < SIZE; word++) {
        int sum = 0;
        for (int i = 0; i < lefts + rights; i++) {
          int column = core + (i < lefts ? left + i : right + i - lefts);
          sum += matrix.loss[column][word >> 2 * i & 3];
        }
        tables[at + word] = (short) sum;
      }
    }

    private void mark(boolean[] done, int core) {
      Arrays.fill(done, core + left, core + left + lefts, true);
      Arrays.fill(done, core + right, core + right + rights, true);
    }
  }
}
