package basewise.motif;

import basewise.sequence.Strand;

/**
 * How two motifs lie best on one another, and how alike they then are.
 *
 * @param offset where the second motif's first column lies, in columns of the first; may be
 *     negative
 * @param strand whether the second is read as it is or as its reverse complement
 * @param similarity cosine of the two motifs' departures from the background (p - b) over all
 *     columns of either; a column that only one of them has counts as background in the other. 1 is
 *     the same motif, 0 has nothing in common
 * @param containment the same cosine over the narrower motif's columns alone: 1 if the narrower is
 *     a part of the wider
 */
public record MotifAlignment(int offset, Strand strand, double similarity, double containment) {

  /**
   * The alignment of highest similarity over all offsets (and strands).
   *
   * @param bothStrands whether the second may be turned
   */
  public static MotifAlignment best(
      ProbabilityMatrix first,
      ProbabilityMatrix second,
      Background background,
      boolean bothStrands) {
    double[][] a = departures(first, background);
    MotifAlignment best = along(a, departures(second, background), Strand.FORWARD);
    if (bothStrands) {
      MotifAlignment other =
          along(a, departures(second.reverseComplement(), background), Strand.REVERSE);
      if (other.similarity > best.similarity) {
        best = other;
      }
    }
    return best;
  }

  private static double[][] departures(ProbabilityMatrix m, Background background) {
    double[][] out = m.toArray();
    for (double[] row : out) {
      for (int c = 0; c < 4; c++) {
        row[c] -= background.of(c);
      }
    }
    return out;
  }

  private static MotifAlignment along(double[][] a, double[][] b, Strand strand) {
    double norm = Math.sqrt(squares(a, 0, a.length) * squares(b, 0, b.length));
    MotifAlignment best = new MotifAlignment(0, strand, -1, -1);
    for (int offset = 1 - b.length; offset < a.length; offset++) {
      int from = Math.max(0, offset);
      int to = Math.min(a.length, offset + b.length);
      double dot = 0;
      for (int i = from; i < to; i++) {
        for (int c = 0; c < 4; c++) {
          dot += a[i][c] * b[i - offset][c];
        }
      }
      double similarity = norm > 0 ? dot / norm : 0;
      if (similarity > best.similarity) {
        boolean firstIsNarrow = a.length < b.length;
        double inside =
            firstIsNarrow
                ? Math.sqrt(squares(a, 0, a.length) * squares(b, from - offset, to - offset))
                : Math.sqrt(squares(b, 0, b.length) * squares(a, from, to));
        best = new MotifAlignment(offset, strand, similarity, inside > 0 ? dot / inside : 0);
      }
    }
    return best;
  }

  private static double squares(double[][] m, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (double x : m[i]) {
        sum += x * x;
      }
    }
    return sum;
  }
}
