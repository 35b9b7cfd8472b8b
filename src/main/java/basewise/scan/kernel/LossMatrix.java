package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A matrix seen from its best window: what each base loses against the best base of its column. A
 * window hits if it loses no more than the budget, {@code maximum - cutoff}. Losses are never
 * negative, so that any of the columns alone can rule a window out.
 */
final class LossMatrix {
  /** Who is told of a hit: several where matrices are the same, as the strands of a palindrome. */
  final int[] ids;

  /** [width][4], each 0 to 1000. */
  final int[][] loss;

  final int width;
  final int cutoff;
  final int budget;

  /** The losses again, [4 * width], and the columns from the most telling on. */
  private final int[] flat;

  private final int[] order;

  private final int[] telling;

  private LossMatrix(int[] ids, OrientedMatrix matrix) {
    this.ids = ids;
    width = matrix.width();
    cutoff = matrix.cutoff();
    budget = matrix.maximum() - cutoff;
    loss = new int[width][4];
    for (int i = 0; i < width; i++) {
      int best = Arrays.stream(matrix.cells()[i]).max().orElseThrow();
      for (int c = 0; c < 4; c++) {
        loss[i][c] = best - matrix.cells()[i][c];
      }
    }
    flat = Arrays.stream(loss).flatMapToInt(Arrays::stream).toArray();
    telling =
        Arrays.stream(loss)
            .mapToInt(l -> Arrays.stream(l).map(x -> Math.min(x, budget + 1)).sum())
            .toArray();
    order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -telling[i]))
            .mapToInt(i -> i)
            .toArray();
  }

  /** The matrices that can be hit at all, equal ones once, in the order they are given. */
  static List<LossMatrix> of(List<OrientedMatrix> matrices) {
    Map<Same, List<OrientedMatrix>> same = new LinkedHashMap<>();
    for (OrientedMatrix m : matrices) {
      if (m.width() > 0 && m.cutoff() <= m.maximum()) {
        same.computeIfAbsent(new Same(m), k -> new ArrayList<>(1)).add(m);
      }
    }
    List<LossMatrix> all = new ArrayList<>(same.size());
    for (List<OrientedMatrix> group : same.values()) {
      int[] ids = group.stream().mapToInt(OrientedMatrix::id).toArray();
      all.add(new LossMatrix(ids, group.get(0)));
    }
    return all;
  }

  /** How much a column can lose of a budget, summed over the bases: how telling it is. */
  int telling(int column) {
    return telling[column];
  }

  /** What a window leaves of the budget, or less than 0 if it is no hit. */
  int left(byte[] codes, int start) {
    int left = budget;
    for (int i : order) {
      int c = codes[start + i];
      if (c > 3) {
        return -1;
      }
      left -= flat[4 * i + c];
      if (left < 0) {
        return left;
      }
    }
    return left;
  }

  /** Tells of a hit. */
  void report(int start, int sum, HitReceiver hits) {
    for (int id : ids) {
      hits.add(start, id, sum);
    }
  }

  /** Equal cells and cutoffs. */
  private static final class Same {
    private final OrientedMatrix matrix;
    private final int hash;

    Same(OrientedMatrix matrix) {
      this.matrix = matrix;
      hash = 31 * Arrays.deepHashCode(matrix.cells()) + matrix.cutoff();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Same s
          && s.hash == hash
          && s.matrix.cutoff() == matrix.cutoff()
          && Arrays.deepEquals(s.matrix.cells(), matrix.cells());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
