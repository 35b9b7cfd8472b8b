package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.MotifAlignment;
import java.util.List;

/**
 * Splits the windows of a filter that answers to two different words: a mixture of two position
 * probability matrices, fitted by expectation maximisation (Bailey and Elkan 1994, for aligned
 * sites).
 */
final class TwoWords {
  private static final int ROUNDS = 30;

  /** More windows than this tell nothing new. */
  private static final int MOST = 2000;

  /** Each word must explain at least this share of the windows. */
  private static final double LEAST_SHARE = 0.15;

  private static final double PSEUDOCOUNT = 0.5;

  private TwoWords() {}

  /**
   * The two words of a filter's windows, or none if one matrix describes them: the mixture must
   * beat one matrix by the Bayesian information criterion, and the two must be different motifs.
   *
   * @param windows codes without N, [width] each
   */
  static List<CountMatrix> of(List<byte[]> windows, int width, Background background) {
    List<byte[]> used = windows;
    if (windows.size() > MOST) {
      int n = windows.size();
      used =
          java.util.stream.IntStream.range(0, MOST)
              .mapToObj(i -> windows.get((int) ((long) i * n / MOST)))
              .toList();
    }
    int n = used.size();
    double[][] one = probabilities(used, null, width);
    double single = 0;
    for (byte[] w : used) {
      single += logLikelihood(w, one);
    }
    double[] first = start(used, one, width);
    double[][] a = one;
    double[][] b = one;
    double share = 0.5;
    double mixed = single;
    for (int round = 0; round < ROUNDS; round++) {
      double[] second = new double[n];
      double sum = 0;
      for (int i = 0; i < n; i++) {
        second[i] = 1 - first[i];
        sum += first[i];
      }
      share = sum / n;
      if (share < LEAST_SHARE || share > 1 - LEAST_SHARE) {
        return List.of();
      }
      a = probabilities(used, first, width);
      b = probabilities(used, second, width);
      mixed = 0;
      for (int i = 0; i < n; i++) {
        double x = Math.log(share) + logLikelihood(used.get(i), a);
        double y = Math.log(1 - share) + logLikelihood(used.get(i), b);
        double most = Math.max(x, y);
        double both = most + Math.log(Math.exp(x - most) + Math.exp(y - most));
        mixed += both;
        first[i] = Math.exp(x - both);
      }
    }
    double penalty = 0.5 * (3 * width + 1) * Math.log(n);
    if (mixed - single <= penalty) {
      return List.of();
    }
    CountMatrix x = counts(windows, a, b, share, width, true);
    CountMatrix y = counts(windows, a, b, share, width, false);
    double similarity =
        MotifAlignment.best(
                x.toProbabilities(Candidate.PSEUDOCOUNT, background),
                y.toProbabilities(Candidate.PSEUDOCOUNT, background),
                background,
                true)
            .similarity();
    return similarity >= Merging.SAME ? List.of() : List.of(x, y);
  }

  /**
   * Where to begin: the column whose letter says most about the other columns divides the windows
   * into those with its commonest letter and the others.
   */
  private static double[] start(List<byte[]> windows, double[][] p, int width) {
    int column = 0;
    double most = -1;
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += i == j ? 0 : information(windows, i, j);
      }
      if (sum > most) {
        most = sum;
        column = i;
      }
    }
    int letter = 0;
    for (int c = 1; c < 4; c++) {
      letter = p[column][c] > p[column][letter] ? c : letter;
    }
    double[] first = new double[windows.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = windows.get(i)[column] == letter ? 0.9 : 0.1;
    }
    return first;
  }

  /** Mutual information of two columns, in nats. */
  private static double information(List<byte[]> windows, int i, int j) {
    double[][] joint = new double[4][4];
    double[] a = new double[4];
    double[] b = new double[4];
    for (byte[] w : windows) {
      joint[w[i]][w[j]]++;
      a[w[i]]++;
      b[w[j]]++;
    }
    double sum = 0;
    for (int x = 0; x < 4; x++) {
      for (int y = 0; y < 4; y++) {
        if (joint[x][y] > 0) {
          sum += joint[x][y] * Math.log(joint[x][y] * windows.size() / (a[x] * b[y]));
        }
      }
    }
    return sum / windows.size();
  }

  private static double[][] probabilities(
      List<byte[]> windows, double @org.jspecify.annotations.Nullable [] weights, int width) {
    double[][] p = new double[width][4];
    double total = 4 * PSEUDOCOUNT;
    for (double[] row : p) {
      java.util.Arrays.fill(row, PSEUDOCOUNT);
    }
    for (int i = 0; i < windows.size(); i++) {
      double weight = weights == null ? 1 : weights[i];
      total += weight;
      byte[] w = windows.get(i);
      for (int c = 0; c < width; c++) {
        p[c][w[c]] += weight;
      }
    }
    for (double[] row : p) {
      for (int c = 0; c < 4; c++) {
        row[c] /= total;
      }
    }
    return p;
  }

  private static double logLikelihood(byte[] window, double[][] p) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.log(p[i][window[i]]);
    }
    return sum;
  }

  private static CountMatrix counts(
      List<byte[]> windows, double[][] a, double[][] b, double share, int width, boolean first) {
    return FilterMotifs.count(
        windows.stream()
            .filter(w ->
                (Math.log(share) + logLikelihood(w, a) >= Math.log(1 - share) + logLikelihood(w, b))
                    == first)
            .toList(),
        width);
  }
}
