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
    double[] wide = new double[parent.length + 8 * pad];
    System.arraycopy(centred(parent), 0, wide, 4 * pad, parent.length);
    double[] forward = centred(child);
    if (!bothStrands) {
      return slide(wide, forward, pad, false);
    }
    double[] back = new double[forward.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = forward[back.length - 1 - i];
    }
    Alignment there = slide(wide, forward, pad, false);
    Alignment turned = slide(wide, back, pad, true);
    return turned.score > there.score ? turned : there;
  }

  private static Alignment slide(double[] wide, double[] child, int pad, boolean reverse) {
    double norm = norm(child, 0, child.length);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int o = 0; o <= wide.length - child.length; o += 4) {
      double dot = 0;
      for (int i = 0; i < child.length; i++) {
        dot += child[i] * wide[o + i];
      }
      double both = norm * norm(wide, o, child.length);
      double score = both == 0 ? 0 : dot / both;
      if (score > most) {
        most = score;
        best = o / 4;
      }
    }
    return new Alignment(best - pad, reverse, most);
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
