package basewise.cuda;

import java.util.Locale;

/**
 * What came of comparing a kernel with its twin on the CPU.
 *
 * @param kernel its name
 * @param twin what it was held to, and how closely
 * @param cases shapes of data
 * @param compared numbers, or hits
 * @param differ how many of them were not as they should be
 * @param first what the first of those was; empty if none
 */
public record KernelCheck(
    String kernel, String twin, int cases, long compared, long differ, String first) {
  /** Whether the kernel computes what its twin does. */
  public boolean agrees() {
    return differ == 0;
  }

  /** Counts differences. */
  public static final class Count {
    private final String kernel;
    private final String twin;
    private int cases;
    private long compared;
    private long differ;
    private String first = "";

    /** Nothing compared yet. */
    public Count(String kernel, String twin) {
      this.kernel = kernel;
      this.twin = twin;
    }

    /** Data of another shape follow. */
    public void nextCase() {
      cases++;
    }

    /** Counts floats whose bits have to be the same. */
    public void same(String where, float[] expected, float[] found) {
      within(where, expected, found, 0);
    }

    /**
     * Counts floats.
     *
     * @param ulps how many units of the last place of the expected float they may be apart
     */
    public void within(String where, float[] expected, float[] found, int ulps) {
      if (expected.length != found.length) {
        wrong("%s: %d numbers, not %d".formatted(where, found.length, expected.length));
        return;
      }
      for (int i = 0; i < expected.length; i++) {
        compared++;
        boolean same = Float.floatToIntBits(expected[i]) == Float.floatToIntBits(found[i]);
        if (!same
            && !(Math.abs(expected[i] - found[i]) <= ulps * Math.ulp(expected[i]) && ulps > 0)) {
          wrong(String.format(Locale.ROOT, "%s [%d]: %s, not %s", where, i, found[i], expected[i]));
        }
      }
    }

    /** Counts floats that have to be within an absolute distance. */
    public void near(String where, float[] expected, float[] found, float distance) {
      if (expected.length != found.length) {
        wrong("%s: %d numbers, not %d".formatted(where, found.length, expected.length));
        return;
      }
      for (int i = 0; i < expected.length; i++) {
        compared++;
        if (!(Math.abs(expected[i] - found[i]) <= distance)) {
          wrong(String.format(Locale.ROOT, "%s [%d]: %s, not %s", where, i, found[i], expected[i]));
        }
      }
    }

    /** Counts ints that have to be the same. */
    public void same(String where, int[] expected, int[] found) {
      if (expected.length != found.length) {
        wrong("%s: %d numbers, not %d".formatted(where, found.length, expected.length));
        return;
      }
      for (int i = 0; i < expected.length; i++) {
        compared++;
        if (expected[i] != found[i]) {
          wrong("%s [%d]: %d, not %d".formatted(where, i, found[i], expected[i]));
        }
      }
    }

    /** Counts longs that have to be the same. */
    public void same(String where, long[] expected, long[] found) {
      if (expected.length != found.length) {
        wrong("%s: %d numbers, not %d".formatted(where, found.length, expected.length));
        return;
      }
      for (int i = 0; i < expected.length; i++) {
        compared++;
        if (expected[i] != found[i]) {
          wrong("%s [%d]: %d, not %d".formatted(where, i, found[i], expected[i]));
        }
      }
    }

    /** Counts one that is not as it should be. */
    public void wrong(String what) {
      if (differ++ == 0) {
        first = what;
      }
    }

    /** What was found. */
    public KernelCheck check() {
      return new KernelCheck(kernel, twin, cases, compared, differ, first);
    }
  }
}
