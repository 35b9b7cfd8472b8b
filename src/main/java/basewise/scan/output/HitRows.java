package basewise.scan.output;

import basewise.genome.SequenceBlock;
import basewise.scan.HitBlock;
import org.jspecify.annotations.Nullable;

/** The hits of a block as rows. Thread-safe. */
final class HitRows {
  /** Hears where rows lie in the text. */
  interface Listener {
    /**
     * A row has been appended at [from, the text's size).
     *
     * @param contig the same array for rows that follow each other in one piece
     * @param start 0-based place in the contig
     * @param stop its end, exclusive
     */
    void row(byte[] contig, long start, long stop, int from);
  }

  private final RowFormat format;
  private final Places places;

  HitRows(RowFormat format, Places places) {
    this.format = format;
    this.places = places;
  }

  RowFormat format() {
    return format;
  }

  /** Appends a row per hit. */
  void append(HitBlock hits, Rows out, @Nullable Listener listener) {
    SequenceBlock block = hits.block();
    byte[] codes = block.codes();
    int piece = 0;
    int i = 0;
    int to = hits.size();
    while (i < to) {
      while (hits.start(i) >= block.end(piece)) {
        piece++;
      }
      int end = block.end(piece);
      Places.Place place = places.of(block.name(piece));
      byte[] lead = format.lead(place.name());
      long shift = place.shift() + block.start(piece) - block.offset(piece);
      do {
        int at = hits.start(i);
        int oriented = hits.oriented(i);
        int before = out.size();
        format.row(out, lead, shift + at, oriented, hits.sum(i), codes, at);
        if (listener != null) {
          long start = shift + at;
          listener.row(place.name(), start, start + format.width(oriented), before);
        }
        i++;
      } while (i < to && hits.start(i) < end);
    }
  }
}
