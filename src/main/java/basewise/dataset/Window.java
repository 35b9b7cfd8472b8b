package basewise.dataset;

import basewise.sequence.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A sequence cut or padded to the width of the dataset, not yet in a part.
 *
 * @param id unique name
 * @param place where it lies, if known
 * @param codes [width] base codes
 * @param labels one number per task
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by id, never by equals
record Window(String id, @Nullable Interval place, byte[] codes, float[] labels) {
  boolean positive() {
    return labels[0] > 0.5f;
  }
}
