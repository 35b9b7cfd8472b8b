package basewise.motif;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The chance that a window of independent background bases scores at least so much with a {@link
 * ScaledMatrix}: exact, by dynamic programming over all sums (Staden 1989), in the order of the
 * columns, as FIMO does it.
 */
public final class ScoreDistribution {
  /** Sums that are made together, so that they stay in the first cache. */
  private static final int TILE = 512;

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
    int maximum = matrix.maximum();
    int pad = 0;
    for (int i = 0; i < matrix.width(); i++) {
      pad = Math.max(pad, matrix.best(i));
    }
    // Zeros on either side, so that every sum has four sums before it.
    double[] now = new double[pad + maximum + 1 + pad];
    double[] next = new double[now.length];
    now[pad] = 1;
    int reached = 0;
    Tile tile = new Tile();
    for (int i = 0; i < matrix.width(); i++) {
      reached += matrix.best(i);
      tile.column(matrix, i, b);
      for (int s = 0; s <= reached; s += TILE) {
        tile.add(now, next, pad + s, Math.min(TILE, reached + 1 - s));
      }
      double[] last = now;
      now = next;
      next = last;
    }
    double[] tail = Arrays.copyOfRange(now, pad, pad + maximum + 1);
    long[] sums = new long[maximum / 64 + 1];
    double p = 0;
    for (int s = maximum; s >= 0; s--) {
      sums[s >> 6] |= (tail[s] > 0 ? 1L : 0) << s;
      p = Math.min(1, tail[s] + p);
      tail[s] = p;
    }
    sums[maximum >> 6] |= 1L << maximum;
    return new ScoreDistribution(tail, 0, BitSet.valueOf(sums), maximum);
  }

  /**
   * Some sums at a time. What is added lies in arrays of its own at the same places: so Java makes
   * vectors of the loop.
   */
  private static final class Tile {
    private final double[][] before = new double[4][TILE];
    private final double[] sum = new double[TILE];
    private final int[] cell = new int[4];
    private final double[] chance = new double[4];

    /** Takes a column's cells, the largest first: so terms are added from the lowest sum on. */
    void column(ScaledMatrix matrix, int position, double[] background) {
      for (int c = 0; c < 4; c++) {
        int x = matrix.at(position, c);
        int at = c;
        for (; at > 0 && cell[at - 1] < x; at--) {
          cell[at] = cell[at - 1];
          chance[at] = chance[at - 1];
        }
        cell[at] = x;
        chance[at] = background[c];
      }
    }

    /** The chances of n sums with the column, from those without it. */
    void add(double[] now, double[] next, int at, int n) {
      for (int k = 0; k < 4; k++) {
        System.arraycopy(now, at - cell[k], before[k], 0, n);
      }
      add(before[0], chance[0], before[1], chance[1], before[2], chance[2], before[3], chance[3]);
      System.arraycopy(sum, 0, next, at, n);
    }

    private void add(
        double[] a, double p, double[] b, double q, double[] c, double r, double[] d, double s) {
      for (int i = 0; i < TILE; i++) {
        sum[i] = a[i] * p + b[i] * q + c[i] * r + d[i] * s;
      }
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
