package basewise.dataset;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A split by seeded hash: groups are put in the order of their hash, then the first tenth goes to
 * the test part, the next to validation, the rest to training; each class on its own. The hash is
 * of the sequence, so it does not depend on the order or the names in the file.
 */
final class HashSplit {
  /** One in this many goes to the test part, and as many to validation. */
  static final int ONE_IN = 10;

  private HashSplit() {}

  /**
   * Parts of n windows.
   *
   * @param group group of each window: the index of its first member
   * @param keys seeded content keys of the windows
   * @param positive class of each window; a group is of the class of its first member
   */
  static Part[] parts(int[] group, long[] keys, boolean[] positive) {
    int[] size = sizes(group);
    Part[] ofGroup = new Part[group.length];
    for (List<Integer> order : classes(group, keys, positive)) {
      long total = order.stream().mapToLong(g -> size[g]).sum();
      long quota = Math.max(1, Math.round(total / (double) ONE_IN));
      long test = 0;
      long validation = 0;
      for (int g : order) {
        if (test + size[g] <= quota) {
          ofGroup[g] = Part.TEST;
          test += size[g];
        } else if (validation + size[g] <= quota) {
          ofGroup[g] = Part.VALIDATION;
          validation += size[g];
        } else {
          ofGroup[g] = Part.TRAIN;
        }
      }
    }
    Part[] out = new Part[group.length];
    Arrays.setAll(out, i -> ofGroup[group[i]]);
    return out;
  }

  /** Folds of n windows: each group, in the order of its hash, goes to the emptiest fold. */
  static int[] folds(int[] group, long[] keys, boolean[] positive, int k) {
    int[] size = sizes(group);
    int[] ofGroup = new int[group.length];
    for (List<Integer> order : classes(group, keys, positive)) {
      long[] filled = new long[k];
      for (int g : order) {
        int emptiest = 0;
        for (int f = 1; f < k; f++) {
          if (filled[f] < filled[emptiest]) {
            emptiest = f;
          }
        }
        ofGroup[g] = emptiest;
        filled[emptiest] += size[g];
      }
    }
    int[] out = new int[group.length];
    Arrays.setAll(out, i -> ofGroup[group[i]]);
    return out;
  }

  private static int[] sizes(int[] group) {
    int[] size = new int[group.length];
    for (int g : group) {
      size[g]++;
    }
    return size;
  }

  /** The groups of each class in the order of their smallest key. */
  private static List<List<Integer>> classes(int[] group, long[] keys, boolean[] positive) {
    int n = group.length;
    long[] key = new long[n];
    Arrays.fill(key, Long.MAX_VALUE);
    for (int i = 0; i < n; i++) {
      key[group[i]] = Math.min(key[group[i]], keys[i]);
    }
    return java.util.stream.Stream.of(true, false)
        .map(cls ->
            IntStream.range(0, n)
                .filter(i -> group[i] == i && positive[i] == cls)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> key[i]).thenComparing(i -> i))
                .toList())
        .toList();
  }
}
