package basewise.patterns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Seqlets of any length: spans whose contributions add up to more than spans of their length do by
 * chance, and of which every shorter span inside does too. What chance does is the distribution of
 * sums of independent draws from all contributions, in 1,000 bins, of its own for each length.
 *
 * <p>Source: tangermeme 1.6.0, {@code recursive_seqlets}, whose defaults these are.
 */
final class RecursiveSeqlets {
  private static final double THRESHOLD = 0.01;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 25;
  private static final int BINS = 1000;

  /** Positions [start, end) of a sequence, the sum of their contributions, and how rare it is. */
  record Span(int sequence, int start, int end, double sum, double pvalue) {}

  private final ScoredSequences data;
  private final int sign;
  private final float least;
  private final double width;

  /** Of each length, how probable a sum of at least so many bins is. */
  private final double[][] tail;

  private RecursiveSeqlets(ScoredSequences data, int sign) {
    this.data = data;
    this.sign = sign;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < data.count(); i++) {
      for (int p = 0; p < data.length(); p++) {
        float x = sign * data.contribution(i, p);
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
    least = low;
    width = (double) (high - low) / (BINS - 1);
    tail = width == 0 ? new double[0][] : tails();
  }

  /** The spans of all sequences, one sequence after the other; none overlap. */
  static List<Span> find(ScoredSequences data, int sign) {
    RecursiveSeqlets finder = new RecursiveSeqlets(data, sign);
    List<Span> spans = new ArrayList<>();
    if (finder.tail.length > 0) {
      for (int i = 0; i < data.count(); i++) {
        finder.spans(i, spans);
      }
    }
    return spans;
  }

  /**
   * Seqlets of the length that patterns are made of, around the middles of the spans; those that do
   * not fit in their sequence are left out, and of negative ones those whose span overlaps a
   * positive one.
   */
  static List<SeqletFinder.Cut> cuts(ScoredSequences data, PatternOptions options, int sign) {
    List<Span> taken = sign > 0 ? List.of() : find(data, 1);
    boolean[][] over = new boolean[data.count()][];
    for (Span s : taken) {
      if (over[s.sequence] == null) {
        over[s.sequence] = new boolean[data.length()];
      }
      for (int p = s.start; p < s.end; p++) {
        over[s.sequence][p] = true;
      }
    }
    List<SeqletFinder.Cut> cuts = new ArrayList<>();
    for (Span s : find(data, sign)) {
      int start = (s.start + s.end) / 2 - options.seqletLength() / 2;
      Seqlet seqlet = new Seqlet(s.sequence, start, start + options.seqletLength(), false);
      boolean[] there = over[s.sequence];
      boolean free = there == null || IntStream.range(s.start, s.end).noneMatch(p -> there[p]);
      if (free && data.holds(seqlet)) {
        cuts.add(new SeqletFinder.Cut(seqlet, sign * s.sum));
      }
    }
    return cuts;
  }

  private int bin(float x) {
    return Math.clamp((long) Math.floor((double) (x - least) / width), 0, BINS - 1);
  }

  private double[][] tails() {
    long[] counts = new long[BINS];
    for (int i = 0; i < data.count(); i++) {
      for (int p = 0; p < data.length(); p++) {
        counts[bin(sign * data.contribution(i, p))]++;
      }
    }
    double all = (double) data.count() * data.length();
    double[][] tails = new double[LONGEST + 1][];
    double[] sums = {1};
    for (int n = 1; n <= LONGEST; n++) {
      double[] longer = new double[n * (BINS - 1) + 1];
      for (int b = 0; b < BINS; b++) {
        if (counts[b] > 0) {
          double share = counts[b] / all;
          for (int i = 0; i < sums.length; i++) {
            longer[i + b] += sums[i] * share;
          }
        }
      }
      sums = longer;
      tails[n] = new double[sums.length];
      double sum = 0;
      for (int i = sums.length - 1; i >= 0; i--) {
        sum += sums[i];
        tails[n][i] = sum;
      }
    }
    return tails;
  }

  /** The longest first; of one length, those whose prefixes are rarest first. */
  private void spans(int sequence, List<Span> out) {
    int n = data.length();
    int[] bins = new int[n + 1];
    double[] sums = new double[n + 1];
    for (int p = 0; p < n; p++) {
      float x = sign * data.contribution(sequence, p);
      bins[p + 1] = bins[p] + bin(x);
      sums[p + 1] = sums[p] + x;
    }
    int longest = Math.min(LONGEST, n);
    // Of each length and start: the largest p of the prefixes, and of all spans inside.
    double[][] prefix = new double[longest + 1][];
    double[][] inside = new double[longest + 1][];
    for (int length = SHORTEST; length <= longest; length++) {
      int starts = n - length + 1;
      prefix[length] = new double[starts];
      inside[length] = new double[starts];
      for (int s = 0; s < starts; s++) {
        double p = tail[length][bins[s + length] - bins[s]];
        prefix[length][s] = length == SHORTEST ? p : Math.max(p, prefix[length - 1][s]);
        inside[length][s] =
            length == SHORTEST ? p : Math.max(prefix[length][s], inside[length - 1][s + 1]);
      }
    }
    boolean[] called = new boolean[n];
    for (int length = longest; length >= SHORTEST; length--) {
      double[] rarest = prefix[length];
      double[] limit = inside[length];
      int width = length;
      List<Integer> starts =
          IntStream.range(0, limit.length)
              .filter(s -> limit[s] < THRESHOLD)
              .boxed()
              .sorted(Comparator.comparingDouble(s -> rarest[s]))
              .toList();
      for (int start : starts) {
        if (IntStream.range(start, start + width).noneMatch(p -> called[p])) {
          for (int p = start; p < start + width; p++) {
            called[p] = true;
          }
          int end = start + width;
          double p = tail[width][bins[end] - bins[start]];
          out.add(new Span(sequence, start, end, sums[end] - sums[start], p));
        }
      }
    }
  }
}
