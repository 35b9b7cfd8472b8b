package basewise.scan.output;

import basewise.genome.SequenceBlock;
import basewise.io.RowListener;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import org.jspecify.annotations.Nullable;

/** The hits of a block as rows. Thread-safe. */
public final class HitRows {
  /** So many rows are looked up together. */
  private static final int AHEAD = 512;

  private static final byte[] NONE = new byte[0];

  private final RowFormat format;
  private final Places places;
  private final boolean keyed;

  HitRows(RowFormat format, Places places) {
    this(format, places, false);
  }

  /**
   * As above.
   *
   * @param keyed whether sequence number, start, 2 * motif + strand and sum stand before each row,
   *     with a tab behind each: what rows of several scans are joined by
   */
  HitRows(RowFormat format, Places places, boolean keyed) {
    this.format = format;
    this.places = places;
    this.keyed = keyed;
  }

  Places places() {
    return places;
  }

  RowFormat format() {
    return format;
  }

  /** Appends a row per hit. */
  void append(HitBlock hits, Rows out, @Nullable RowListener listener) {
    SequenceBlock block = hits.block();
    byte[] codes = block.codes();
    long[] ahead = new long[2 * AHEAD];
    byte[] contig = NONE;
    byte[] lead = NONE;
    long shift = 0;
    int piece = -1;
    int end = 0;
    int size = hits.size();
    for (int from = 0; from < size; from += AHEAD) {
      int to = Math.min(size, from + AHEAD);
      for (int i = from; i < to; i++) {
        format.ahead(hits.oriented(i), hits.sum(i), ahead, i - from);
      }
      for (int i = from; i < to; i++) {
        int at = hits.start(i);
        if (at >= end) {
          do {
            end = block.end(++piece);
          } while (at >= end);
          Places.Place place = places.of(block.name(piece));
          contig = place.name();
          lead = format.lead(contig);
          shift = place.shift() + block.start(piece) - block.offset(piece);
        }
        int oriented = hits.oriented(i);
        int before = out.size();
        long start = shift + at;
        int slot = 2 * (i - from);
        if (keyed) {
          out.room(4 * Rows.NUMBER + 4).put(block.sequence(piece)).put('\t');
          out.put(block.start(piece) - block.offset(piece) + at).put('\t');
          out.put(oriented).put('\t').put(hits.sum(i)).put('\t');
        }
        format.row(
            out, lead, start, oriented, hits.sum(i), codes, at, ahead[slot], ahead[slot + 1]);
        if (listener != null) {
          listener.row(contig, start, start + format.width(oriented), before);
        }
      }
    }
  }
}
