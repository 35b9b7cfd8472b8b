package basewise.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sets of players. */
final class Coalitions {
  private static final int MOST = 20;

  private Coalitions() {}

  /** Whether there are no more coalitions than may be looked at. */
  static boolean enumerable(int players, double most) {
    return players <= MOST && 1L << players <= most;
  }

  /** All 2^players, number s holding player p if bit p of s is set. */
  static List<Game.Coalition> every(int players, int background) {
    List<Game.Coalition> all = new ArrayList<>();
    for (int s = 0; s < 1 << players; s++) {
      boolean[] present = new boolean[players];
      for (int p = 0; p < players; p++) {
        present[p] = (s >> p & 1) == 1;
      }
      all.add(new Game.Coalition(present, background));
    }
    return all;
  }

  /** A uniform choice of {@code size} players. */
  static boolean[] some(int players, int size, SplittableRandom random) {
    boolean[] present = new boolean[players];
    int left = size;
    for (int p = 0; p < players; p++) {
      if (random.nextInt(players - p) < left) {
        present[p] = true;
        left--;
      }
    }
    return present;
  }

  /** The others. */
  static boolean[] without(boolean[] present) {
    boolean[] out = new boolean[present.length];
    for (int p = 0; p < out.length; p++) {
      out[p] = !present[p];
    }
    return out;
  }

  /** How many sets of k there are among n, for n up to 60 exactly enough. */
  static double binomial(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }

  /** Means of n draws and their standard errors; 0 for one draw, which is then all there is. */
  static Game.Solution means(double[] sum, double[] squares, long n, double all, double none) {
    double[] values = new double[sum.length];
    double[] errors = new double[sum.length];
    for (int p = 0; p < sum.length; p++) {
      values[p] = sum[p] / n;
      double variance = n == 1 ? 0 : (squares[p] - sum[p] * values[p]) / (n - 1);
      errors[p] = Math.sqrt(Math.max(variance, 0) / n);
    }
    return new Game.Solution(values, errors, all, none);
  }
}
