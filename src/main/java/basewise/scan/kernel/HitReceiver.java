package basewise.scan.kernel;

/** Takes hits as kernels find them, in any order. */
@FunctionalInterface
public interface HitReceiver {
  /** Bits of a packed hit's sum, and of its id. */
  int BITS = 21;

  /**
   * One hit.
   *
   * @param start where its window starts in the codes
   * @param oriented the {@link OrientedMatrix#id} that hit
   * @param sum its score, at least the cutoff
   */
  void add(int start, int oriented, int sum);

  /**
   * Several hits at once.
   *
   * @param packed as {@link #pack} makes them; not kept
   * @param n how many count
   */
  default void add(long[] packed, int n) {
    int mask = (1 << BITS) - 1;
    for (int i = 0; i < n; i++) {
      add(
          (int) (packed[i] >>> 2 * BITS),
          (int) (packed[i] >>> BITS) & mask,
          (int) packed[i] & mask);
    }
  }

  /**
   * A hit as one long, so that sorting longs sorts hits by start and id: 21 bits of start, 21 of
   * id, 21 of sum.
   */
  static long pack(int start, int oriented, int sum) {
    return (long) start << 2 * BITS | (long) oriented << BITS | sum;
  }
}
