package basewise.patterns;

import java.util.Arrays;

/** The largest of many numbers. */
final class Selection {
  private Selection() {}

  /**
   * Moves the k largest to the front, in descending order.
   *
   * @param k at most n
   */
  static void largest(long[] numbers, int n, int k) {
    if (k < n) {
      front(numbers, n, k);
    }
    Arrays.sort(numbers, 0, k);
    for (int i = 0, j = k - 1; i < j; i++, j--) {
      long t = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = t;
    }
  }

  /**
   * Moves the k largest to the front, the least of them at k - 1.
   *
   * @param k at most n
   */
  static void front(long[] numbers, int n, int k) {
    int low = 0;
    int high = n;
    while (high - low > 1) {
      long pivot = median(numbers[low], numbers[(low + high) >>> 1], numbers[high - 1]);
      int end = above(numbers, low, high, pivot - 1);
      if (k > end) {
        low = end;
      } else {
        high = above(numbers, low, end, pivot);
        if (k > high) {
          return; // all of [high, end) are the pivot
        }
      }
    }
  }

  /** Moves those of [from, to) that are larger than a number before the others; where they end. */
  private static int above(long[] numbers, int from, int to, long than) {
    int end = from;
    for (int i = from; i < to; i++) {
      long number = numbers[i];
      numbers[i] = numbers[end];
      numbers[end] = number;
      // Added and not branched to: which way a number goes, no processor can foresee.
      end += number > than ? 1 : 0;
    }
    return end;
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /**
   * A float that is a number and an index as one number: larger floats are larger, of equal ones
   * lower indices.
   */
  static long pack(float value, int index) {
    int bits = Float.floatToRawIntBits(value + 0f);
    int ordered = bits ^ bits >> 31 & 0x7fffffff;
    return (long) ordered << 32 | Integer.MAX_VALUE - index;
  }

  /** The index of a packed number. */
  static int index(long packed) {
    return Integer.MAX_VALUE - (int) packed;
  }

  /** The float of a packed number. */
  static float value(long packed) {
    int ordered = (int) (packed >> 32);
    return Float.intBitsToFloat(ordered < 0 ? ordered ^ 0x7fffffff : ordered);
  }
}
