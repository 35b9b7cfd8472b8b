package basewise.dataset;

import basewise.sequence.Dna;
import basewise.sequence.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A sequence cut or padded to the width of the dataset, not yet in a part.
 *
 * @param id unique name
 * @param said the name as the file has it, before it was made unique
 * @param place where it lies, if that is certain
 * @param locus about where it lies, for keeping neighbours together; null if unknown
 * @param codes [width] base codes
 * @param labels one number per task
 * @param key of its content, shared by its reverse complement
 * @param line of its file, or 0
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by id, never by equals
record Window(
    String id,
    String said,
    @Nullable Interval place,
    @Nullable Interval locus,
    byte[] codes,
    float[] labels,
    long key,
    long line) {
  /** Whether the label of any task is above 0.5. */
  boolean positive() {
    for (float label : labels) {
      if (label > 0.5f) {
        return true;
      }
    }
    return false;
  }

  Window withLabels(float[] other) {
    return new Window(id, said, place, locus, codes, other, key, line);
  }

  int unknownBases() {
    return Dna.countN(codes, 0, codes.length);
  }

  int gcBases() {
    int gc = 0;
    for (byte b : codes) {
      if (b == Dna.C || b == Dna.G) {
        gc++;
      }
    }
    return gc;
  }
}
