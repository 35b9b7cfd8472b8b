package basewise.stats;

import java.util.Arrays;
import java.util.Comparator;

/** False discovery rates of many tests (Benjamini and Hochberg 1995). */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The q-value of each test: the least rate at which it is among the discoveries. Equal p-values
   * have equal q-values.
   *
   * @param logPvalues natural logarithms, in any order
   * @return natural logarithms, in the same order
   */
  public static double[] logQvalues(double[] logPvalues) {
    int n = logPvalues.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> logPvalues[i]));
    double[] out = new double[n];
    double least = 0;
    for (int rank = n; rank >= 1; rank--) {
      int i = order[rank - 1];
      least = Math.min(least, logPvalues[i] + Math.log((double) n / rank));
      out[i] = least;
    }
    return out;
  }
}
