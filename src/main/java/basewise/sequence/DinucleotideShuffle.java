package basewise.sequence;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sequences with the same dinucleotides in another order, uniform over all that exist.
 *
 * <p>A sequence is an Eulerian path in the multigraph whose vertices are the four bases and whose
 * edges are its dinucleotides. By the BEST theorem each path is a choice, at every vertex but the
 * end, of the edge by which it is left for the last time (these edges form a tree that leads to the
 * end) and an order of the remaining edges. A uniform tree comes from Wilson's loop-erased random
 * walks (Wilson 1996), the orders from plain shuffles; a walk along the edges then spells a uniform
 * shuffle (Altschul and Erickson 1985; Kandel, Matias, Unger and Winkler 1996).
 *
 * <p>Runs of N stay where they are, and each run of known bases between them is shuffled on its
 * own; so the first and last base of each run stay too.
 */
public final class DinucleotideShuffle {
  /** How often a shuffle that equals its parent is drawn again before giving up. */
  public static final int TRIES = 10;

  private static final int BASES = 4;

  private DinucleotideShuffle() {}

  /**
   * A uniform shuffle; it may equal its parent.
   *
   * @param codes base codes 0-4, any length; not changed
   * @return a new array of the same length
   */
  public static byte[] shuffle(byte[] codes, RandomGenerator random) {
    byte[] out = codes.clone();
    int start = 0;
    while (start < out.length) {
      int end = start;
      while (end < out.length && out[end] != Dna.N) {
        end++;
      }
      if (end - start > 3) { // three bases or fewer have no other order
        shuffleRun(out, start, end, random);
      }
      start = end + 1;
    }
    return out;
  }

  /**
   * A uniform shuffle that differs from its parent, or null if {@value #TRIES} draws all equal it
   * (homopolymers, short words, all N).
   */
  public static byte @Nullable [] shuffleUnlike(byte[] codes, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      byte[] out = shuffle(codes, random);
      if (!Arrays.equals(out, codes)) {
        return out;
      }
    }
    return null;
  }

  private static void shuffleRun(byte[] s, int start, int end, RandomGenerator random) {
    int[] from = new int[BASES + 1]; // edges that leave base b: edges[from[b], from[b + 1])
    for (int i = start; i < end - 1; i++) {
      from[s[i] + 1]++;
    }
    for (int b = 0; b < BASES; b++) {
      from[b + 1] += from[b];
    }
    byte[] edges = new byte[end - start - 1];
    int[] next = Arrays.copyOf(from, BASES);
    for (int i = start; i < end - 1; i++) {
      edges[next[s[i]]++] = s[i + 1];
    }
    byte root = s[end - 1];
    int[] lastExit = randomTree(edges, from, root, random);
    for (int b = 0; b < BASES; b++) {
      int free = from[b + 1] - from[b];
      if (free > 0 && b != root) {
        swap(edges, lastExit[b], from[b + 1] - 1);
        free--;
      }
      for (int i = free - 1; i > 0; i--) {
        swap(edges, from[b] + i, from[b] + random.nextInt(i + 1));
      }
    }
    next = Arrays.copyOf(from, BASES);
    byte base = s[start];
    for (int i = start + 1; i < end; i++) {
      base = edges[next[base]++];
      s[i] = base;
    }
  }

  /** For each base that is left, the index of the edge of a uniform tree towards the root. */
  private static int[] randomTree(byte[] edges, int[] from, byte root, RandomGenerator random) {
    int[] exit = new int[BASES];
    boolean[] inTree = new boolean[BASES];
    inTree[root] = true;
    for (int b = 0; b < BASES; b++) {
      if (from[b] == from[b + 1]) {
        continue;
      }
      // Going over a base again overwrites its exit: that is what erases the loop.
      for (int at = b; !inTree[at]; at = edges[exit[at]]) {
        exit[at] = from[at] + random.nextInt(from[at + 1] - from[at]);
      }
      for (int at = b; !inTree[at]; at = edges[exit[at]]) {
        inTree[at] = true;
      }
    }
    return exit;
  }

  private static void swap(byte[] a, int i, int j) {
    byte t = a[i];
    a[i] = a[j];
    a[j] = t;
  }
}
