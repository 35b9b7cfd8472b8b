package basewise.nn;

import basewise.nn.kernel.MotifKernel;
import basewise.sequence.Strand;

/**
 * The best window of each filter in each sequence.
 *
 * @param filters filters per sequence
 * @param values [sequence * filters + filter] value before the activation
 * @param sites the same shape: 2 * position + (0 forward, 1 reverse), or -1 where a sequence is
 *     shorter than the filters
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
public record BestSites(int filters, float[] values, int[] sites) {
  /** Value before the activation (batch norm applied). */
  public float value(int sequence, int filter) {
    return values[sequence * filters + filter];
  }

  /** Whether there is a window at all. */
  public boolean exists(int sequence, int filter) {
    return sites[sequence * filters + filter] != MotifKernel.NOWHERE;
  }

  /** 0-based start of the window on the sequence as given, whichever the strand. */
  public int position(int sequence, int filter) {
    return sites[sequence * filters + filter] >> 1;
  }

  /** The strand the filter matched. */
  public Strand strand(int sequence, int filter) {
    return (sites[sequence * filters + filter] & 1) == 0 ? Strand.FORWARD : Strand.REVERSE;
  }
}
