package basewise.nn.kernel;

/** The definition: plain loops over filters, windows and pairs of columns. */
final class ScalarMotifKernel extends MotifKernel {
  private final float[] weights;

  ScalarMotifKernel(float[] weights, int filters, int width, boolean bothStrands) {
    super(filters, width, bothStrands);
    this.weights = weights.clone();
  }

  @Override
  public void prepare(byte[] codes, int offset, int length, int[] rows) {
    for (int i = 0; i < length; i++) {
      rows[i] = codes[offset + i];
    }
  }

  @Override
  public void best(int[] rows, int from, int to, float[] value, int[] site, int at) {
    for (int f = 0; f < filters; f++) {
      float best = Float.NEGATIVE_INFINITY;
      int where = NOWHERE;
      for (int p = from; p < to; p++) {
        float forward = score(rows, p, f, false, 0);
        if (forward > best) {
          best = forward;
          where = 2 * p;
        }
        if (bothStrands) {
          float reverse = score(rows, p, f, true, 0);
          if (reverse > best) {
            best = reverse;
            where = 2 * p + 1;
          }
        }
      }
      value[at + f] = best;
      site[at + f] = where;
    }
  }

  @Override
  public void map(int[] rows, int positions, float[] forward, float[] reverse) {
    for (int p = 0; p < positions; p++) {
      for (int f = 0; f < filters; f++) {
        forward[p * filters + f] = score(rows, p, f, false, 0);
        if (bothStrands) {
          reverse[p * filters + f] = score(rows, p, f, true, 0);
        }
      }
    }
  }

  @Override
  public void map(int[] rows, int positions, float[] start, float[] out, int at) {
    for (int p = 0; p < positions; p++) {
      for (int f = 0; f < filters; f++) {
        out[at + p * filters + f] = score(rows, p, f, false, start[f]);
      }
    }
  }

  private float score(int[] codes, int p, int f, boolean rc, float start) {
    float sum = start;
    for (int j = 0; j < width; j += 2) {
      float pair = column(codes[p + j], f, j, rc);
      if (j + 1 < width) {
        pair += column(codes[p + j + 1], f, j + 1, rc);
      }
      sum += pair;
    }
    return sum;
  }

  private float column(int code, int f, int j, boolean rc) {
    return rc ? reverse(weights, f, width, j, code) : forward(weights, f, width, j, code);
  }
}
