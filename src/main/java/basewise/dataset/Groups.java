package basewise.dataset;

import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which windows must stay on one side of a split: those that overlap, directly or through others,
 * and those that are the same sequence or its reverse complement.
 */
final class Groups {
  private final int[] parent;

  private Groups(int n) {
    parent = new int[n];
    Arrays.setAll(parent, i -> i);
  }

  /**
   * Group numbers of n windows: the index of the first member.
   *
   * @param places where each lies, null if unknown
   * @param keys content keys: equal keys mean the same sequence on either strand
   */
  static int[] of(List<@Nullable Interval> places, long[] keys) {
    int n = keys.length;
    Groups groups = new Groups(n);
    List<Integer> byPlace = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (places.get(i) != null) {
        byPlace.add(i);
      }
    }
    byPlace.sort(
        Comparator.<Integer, String>comparing(i -> place(places, i).contig())
            .thenComparing(i -> place(places, i).start())
            .thenComparing(i -> i));
    String contig = "";
    int end = -1;
    int last = -1;
    for (int i : byPlace) {
      Interval p = place(places, i);
      if (p.contig().equals(contig) && p.start() < end) {
        groups.join(last, i);
        end = Math.max(end, p.end());
      } else {
        contig = p.contig();
        end = p.end();
      }
      last = i;
    }
    Integer[] byKey = new Integer[n];
    Arrays.setAll(byKey, i -> i);
    Arrays.sort(byKey, Comparator.<Integer>comparingLong(i -> keys[i]).thenComparing(i -> i));
    for (int i = 1; i < n; i++) {
      if (keys[byKey[i]] == keys[byKey[i - 1]]) {
        groups.join(byKey[i - 1], byKey[i]);
      }
    }
    int[] out = new int[n];
    Arrays.setAll(out, groups::find);
    return out;
  }

  /** A key of a sequence that its reverse complement shares. */
  static long key(long seed, byte[] codes) {
    byte[] other = Dna.reverseComplement(codes);
    byte[] smaller = Arrays.compare(codes, other) <= 0 ? codes : other;
    return Seeds.hash(seed, smaller, smaller.length);
  }

  private static Interval place(List<@Nullable Interval> places, int i) {
    Interval p = places.get(i);
    if (p == null) {
      throw new IllegalStateException("no place");
    }
    return p;
  }

  private int find(int i) {
    int root = i;
    while (parent[root] != root) {
      root = parent[root];
    }
    for (int at = i; parent[at] != root; ) {
      int next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  }

  private void join(int a, int b) {
    int x = find(a);
    int y = find(b);
    parent[Math.max(x, y)] = Math.min(x, y);
  }
}
