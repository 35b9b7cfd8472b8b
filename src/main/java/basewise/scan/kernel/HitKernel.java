package basewise.scan.kernel;

/** Finds every hit of a fixed set of matrices in a stretch of codes. Thread-safe and reusable. */
public interface HitKernel {
  /**
   * Reports each window {@code [start, start + width)} with {@code 0 <= start < startLimit}, {@code
   * start + width <= length}, no code above 3 and a sum of at least the matrix's cutoff: exactly
   * once, in any order.
   */
  void scan(BlockCodes block, HitReceiver hits);

  /** What it is, in a few words, for {@code -v}. */
  String describe();
}
