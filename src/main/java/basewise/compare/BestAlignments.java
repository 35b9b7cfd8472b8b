package basewise.compare;

import java.util.Arrays;

/**
 * The best offset of one query against each oriented target of one width. The score of an offset is
 * the sum of the aligned columns' scores plus {@link ColumnScores#zero()} for each query column
 * left over. Ties go to the larger overlap, then to the smaller offset.
 *
 * <p>Offsets are tried from the best tie to the worst, so a key of score and rank finds both with
 * one maximum; members of a group are added up side by side.
 */
final class BestAlignments {
  private static final int BLOCK = 512;
  private static final int RANKS = 1 << 12;

  private final short[] sums = new short[BLOCK];
  private int[] keys = new int[0];
  private int[] offsets = new int[0];
  private int[] overlaps = new int[0];

  /** Aligns a query of some width with a group of targets. */
  void align(ColumnScores scores, int size, int width, TargetColumns.Group group, int minOverlap) {
    int[] order = order(width, group.width(), minOverlap);
    if (keys.length < group.members()) {
      keys = new int[group.members()];
    }
    Arrays.fill(keys, 0, group.members(), -1);
    int step = size + group.members();
    for (int first = 0; first < group.members(); first += BLOCK) {
      int m = Math.min(BLOCK, group.members() - first);
      for (int rank = 0; rank < order.length; rank++) {
        int offset = order[rank];
        int query = Math.max(0, -offset);
        int target = Math.max(0, offset);
        int overlap = overlaps[rank];
        Arrays.fill(sums, 0, m, (short) 0);
        int at = query * size + group.column(first, target);
        int left = overlap;
        for (; left >= 4; left -= 4) {
          add(sums, scores.bins(), at, step, m);
          at += 4 * step;
        }
        for (; left > 0; left--) {
          add(sums, scores.bins(), at, m);
          at += step;
        }
        best(keys, first, sums, m, (width - overlap) * scores.zero(), RANKS - 1 - rank);
      }
    }
    offsets = order;
  }

  /** Score of a member's best alignment. */
  int score(int member) {
    return keys[member] >> 12;
  }

  /** Offset of a member's best alignment. */
  int offset(int member) {
    return offsets[rank(member)];
  }

  /** Aligned columns of a member's best alignment. */
  int overlap(int member) {
    return overlaps[rank(member)];
  }

  private int rank(int member) {
    return RANKS - 1 - (keys[member] & RANKS - 1);
  }

  /** Allowed offsets, larger overlaps first, then smaller offsets; fills {@link #overlaps}. */
  private int[] order(int width, int target, int minOverlap) {
    int most = Math.min(width, target);
    int least = Math.min(minOverlap, most);
    int[] order = new int[width + target - 2 * least + 1];
    overlaps = new int[order.length];
    int n = 0;
    for (int overlap = most; overlap >= least; overlap--) {
      for (int offset = least - width; offset <= target - least; offset++) {
        int here = Math.min(width - Math.max(0, -offset), target - Math.max(0, offset));
        if (here == overlap) {
          overlaps[n] = overlap;
          order[n++] = offset;
        }
      }
    }
    return order;
  }

  private static void add(short[] sums, short[] bins, int at, int m) {
    for (int i = 0; i < m; i++) {
      sums[i] += bins[at + i];
    }
  }

  private static void add(short[] sums, short[] bins, int at, int step, int m) {
    int b = at + step;
    int c = b + step;
    int d = c + step;
    for (int i = 0; i < m; i++) {
      sums[i] = (short) (sums[i] + bins[at + i] + bins[b + i] + bins[c + i] + bins[d + i]);
    }
  }

  private static void best(int[] keys, int first, short[] sums, int m, int plus, int rank) {
    for (int i = 0; i < m; i++) {
      keys[first + i] = Math.max(keys[first + i], (sums[i] + plus) << 12 | rank);
    }
  }
}
