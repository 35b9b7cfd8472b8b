package basewise.patterns;

import java.util.Arrays;

/** The graph whose nodes are pieces of another. */
final class Reduction {
  private final Level level;
  private final int[] piece;

  /** Nodes by their pieces: those of p at [first[p], first[p + 1]). */
  private final int[] members;

  private final int[] first;
  private final double[] strength;
  private final double[] shared;
  private final int[] near;
  private final Room room;
  private int ends;

  /** Room for edges, which graphs may share that are not needed at the same time. */
  static final class Room {
    private int[] to = new int[1 << 12];
    private float[] weight = new float[to.length];

    private void hold(int count) {
      if (count > to.length) {
        int more = Math.max(count, 2 * to.length);
        to = Arrays.copyOf(to, more);
        weight = Arrays.copyOf(weight, more);
      }
    }
  }

  /**
   * Takes pieces.
   *
   * @param room where the edges go
   */
  Reduction(Level level, int[] piece, int pieces, Room room) {
    this.level = level;
    this.room = room;
    this.piece = piece;
    int n = level.nodes();
    strength = new double[pieces];
    first = new int[pieces + 1];
    for (int i = 0; i < n; i++) {
      strength[piece[i]] += level.strength()[i];
      first[piece[i] + 1]++;
    }
    for (int p = 0; p < pieces; p++) {
      first[p + 1] += first[p];
    }
    members = new int[n];
    int[] next = Arrays.copyOf(first, pieces);
    for (int i = 0; i < n; i++) {
      members[next[piece[i]]++] = i;
    }
    shared = new double[pieces];
    near = new int[pieces + 1];
  }

  Level level() {
    int[] start = new int[strength.length + 1];
    for (int p = 0; p < strength.length; p++) {
      add(p);
      start[p + 1] = ends;
    }
    return new Level(start, room.to, room.weight, strength);
  }

  /** Adds the edges of a piece. */
  private void add(int p) {
    int count = 0;
    for (int m = first[p]; m < first[p + 1]; m++) {
      count = level.gather(members[m], piece, shared, near, count);
    }
    room.hold(ends + count);
    boolean within = shared[p] != 0; // what its nodes share among themselves is no edge
    if (within) {
      int at = 0;
      while (near[at] != p) {
        at++;
      }
      near[at] = near[--count];
    }
    shared[p] = 0;
    int[] to = room.to;
    float[] weight = room.weight;
    for (int k = 0; k < count; k++) {
      to[ends] = near[k];
      weight[ends++] = (float) shared[near[k]];
      shared[near[k]] = 0;
    }
  }
}
