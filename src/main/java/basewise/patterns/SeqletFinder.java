package basewise.patterns;

import basewise.stats.ByteSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Seqlets as TF-MoDISco cuts them: the windows of the highest sums, one after the other. */
final class SeqletFinder {
  private static final double LEAST_PASSING = 0.03;
  private static final double MOST_PASSING = 0.2;

  /** Seqlets whose sum is not among the strongest 20 % of windows need not have their sign. */
  private static final double WEAK = 0.8;

  /**
   * Seqlets, the strongest sum first.
   *
   * @param positiveFound before the strongest were chosen
   * @param negativeFound likewise
   */
  record Found(
      List<Seqlet> positive, List<Seqlet> negative, int positiveFound, int negativeFound) {}

  /** A seqlet and the sum that it was found by. */
  record Cut(Seqlet seqlet, double sum) {}

  private final ScoredSequences data;
  private final PatternOptions options;
  private final int windows;

  SeqletFinder(ScoredSequences data, PatternOptions options) {
    this.data = data;
    this.options = options;
    windows = data.length() - options.core() + 1;
  }

  Found find() {
    if (options.rule() == PatternOptions.Rule.RECURSIVE) {
      List<Cut> up = RecursiveSeqlets.cuts(data, options, 1);
      List<Cut> down = RecursiveSeqlets.cuts(data, options, -1);
      return new Found(chosen(up), chosen(down), up.size(), down.size());
    }
    double[][] sums = sums();
    double[] sorted = known(sums);
    if (sorted.length == 0) {
      return new Found(List.of(), List.of(), 0, 0);
    }
    ByteSort.sort(sorted);
    double[] strengths = strengths(sorted);
    double[] draws = new LaplaceNull(sorted).draws();
    Arrays.sort(draws);
    double positive = threshold(sorted, draws, true);
    double negative = threshold(sorted, draws, false);
    int passing =
        sorted.length - Sorted.atLeast(sorted, positive) + Sorted.above(sorted, -negative);
    double share = (double) passing / sorted.length;
    if (share < LEAST_PASSING || share > MOST_PASSING) {
      double limit = share < LEAST_PASSING ? LEAST_PASSING : MOST_PASSING;
      positive = Sorted.percentile(strengths, 0, strengths.length, 1 - limit);
      negative = positive;
    }
    double rank = Math.min(rank(strengths, positive), rank(strengths, negative)) - 0.0001;
    double weak = Math.clamp(Math.min(rank, WEAK), 0.0, 1.0);
    double sign = strengths[Math.min(strengths.length - 1, (int) (weak * strengths.length))];
    List<Cut> up = new ArrayList<>();
    List<Cut> down = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      for (Cut cut : cut(i, sums[i], positive, negative)) {
        if (cut.sum > sign) {
          up.add(cut);
        } else if (cut.sum < -sign) {
          down.add(cut);
        }
      }
    }
    return new Found(chosen(up), chosen(down), up.size(), down.size());
  }

  /** The sums of all windows that have one, in one row. */
  private double[] known(double[][] sums) {
    double[] out = new double[sums.length * windows];
    int n = 0;
    for (double[] row : sums) {
      for (double x : row) {
        out[n] = x;
        n += Double.isNaN(x) ? 0 : 1;
      }
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  /**
   * Of all windows; NaN if less than half of one is given, which says nothing about chance.
   * Differences of running sums of single precision, as modisco-lite's: the null is fitted around
   * their mode, which is a matter of the last bits, and by it the threshold moves by percents.
   */
  double[][] sums() {
    double[][] sums = new double[data.count()][windows];
    int[] given = new int[data.length() + 1];
    for (int p = 0; p < data.length(); p++) {
      given[p + 1] = given[p] + (data.given(p) ? 1 : 0);
    }
    for (int i = 0; i < sums.length; i++) {
      double[] up = new double[data.length() + 1];
      for (int p = 0; p < data.length(); p++) {
        up[p + 1] = (float) up[p] + data.contribution(i, p);
      }
      for (int w = 0; w < windows; w++) {
        int end = w + options.core();
        boolean says = 2 * (given[end] - given[w]) >= options.core();
        sums[i][w] = says ? up[end] - up[w] : Double.NaN;
      }
    }
    return sums;
  }

  /** Absolute values, ascending, of ascending numbers. */
  private static double[] strengths(double[] sorted) {
    double[] out = new double[sorted.length];
    int right = Sorted.atLeast(sorted, 0);
    int left = right - 1;
    for (int i = 0; i < out.length; i++) {
      boolean takeRight = left < 0 || right < sorted.length && sorted[right] <= -sorted[left];
      out[i] = takeRight ? sorted[right++] : -sorted[left--];
    }
    return out;
  }

  private double threshold(double[] sums, double[] draws, boolean positive) {
    return WindowThreshold.of(
        WindowThreshold.side(sums, positive), WindowThreshold.side(draws, positive), options.fdr());
  }

  private static double rank(double[] strengths, double threshold) {
    return (double) Sorted.atLeast(strengths, threshold) / strengths.length;
  }

  /** The windows of a sequence that pass, highest first, none within reach of a higher one. */
  private List<Cut> cut(int sequence, double[] sums, double positive, double negative) {
    int flank = options.flank();
    int reach = options.core() / 2 + flank;
    double[] left = new double[windows];
    boolean any = false;
    for (int w = 0; w < windows; w++) {
      boolean passes = sums[w] >= positive || sums[w] <= -negative;
      boolean inside = w >= flank && w < windows - flank;
      left[w] = passes && inside ? Math.abs(sums[w]) : Double.NEGATIVE_INFINITY;
      any |= passes && inside;
    }
    List<Cut> cuts = new ArrayList<>();
    while (any) {
      int best = 0;
      for (int w = 1; w < windows; w++) {
        best = left[w] > left[best] ? w : best;
      }
      if (left[best] == Double.NEGATIVE_INFINITY) {
        break;
      }
      int end = best + options.core() + flank;
      cuts.add(new Cut(new Seqlet(sequence, best - flank, end, false), sums[best]));
      Arrays.fill(
          left,
          Math.max(0, best - reach),
          Math.min(windows, best + reach + 1),
          Double.NEGATIVE_INFINITY);
    }
    return cuts;
  }

  private List<Seqlet> chosen(List<Cut> cuts) {
    Comparator<Cut> strongest = Comparator.comparingDouble(c -> -Math.abs(c.sum));
    List<Cut> kept = new ArrayList<>(cuts);
    if (options.firstSeqlets()) {
      kept.sort(Comparator.comparingInt(c -> data.row(c.seqlet.sequence())));
      kept = kept.subList(0, Math.min(kept.size(), options.maxSeqlets()));
    }
    return kept.stream()
        .sorted(strongest.thenComparingLong(c -> c.seqlet.place()))
        .limit(options.maxSeqlets())
        .map(Cut::seqlet)
        .toList();
  }
}
