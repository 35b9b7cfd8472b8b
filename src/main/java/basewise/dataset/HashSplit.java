package basewise.dataset;

import java.util.Arrays;
import java.util.Comparator;

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
    int n = group.length;
    int[] size = new int[n];
    for (int g : group) {
      size[g]++;
    }
    long[] key = new long[n];
    Arrays.fill(key, Long.MAX_VALUE);
    for (int i = 0; i < n; i++) {
      key[group[i]] = Math.min(key[group[i]], keys[i]);
    }
    Part[] ofGroup = new Part[n];
    for (boolean cls : new boolean[] {true, false}) {
      Integer[] order =
          java.util.stream.IntStream.range(0, n)
              .filter(i -> group[i] == i && positive[i] == cls)
              .boxed()
              .toArray(Integer[]::new);
      Arrays.sort(order, Comparator.<Integer>comparingLong(i -> key[i]).thenComparing(i -> i));
      long total = Arrays.stream(order).mapToLong(i -> size[i]).sum();
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
    Part[] out = new Part[n];
    Arrays.setAll(out, i -> ofGroup[group[i]]);
    return out;
  }
}
