package basewise.compare;

import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tomtom's procedure as its papers and manual describe it, in the plainest loops: textbook formulas
 * of the distances, medians by sorting, distributions of the best alignment from probability mass
 * functions one alignment and orientation at a time. The definition {@link Tomtom} must equal.
 */
public final class PlainTomtom {
  private record Oriented(Motif target, int index, Strand strand, double[][] columns) {}

  private record Found(Oriented target, int offset, int overlap, int score, float p) {}

  private final List<Motif> targets;
  private final TomtomOptions options;

  /** For some targets. */
  public PlainTomtom(List<Motif> targets, TomtomOptions options) {
    this.targets = targets;
    this.options = options;
  }

  /** Matches in order. */
  public List<Match> compare(Motif query) {
    int orientations = options.reverseComplements() ? 2 : 1;
    List<Oriented> oriented = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      Motif m = targets.get(t);
      oriented.add(new Oriented(m, t, Strand.FORWARD, smooth(m)));
      if (orientations == 2) {
        oriented.add(new Oriented(m, t, Strand.REVERSE, smooth(m.reverseComplement())));
      }
    }
    double[][] q = smooth(query);
    int w = q.length;
    int n = oriented.stream().mapToInt(o -> o.columns.length).sum();
    double[][] scores = new double[w][n];
    double small = Double.POSITIVE_INFINITY;
    double large = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < w; i++) {
      int at = 0;
      for (Oriented o : oriented) {
        for (double[] column : o.columns) {
          double x = score(q[i], column, sites(query), sites(o.target));
          scores[i][at++] = Math.rint(x * 0x1p44) / 0x1p44;
        }
      }
      double[] sorted = scores[i].clone();
      Arrays.sort(sorted);
      double median = (sorted[Math.max(0, n / 2 - 1)] + sorted[Math.max(0, (n + 1) / 2 - 1)]) / 2;
      for (int t = 0; t < n; t++) {
        scores[i][t] -= median;
        small = Math.min(small, scores[i][t]);
        large = Math.max(large, scores[i][t]);
      }
    }
    if (small == large) {
      small = large - 1;
    }
    double offset = Math.floor(small);
    double scale = Math.floor(100 / (large - offset));
    int zero = (int) Math.round(-offset * scale);
    int[][] bins = new int[w][n];
    for (int i = 0; i < w; i++) {
      for (int t = 0; t < n; t++) {
        bins[i][t] = (int) Math.floor((scores[i][t] - offset) * scale + 0.5);
      }
    }
    double[][][] spans = spans(bins, zero);
    List<Found> found = new ArrayList<>();
    double[][] tails = new double[4096][];
    int at = 0;
    for (Oriented o : oriented) {
      int t = o.columns.length;
      if (tails[t] == null) {
        tails[t] = tail(spans, t, orientations);
      }
      found.add(best(bins, zero, at, o, tails[t]));
      at += t;
    }
    return matches(query, found);
  }

  private static Found best(int[][] bins, int zero, int at, Oriented o, double[] tail, int least) {
    int w = bins.length;
    int t = o.columns.length;
    Found best = null;
    for (int offset = -(w - 1); offset < t; offset++) {
      int sum = 0;
      int overlap = 0;
      for (int i = 0; i < w; i++) {
        boolean aligned = i + offset >= 0 && i + offset < t;
        sum += aligned ? bins[i][at + i + offset] : zero;
        overlap += aligned ? 1 : 0;
      }
      if (overlap >= Math.min(least, Math.min(w, t))
          && (best == null || sum > best.score || (sum == best.score && overlap > best.overlap))) {
        best = new Found(o, offset, overlap, sum, (float) Math.min(1, tail[sum]));
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  private Found best(int[][] bins, int zero, int at, Oriented o, double[] tail) {
    return best(bins, zero, at, o, tail, options.minOverlap());
  }

  /** Mass functions of the scores of each span [start][end], unaligned columns included. */
  private static double[][][] spans(int[][] bins, int zero) {
    int w = bins.length;
    int n = bins[0].length;
    double[][][] spans = new double[w][w][];
    for (int start = 0; start < w; start++) {
      double[] mass = new double[100 * w + 1];
      mass[0] = 1;
      for (int end = start; end < w; end++) {
        double[] share = new double[101];
        for (int b : bins[end]) {
          share[b] += 1.0 / n;
        }
        double[] next = new double[mass.length];
        for (int s = 0; s < mass.length; s++) {
          for (int b = 0; b <= 100 && s + b < mass.length; b++) {
            next[s + b] += mass[s] * share[b];
          }
        }
        mass = next;
        int shift = (w - (end - start + 1)) * zero;
        double[] moved = new double[mass.length];
        System.arraycopy(mass, 0, moved, shift, mass.length - shift);
        spans[start][end] = moved;
      }
    }
    return spans;
  }

  /** P(best score at least s) of a random target of width t. */
  private static double[] tail(double[][][] spans, int t, int orientations) {
    int w = spans.length;
    double[] best = null;
    for (int offset = -(w - 1); offset < t; offset++) {
      double[] span = spans[Math.max(0, -offset)][Math.min(w - 1, t - 1 - offset)];
      for (int o = 0; o < orientations; o++) {
        best = best == null ? span : larger(best, span);
      }
    }
    double[] tail = best.clone();
    for (int s = tail.length - 2; s >= 0; s--) {
      tail[s] += tail[s + 1];
    }
    return tail;
  }

  /** Mass function of the larger of two independent scores. */
  private static double[] larger(double[] a, double[] b) {
    double[] out = new double[a.length];
    double belowA = 0;
    double belowB = 0;
    for (int s = 0; s < out.length; s++) {
      out[s] = a[s] * belowB + b[s] * belowA + a[s] * b[s];
      belowA += a[s];
      belowB += b[s];
    }
    return out;
  }

  private List<Match> matches(Motif query, List<Found> found) {
    List<Found> all = new ArrayList<>(found);
    all.sort(
        Comparator.<Found>comparingDouble(f -> f.p)
            .thenComparingInt(f -> -f.overlap)
            .thenComparing(f -> f.target.strand)
            .thenComparingInt(f -> f.target.index));
    double[] q = new double[all.size()];
    double least = 1;
    for (int i = q.length - 1; i >= 0; i--) {
      least = Math.min(least, (double) all.get(i).p * q.length / (i + 1));
      q[i] = least;
    }
    boolean[] seen = new boolean[targets.size()];
    List<Match> matches = new ArrayList<>();
    for (int i = 0; i < q.length; i++) {
      Found f = all.get(i);
      if (!seen[f.target.index]) {
        seen[f.target.index] = true;
        matches.add(
            new Match(
                query,
                f.target.target,
                f.offset,
                f.overlap,
                f.target.strand,
                f.p,
                f.p * (float) targets.size(),
                q[i]));
      }
    }
    return matches;
  }

  private double score(double[] q, double[] t, double nq, double nt) {
    double sum = 0;
    switch (options.distance()) {
      case PEARSON -> {
        double qq = 0;
        double tt = 0;
        for (int c = 0; c < 4; c++) {
          sum += (q[c] - 0.25) * (t[c] - 0.25);
          qq += Math.pow(q[c] - 0.25, 2);
          tt += Math.pow(t[c] - 0.25, 2);
        }
        return qq < 1e-18 || tt < 1e-18 ? 0 : sum / Math.sqrt(qq * tt);
      }
      case EUCLIDEAN, SANDELIN -> {
        for (int c = 0; c < 4; c++) {
          sum += Math.pow(q[c] - t[c], 2);
        }
        return options.distance() == Distance.EUCLIDEAN ? -Math.sqrt(sum) : 2 - sum;
      }
      case KULLBACK -> {
        for (int c = 0; c < 4; c++) {
          sum += (q[c] * Math.log10(q[c] / t[c]) + t[c] * Math.log10(t[c] / q[c])) / 2;
        }
        return -sum;
      }
      case ALLR -> {
        double all = 0;
        for (int c = 0; c < 4; c++) {
          double b = background().of(c);
          sum += nt * t[c] * Math.log(q[c] / b) + nq * q[c] * Math.log(t[c] / b);
          all += nt * t[c] + nq * q[c];
        }
        return sum / all;
      }
    }
    throw new AssertionError();
  }

  private double[][] smooth(Motif motif) {
    double[][] p = motif.probabilities().toArray();
    int n = (int) sites(motif);
    for (double[] row : p) {
      for (int c = 0; c < 4; c++) {
        row[c] =
            (n * row[c] + options.pseudocount() * background().of(c)) / (n + options.pseudocount());
      }
    }
    return p;
  }

  private Background background() {
    return options.reverseComplements() ? options.background().bothStrands() : options.background();
  }

  private static double sites(Motif motif) {
    return motif.sites().orElse(20);
  }
}
