package basewise.patterns;

/** What is asked of ascending numbers. */
final class Sorted {
  private Sorted() {}

  /** The first index whose number is at least x. */
  static int atLeast(double[] sorted, double x) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first index whose number is above x. */
  static int above(double[] sorted, double x) {
    return atLeast(sorted, Math.nextUp(x));
  }

  /** The quantile of numbers [from, to), interpolated linearly as NumPy does by default. */
  static double percentile(double[] sorted, int from, int to, double share) {
    double at = share * (to - from - 1);
    int i = (int) Math.floor(at);
    double a = sorted[from + i];
    double b = sorted[Math.min(to - 1, from + i + 1)];
    return a + (b - a) * (at - i);
  }
}
