package basewise.patterns.kernel;

/**
 * What {@link JaccardKernel} computes, bit for bit, in plain loops: slower, and at full speed after
 * a few hundredths of a second, where vectors take some tenths to be compiled and crawl until then.
 */
final class PlainJaccard {
  /**
   * Whether Java was told to make code soon and not well: then vectors would stay as slow as they
   * begin, and nothing is computed by them.
   */
  static final boolean ALWAYS = Boolean.getBoolean("basewise.small");

  /**
   * Entries that the whole process compares plainly at most before it takes vectors: less than a
   * second of work. Threads may lose a few of them to one another, which nothing depends on.
   */
  private static int left = 1 << 27;

  /** With less left vectors will be needed. */
  private static final int MANY = left - (1 << 24);

  private PlainJaccard() {}

  /** Whether so many entries more are few. */
  static boolean suits(int entries) {
    if (ALWAYS) {
      return true;
    }
    if (left <= 0 || Rehearsal.over()) {
      return false;
    }
    left -= entries;
    if (left < MANY) {
      Rehearsal.begin();
    }
    return true;
  }

  /** As {@link JaccardKernel#similarity(float[], int, int, float[], int)}. */
  static float similarity(float[] x, int xFrom, int size, float[] y, int yFrom) {
    int eights = size & -8;
    float sum = 0;
    float difference = 0;
    for (int half = 0; half < 8; half += 4) {
      float together = 0;
      float apart = 0;
      for (int lane = half; lane < half + 2; lane++) {
        float a = 0;
        float b = 0;
        float a2 = 0;
        float b2 = 0;
        for (int i = lane; i < eights; i += 16) {
          float p = x[xFrom + i];
          float q = y[yFrom + i];
          float p2 = x[xFrom + i + 2];
          float q2 = y[yFrom + i + 2];
          a += Math.abs(p + q);
          b += Math.abs(p - q);
          a2 += Math.abs(p2 + q2);
          b2 += Math.abs(p2 - q2);
        }
        float c = 0;
        float d = 0;
        float c2 = 0;
        float d2 = 0;
        for (int i = lane + 8; i < eights; i += 16) {
          float p = x[xFrom + i];
          float q = y[yFrom + i];
          float p2 = x[xFrom + i + 2];
          float q2 = y[yFrom + i + 2];
          c += Math.abs(p + q);
          d += Math.abs(p - q);
          c2 += Math.abs(p2 + q2);
          d2 += Math.abs(p2 - q2);
        }
        together += a + c + (a2 + c2);
        apart += b + d + (b2 + d2);
      }
      sum += together;
      difference += apart;
    }
    return JaccardKernel.ratio(x, xFrom + eights, xFrom + size, y, yFrom + eights, sum, difference);
  }
}
