package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Table look-ups on vectors: one filter per lane, two vectors of filters (a block) and two windows
 * at a time. A table row holds the block's forward weights, then its reverse ones, so that one
 * index serves four loads and a block's tables stay in the first-level cache.
 */
final class VectorMotifKernel extends MotifKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final int BLOCK = 2 * V;

  private final int pairs;
  private final int stride;
  private final int blocks;

  /** [block][pair][row][forward BLOCK, reverse BLOCK]. */
  private final float[] tables;

  VectorMotifKernel(float[] weights, int filters, int width, boolean bothStrands) {
    super(filters, width, bothStrands);
    pairs = (width + 1) / 2;
    stride = bothStrands ? 2 * BLOCK : BLOCK;
    blocks = (filters + BLOCK - 1) / BLOCK;
    tables = new float[blocks * pairs * ROWS * stride];
    for (int f = 0; f < filters; f++) {
      int lane = f % BLOCK;
      for (int t = 0; t < pairs; t++) {
        int table = (f / BLOCK * pairs + t) * ROWS * stride + lane;
        fill(weights, f, 2 * t, table);
      }
    }
  }

  private void fill(float[] weights, int f, int j, int table) {
    boolean paired = j + 1 < width;
    for (int a = 0; a < 5; a++) {
      float first = forward(weights, f, width, j, a);
      float firstReverse = bothStrands ? reverse(weights, f, width, j, a) : 0;
      for (int b = 0; b < 5; b++) {
        int row = table + (5 * a + b) * stride;
        tables[row] = paired ? first + forward(weights, f, width, j + 1, b) : first;
        if (bothStrands) {
          tables[row + BLOCK] =
              paired ? firstReverse + reverse(weights, f, width, j + 1, b) : firstReverse;
        }
      }
    }
  }

  @Override
  public void prepare(byte[] codes, int offset, int length, int[] rows) {
    if (length == 0) {
      return;
    }
    int code = codes[offset];
    for (int i = 0; i + 1 < length; i++) {
      int next = codes[offset + i + 1];
      rows[i] = (5 * code + next) * stride;
      code = next;
    }
    rows[length - 1] = (5 * code + 4) * stride;
  }

  @Override
  public void best(int[] rows, int from, int to, float[] value, int[] site, int at) {
    float[] values = new float[BLOCK];
    float[] sites = new float[BLOCK];
    for (int block = 0; block < blocks; block++) {
      if (bothStrands) {
        bestOfBoth(rows, from, to, block * pairs * ROWS * stride, values, sites);
      } else {
        bestForward(rows, from, to, block * pairs * ROWS * stride, values, sites);
      }
      int first = block * BLOCK;
      int n = Math.min(BLOCK, filters - first);
      System.arraycopy(values, 0, value, at + first, n);
      for (int i = 0; i < n; i++) {
        site[at + first + i] = (int) sites[i];
      }
    }
  }

  private void bestOfBoth(int[] rows, int from, int to, int table, float[] values, float[] sites) {
    float[] w = tables;
    FloatVector max0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max0;
    FloatVector arg0 = FloatVector.broadcast(S, (float) NOWHERE);
    FloatVector arg1 = arg0;
    int step = ROWS * stride;
    int p = from;
    for (; p + 1 < to; p += 2) {
      FloatVector f0 = FloatVector.zero(S);
      FloatVector f1 = f0;
      FloatVector r0 = f0;
      FloatVector r1 = f0;
      FloatVector g0 = f0;
      FloatVector g1 = f0;
      FloatVector q0 = f0;
      FloatVector q1 = f0;
      int base = table;
      for (int t = 0; t < pairs; t++) {
        int i = base + rows[p + 2 * t];
        int k = base + rows[p + 2 * t + 1];
        f0 = f0.add(FloatVector.fromArray(S, w, i));
        f1 = f1.add(FloatVector.fromArray(S, w, i + V));
        r0 = r0.add(FloatVector.fromArray(S, w, i + 2 * V));
        r1 = r1.add(FloatVector.fromArray(S, w, i + 3 * V));
        g0 = g0.add(FloatVector.fromArray(S, w, k));
        g1 = g1.add(FloatVector.fromArray(S, w, k + V));
        q0 = q0.add(FloatVector.fromArray(S, w, k + 2 * V));
        q1 = q1.add(FloatVector.fromArray(S, w, k + 3 * V));
        base += step;
      }
      VectorMask<Float> m = f0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(f0, m);
      arg0 = arg0.blend((float) (2 * p), m);
      m = r0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(r0, m);
      arg0 = arg0.blend((float) (2 * p + 1), m);
      m = g0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(g0, m);
      arg0 = arg0.blend((float) (2 * p + 2), m);
      m = q0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(q0, m);
      arg0 = arg0.blend((float) (2 * p + 3), m);
      m = f1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(f1, m);
      arg1 = arg1.blend((float) (2 * p), m);
      m = r1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(r1, m);
      arg1 = arg1.blend((float) (2 * p + 1), m);
      m = g1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(g1, m);
      arg1 = arg1.blend((float) (2 * p + 2), m);
      m = q1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(q1, m);
      arg1 = arg1.blend((float) (2 * p + 3), m);
    }
    if (p < to) {
      FloatVector f0 = FloatVector.zero(S);
      FloatVector f1 = f0;
      FloatVector r0 = f0;
      FloatVector r1 = f0;
      int base = table;
      for (int t = 0; t < pairs; t++) {
        int i = base + rows[p + 2 * t];
        f0 = f0.add(FloatVector.fromArray(S, w, i));
        f1 = f1.add(FloatVector.fromArray(S, w, i + V));
        r0 = r0.add(FloatVector.fromArray(S, w, i + 2 * V));
        r1 = r1.add(FloatVector.fromArray(S, w, i + 3 * V));
        base += step;
      }
      VectorMask<Float> m = f0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(f0, m);
      arg0 = arg0.blend((float) (2 * p), m);
      m = r0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(r0, m);
      arg0 = arg0.blend((float) (2 * p + 1), m);
      m = f1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(f1, m);
      arg1 = arg1.blend((float) (2 * p), m);
      m = r1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(r1, m);
      arg1 = arg1.blend((float) (2 * p + 1), m);
    }
    max0.intoArray(values, 0);
    max1.intoArray(values, V);
    arg0.intoArray(sites, 0);
    arg1.intoArray(sites, V);
  }

  private void bestForward(int[] rows, int from, int to, int table, float[] values, float[] sites) {
    float[] w = tables;
    FloatVector max0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max0;
    FloatVector arg0 = FloatVector.broadcast(S, (float) NOWHERE);
    FloatVector arg1 = arg0;
    int step = ROWS * stride;
    int p = from;
    for (; p + 1 < to; p += 2) {
      FloatVector f0 = FloatVector.zero(S);
      FloatVector f1 = f0;
      FloatVector g0 = f0;
      FloatVector g1 = f0;
      int base = table;
      for (int t = 0; t < pairs; t++) {
        int i = base + rows[p + 2 * t];
        int k = base + rows[p + 2 * t + 1];
        f0 = f0.add(FloatVector.fromArray(S, w, i));
        f1 = f1.add(FloatVector.fromArray(S, w, i + V));
        g0 = g0.add(FloatVector.fromArray(S, w, k));
        g1 = g1.add(FloatVector.fromArray(S, w, k + V));
        base += step;
      }
      VectorMask<Float> m = f0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(f0, m);
      arg0 = arg0.blend((float) (2 * p), m);
      m = g0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(g0, m);
      arg0 = arg0.blend((float) (2 * p + 2), m);
      m = f1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(f1, m);
      arg1 = arg1.blend((float) (2 * p), m);
      m = g1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(g1, m);
      arg1 = arg1.blend((float) (2 * p + 2), m);
    }
    if (p < to) {
      FloatVector f0 = FloatVector.zero(S);
      FloatVector f1 = f0;
      int base = table;
      for (int t = 0; t < pairs; t++) {
        int i = base + rows[p + 2 * t];
        f0 = f0.add(FloatVector.fromArray(S, w, i));
        f1 = f1.add(FloatVector.fromArray(S, w, i + V));
        base += step;
      }
      VectorMask<Float> m = f0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(f0, m);
      arg0 = arg0.blend((float) (2 * p), m);
      m = f1.compare(VectorOperators.GT, max1);
      max1 = max1.blend(f1, m);
      arg1 = arg1.blend((float) (2 * p), m);
    }
    max0.intoArray(values, 0);
    max1.intoArray(values, V);
    arg0.intoArray(sites, 0);
    arg1.intoArray(sites, V);
  }

  @Override
  public void map(int[] rows, int positions, float[] forward, float[] reverse) {
    float[] zero = new float[filters];
    map(rows, positions, zero, 0, forward, 0);
    if (bothStrands) {
      map(rows, positions, zero, BLOCK, reverse, 0);
    }
  }

  @Override
  public void map(int[] rows, int positions, float[] start, float[] out, int at) {
    map(rows, positions, start, 0, out, at);
  }

  private void map(int[] rows, int positions, float[] start, int strand, float[] out, int at) {
    for (int block = 0; block < blocks; block++) {
      int first = block * BLOCK;
      int n = Math.min(BLOCK, filters - first);
      mapBlock(rows, positions, block * pairs * ROWS * stride + strand, n, start, first, out, at);
    }
  }

  private void mapBlock(
      int[] rows, int positions, int table, int n, float[] start, int first, float[] out, int at) {
    float[] w = tables;
    int step = ROWS * stride;
    VectorMask<Float> low = S.indexInRange(0, n);
    VectorMask<Float> high = S.indexInRange(V, n);
    FloatVector s0 = FloatVector.fromArray(S, start, first, low);
    FloatVector s1 = n > V ? FloatVector.fromArray(S, start, first + V, high) : s0;
    for (int p = 0; p < positions; p++) {
      FloatVector f0 = s0;
      FloatVector f1 = s1;
      int base = table;
      for (int t = 0; t < pairs; t++) {
        int i = base + rows[p + 2 * t];
        f0 = f0.add(FloatVector.fromArray(S, w, i));
        f1 = f1.add(FloatVector.fromArray(S, w, i + V));
        base += step;
      }
      int to = at + p * filters + first;
      if (n == BLOCK) {
        f0.intoArray(out, to);
        f1.intoArray(out, to + V);
      } else {
        f0.intoArray(out, to, low);
        if (n > V) {
          f1.intoArray(out, to + V, high);
        }
      }
    }
  }
}
