package basewise.dataset;

import basewise.sequence.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One labelled window.
 *
 * @param id unique within the dataset; a shuffle's id is its parent's with "_shuffle1", ...
 * @param place where it lies in the genome, if it came from there
 * @param codes [width] base codes 0-4; not copied, so do not change it
 * @param labels one number per task: 0 or 1 for classes, any for regression; NaN where unknown
 * @param part its part of the split
 * @param parent index of the example it was shuffled from, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by id, never by equals
public record Example(
    String id, @Nullable Interval place, byte[] codes, float[] labels, Part part, int parent) {
  /** Whether the label of any task is above 0.5. */
  public boolean positive() {
    for (float label : labels) {
      if (label > 0.5f) {
        return true;
      }
    }
    return false;
  }
}
