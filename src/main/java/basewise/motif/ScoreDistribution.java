package basewise.motif;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The chance that a window of independent background bases scores at least so much with a {@link
 * ScaledMatrix}: exact, by dynamic programming over all sums (Staden 1989), in the order of the
 * columns, as FIMO does it.
 */
public final class ScoreDistribution {
  /** P(sum >= s) at s - least. */
  private final double[] tail;

  private final int least;
  private final BitSet sums;
  private final int maximum;

  private ScoreDistribution(double[] tail, int least, BitSet sums, int maximum) {
    this.tail = tail;
    this.least = least;
    this.sums = sums;
    this.maximum = maximum;
  }

  /** The distribution over windows of the background's bases. */
  public static ScoreDistribution of(ScaledMatrix matrix, Background background) {
    double[] b = background.toArray();
    double[] now = {1};
    int reached = 0;
    for (int i = 0; i < matrix.width(); i++) {
      int[] column = new int[4];
      for (int c = 0; c < 4; c++) {
        column[c] = matrix.at(i, c);
      }
      int most = Arrays.stream(column).max().orElse(0);
      double[] next = new double[reached + most + 1];
      // The base of the largest cell first: so each sum adds its terms from the lowest sum before
      // on.
      for (int rank = 0, done = 0; rank < 4; rank++) {
        int best = -1;
        for (int c = 0; c < 4; c++) {
          if ((done >> c & 1) == 0 && (best < 0 || column[c] > column[best])) {
            best = c;
          }
        }
        done |= 1 << best;
        add(now, b[best], next, column[best]);
      }
      now = next;
      reached += most;
    }
    BitSet sums = new BitSet(reached + 1);
    sums.set(reached);
    for (int s = reached - 1; s >= 0; s--) {
      sums.set(s, now[s] > 0);
      now[s] = Math.min(1, now[s] + now[s + 1]);
    }
    return new ScoreDistribution(now, 0, sums, reached);
  }

  /** Adds the values times a factor to others, from an index on. */
  private static void add(double[] values, double factor, double[] to, int at) {
    for (int s = 0; s < values.length; s++) {
      to[at + s] += values[s] * factor;
    }
  }

  /** The largest sum there is. */
  public int maximum() {
    return maximum;
  }

  /**
   * The same for sums of at least {@code from} alone, in that much less memory: for those who keep
   * thousands and ask for hits only. {@link #pvalue} of a lower sum is refused then, and so is the
   * {@link #cutoff} of a p-value that a lower sum may have.
   */
  public ScoreDistribution above(int from) {
    int first = Math.clamp(from, least, maximum + 1);
    return new ScoreDistribution(
        Arrays.copyOfRange(tail, first - least, tail.length),
        first,
        sums.get(first - least, maximum + 1 - least),
        maximum);
  }

  /** P(sum >= s); 1 below all sums, 0 above {@link #maximum}. */
  public double pvalue(int s) {
    if (s > maximum) {
      return 0;
    }
    int at = Math.max(0, s);
    if (at < least) {
      throw new IllegalArgumentException(
          "a sum of %d, and those kept begin at %d".formatted(s, least));
    }
    return tail[at - least];
  }

  /**
   * The smallest sum that some window has and whose p-value is at most p, or {@link #maximum} + 1
   * if even the best window is more likely than that.
   */
  public int cutoff(double p) {
    int low = least;
    int high = maximum + 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tail[middle - least] <= p) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low == least && least > 0) {
      throw new IllegalArgumentException("the sums kept are all below a p-value of " + p);
    }
    return low > maximum ? low : least + sums.nextSetBit(low - least);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ScoreDistribution d && least == d.least && Arrays.equals(tail, d.tail);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tail);
  }
}
