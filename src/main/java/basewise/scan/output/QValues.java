package basewise.scan.output;

import basewise.scan.ScanMotif;
import basewise.sequence.Strand;
import java.util.List;

/**
 * Q-values of hits: Benjamini and Hochberg (1995), per motif, over the hits of both strands, with
 * as many tests as windows were scored. Exact: equal sums have equal q-values, so counts of sums
 * are enough. FIMO multiplies by an estimate of the share of true nulls, drawn by bootstrap, so its
 * q-values are smaller by that factor.
 */
public final class QValues {
  /** Stands in a row where a q-value will be. */
  static final char LATER = '\u0001';

  private final double[][] q;
  private final int[] cutoff;

  private QValues(double[][] q, int[] cutoff) {
    this.q = q;
    this.cutoff = cutoff;
  }

  /** Q-values that are not known before all parts of a scan are: rows have {@link #LATER}. */
  static QValues unknown() {
    return new QValues(new double[0][], new int[0]);
  }

  /** Whether they are not known yet. */
  boolean later() {
    return q.length == 0;
  }

  /**
   * From counts of hits.
   *
   * @param counts [2 * motif + strand][sum - cutoff]; a strand that was not scanned has none
   * @param tests windows scored per motif, of both strands where both were scanned
   */
  static QValues of(List<ScanMotif> motifs, long[][] counts, long[] tests) {
    double[][] q = new double[counts.length][];
    int[] cutoff = new int[counts.length];
    for (int m = 0; m < motifs.size(); m++) {
      ScanMotif motif = motifs.get(m);
      for (int o = 2 * m; o < 2 * m + 2; o++) {
        cutoff[o] = motif.cutoff(Strand.values()[o & 1]);
        q[o] = new double[counts[o].length];
      }
      adjust(motif, 2 * m, counts, tests[m], q);
    }
    return new QValues(q, cutoff);
  }

  /** Merges both strands from the best p-value to the worst, then takes minima from the worst. */
  private static void adjust(
      ScanMotif motif, int first, long[][] counts, long tests, double[][] q) {
    int f = counts[first].length - 1;
    int r = counts[first + 1].length - 1;
    int cutF = motif.cutoff(Strand.FORWARD);
    int cutR = motif.cutoff(Strand.REVERSE);
    int[] order = new int[f + r + 2]; // index of a bin; strands told apart by the sign
    int n = 0;
    while (f >= 0 || r >= 0) {
      double pf = f < 0 ? 2 : motif.distribution(Strand.FORWARD).pvalue(cutF + f);
      double pr = r < 0 ? 2 : motif.distribution(Strand.REVERSE).pvalue(cutR + r);
      order[n++] = pf <= pr ? f-- : ~r--;
    }
    long rank = 0;
    for (int i = 0; i < n; ) {
      double p = p(motif, order[i]);
      int end = i;
      while (end < n && p(motif, order[end]) == p) {
        rank += count(counts, first, order[end++]);
      }
      for (; i < end; i++) {
        double value = rank == 0 ? 1 : Math.min(1, p * tests / rank);
        q[first + (order[i] < 0 ? 1 : 0)][bin(order[i])] = value;
      }
    }
    double least = 1;
    for (int i = n - 1; i >= 0; i--) {
      double[] strand = q[first + (order[i] < 0 ? 1 : 0)];
      least = Math.min(least, strand[bin(order[i])]);
      strand[bin(order[i])] = least;
    }
  }

  private static int bin(int entry) {
    return entry < 0 ? ~entry : entry;
  }

  private static double p(ScanMotif motif, int entry) {
    Strand strand = entry < 0 ? Strand.REVERSE : Strand.FORWARD;
    return motif.distribution(strand).pvalue(motif.cutoff(strand) + bin(entry));
  }

  private static long count(long[][] counts, int first, int entry) {
    return counts[first + (entry < 0 ? 1 : 0)][bin(entry)];
  }

  /** Twice the number of motifs. */
  int oriented() {
    return q.length;
  }

  /** The q-value of a sum that is a hit. */
  public double q(int oriented, int sum) {
    return q[oriented][sum - cutoff[oriented]];
  }

  /** The smallest sum of an oriented motif whose q-value is at most this; may be above all sums. */
  public int cutoff(int oriented, double most) {
    double[] mine = q[oriented];
    int i = mine.length;
    while (i > 0 && mine[i - 1] <= most) {
      i--;
    }
    return cutoff[oriented] + i;
  }
}
