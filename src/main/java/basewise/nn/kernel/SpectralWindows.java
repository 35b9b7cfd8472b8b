package basewise.nn.kernel;

import java.util.Arrays;

/** Windows that {@link SpectralConvolution} reads, and outputs that it writes of them. */
public final class SpectralWindows {
  int n;
  int[] in = new int[64];
  int[] low = new int[64];
  int[] high = new int[64];
  int[] out = new int[64];
  int[] first = new int[64];
  int[] last = new int[64];

  /** Forgets all. */
  public void clear() {
    n = 0;
  }

  /**
   * One more. Output p is the sum over j of weights[j] times position p + j of the window, modulo
   * its length.
   *
   * @param at where position 0 of the window is in the values read, or would be
   * @param from first position that is there, others are zeros
   * @param to one after the last
   * @param outAt where output 0 goes, or would
   * @param outFrom first output that is wanted
   * @param outTo one after the last
   */
  public void add(int at, int from, int to, int outAt, int outFrom, int outTo) {
    if (n == in.length) {
      in = Arrays.copyOf(in, 2 * n);
      low = Arrays.copyOf(low, 2 * n);
      high = Arrays.copyOf(high, 2 * n);
      out = Arrays.copyOf(out, 2 * n);
      first = Arrays.copyOf(first, 2 * n);
      last = Arrays.copyOf(last, 2 * n);
    }
    in[n] = at;
    low[n] = from;
    high[n] = to;
    out[n] = outAt;
    first[n] = outFrom;
    last[n++] = outTo;
  }
}
