package basewise.genome;

import basewise.sequence.Interval;
import basewise.sequence.Strand;
import org.jspecify.annotations.Nullable;

/**
 * One region of a BED-like file.
 *
 * @param place the region
 * @param summit 0-based position of the summit on the contig, or -1 if the file has none
 * @param name column 4, or "" if there is none
 * @param strand column 6, or null if there is none
 * @param line 1-based line of the file
 */
public record Peak(Interval place, int summit, String name, @Nullable Strand strand, long line) {
  /** The summit, or the midpoint if there is none; 0-based. */
  public int centre() {
    return summit >= 0 ? summit : place.start() + place.length() / 2;
  }
}
