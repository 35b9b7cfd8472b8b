package basewise.stats;

import java.util.SplittableRandom;

/**
 * One generator per item: a random choice about item {@code index} depends on the seed and the
 * index alone, so results do not depend on threads, batches or order.
 */
public final class Seeds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** The generator of one item. */
  public static SplittableRandom generator(long seed, long index) {
    return new SplittableRandom(mix(seed, index));
  }

  /** 64 well-mixed bits of (seed, index). */
  public static long mix(long seed, long index) {
    return finish(finish(seed + GOLDEN) + GOLDEN * (index + 1));
  }

  /** 64 well-mixed bits of (seed, bytes[0, length)); equal bytes give equal bits. */
  public static long hash(long seed, byte[] bytes, int length) {
    long h = seed ^ (GOLDEN * (length + 1L));
    long word = 0;
    int filled = 0;
    for (int i = 0; i < length; i++) {
      word = (word << 8) | (bytes[i] & 0xff);
      if (++filled == 8) {
        h = finish(h + GOLDEN + word);
        word = 0;
        filled = 0;
      }
    }
    return finish(finish(h + GOLDEN + word) + filled);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford). */
  private static long finish(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
