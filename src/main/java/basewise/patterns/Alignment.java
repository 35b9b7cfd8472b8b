package basewise.patterns;

import basewise.patterns.kernel.JaccardAlignment;
import basewise.patterns.kernel.JaccardKernel;

/**
 * Where a seqlet or pattern lies best on another.
 *
 * @param offset from the start of the parent to that of the child, which may stick out
 * @param reverse whether the child's other strand fits better
 * @param score the similarity
 */
record Alignment(int offset, boolean reverse, double score) {
  private static final double TINY = 1e-7;

  /** Offsets whose sums are added up side by side. */
  private static final int ABREAST = 8;

  /** Positions a child may stick out at either end. */
  private static int pad(int length) {
    return (int) Math.ceil(length * Affinities.OUTSIDE);
  }

  /** By continuous Jaccard, of profiles. */
  static Alignment jaccard(float[] parent, float[] child, boolean bothStrands) {
    int length = child.length / Profile.CHANNELS;
    int pad = pad(length);
    float[] wide = JaccardKernel.padded(parent, pad);
    float[] turned = bothStrands ? JaccardKernel.turned(child) : null;
    JaccardAlignment best = JaccardAlignment.of(wide, child, turned);
    return new Alignment(best.offset() - pad, best.reverse(), best.score());
  }

  /**
   * By cosine, of contributions [length * 4] whose mean is taken from both; a part of the parent
   * that the child lies on keeps the parent's mean.
   */
  static Alignment cosine(double[] parent, double[] child, boolean bothStrands) {
    int length = child.length / 4;
    int pad = pad(length);
    int offsets = Math.max(0, parent.length / 4 + 2 * pad - length + 1);
    double[] wide = new double[parent.length + 8 * pad + 4 * ABREAST];
    System.arraycopy(centred(parent), 0, wide, 4 * pad, parent.length);
    double[] squares = squares(wide, child.length, offsets);
    double[] forward = centred(child);
    Alignment there = slide(wide, forward, squares, pad, false);
    if (!bothStrands) {
      return there;
    }
    double[] back = new double[forward.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = forward[back.length - 1 - i];
    }
    Alignment turned = slide(wide, back, squares, pad, true);
    return turned.score > there.score ? turned : there;
  }

  private static Alignment slide(
      double[] wide, double[] child, double[] squares, int pad, boolean reverse) {
    double norm = norm(child, 0, child.length);
    double[] dots = dots(wide, child, squares.length);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int o = 0; o < squares.length; o++) {
      double both = norm * Math.sqrt(squares[o]);
      double score = both == 0 ? 0 : dots[o] / both;
      if (score > most) {
        most = score;
        best = o;
      }
    }
    return new Alignment(best - pad, reverse, most);
  }

  /**
   * The child with what it lies on at each offset. Each sum is added up from its start to its end,
   * several side by side, so that none waits for its own last addition.
   */
  private static double[] dots(double[] wide, double[] child, int offsets) {
    double[] out = new double[offsets];
    for (int o = 0; o < offsets; o += ABREAST) {
      int at = 4 * o;
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      double e = 0;
      double f = 0;
      double g = 0;
      double h = 0;
      for (int i = 0; i < child.length; i++, at++) {
        double x = child[i];
        a += x * wide[at];
        b += x * wide[at + 4];
        c += x * wide[at + 8];
        d += x * wide[at + 12];
        e += x * wide[at + 16];
        f += x * wide[at + 20];
        g += x * wide[at + 24];
        h += x * wide[at + 28];
      }
      double[] sums = {a, b, c, d, e, f, g, h};
      System.arraycopy(sums, 0, out, o, Math.min(ABREAST, offsets - o));
    }
    return out;
  }

  /** What it lies on with itself. */
  private static double[] squares(double[] wide, int size, int offsets) {
    double[] out = new double[offsets];
    for (int o = 0; o < offsets; o += 4) {
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      for (int i = 4 * o; i < 4 * o + size; i++) {
        a += wide[i] * wide[i];
        b += wide[i + 4] * wide[i + 4];
        c += wide[i + 8] * wide[i + 8];
        d += wide[i + 12] * wide[i + 12];
      }
      double[] sums = {a, b, c, d};
      System.arraycopy(sums, 0, out, o, Math.min(4, offsets - o));
    }
    return out;
  }

  private static double[] centred(double[] numbers) {
    double mean = 0;
    for (double x : numbers) {
      mean += x;
    }
    mean /= numbers.length;
    double[] out = new double[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers[i] - mean;
    }
    double norm = norm(out, 0, out.length) + TINY;
    for (int i = 0; i < out.length; i++) {
      out[i] /= norm;
    }
    return out;
  }

  private static double norm(double[] numbers, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += numbers[i] * numbers[i];
    }
    return Math.sqrt(squares);
  }
}
