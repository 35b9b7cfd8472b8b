package basewise.scan.output;

import basewise.genome.SequenceBlock;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best hit of each motif in each sequence or region, as rows: the highest sum, of equal ones
 * the first, and at one place that of the forward strand. Rows of a sequence are in the order of
 * their places. Memory: the best hits of the blocks in flight and of one sequence.
 *
 * @param <T> what the rows' output prepares
 */
public final class BestHits<T> implements HitOutput<BestHits.Part> {
  /** A hit and its letters. */
  private record Hit(long start, int oriented, int sum, byte[] site) {
    boolean precedes(Hit other) {
      return start != other.start ? start < other.start : oriented < other.oriented;
    }

    boolean beats(Hit other) {
      return sum != other.sum ? sum > other.sum : precedes(other);
    }
  }

  /** The best hits of a block, piece by piece. */
  public static final class Part {
    private final List<Piece> pieces = new ArrayList<>();

    private Part() {}
  }

  private record Piece(String name, int sequence, boolean ends, List<Hit> hits) {}

  private final RowSink<T> sink;
  private final int motifs;
  private final ThreadLocal<int[]> best;
  private @Nullable Piece open;
  private final @Nullable Hit[] openBest;

  /** Best hits of so many motifs, written by another output, which is committed and closed too. */
  public BestHits(RowSink<T> sink, int motifs) {
    this.sink = sink;
    this.motifs = motifs;
    openBest = new Hit[motifs];
    best = ThreadLocal.withInitial(() -> new int[motifs]);
  }

  @Override
  public Part prepare(HitBlock hits) {
    SequenceBlock block = hits.block();
    int[] chosen = best.get();
    Part part = new Part();
    int i = 0;
    for (int p = 0; p < block.pieces(); p++) {
      Arrays.fill(chosen, -1);
      int first = i;
      for (; i < hits.size() && hits.start(i) < block.end(p); i++) {
        int motif = hits.motif(i);
        if (chosen[motif] < 0 || hits.sum(i) > hits.sum(chosen[motif])) {
          chosen[motif] = i;
        }
      }
      List<Hit> kept = new ArrayList<>();
      long shift = block.start(p) - block.offset(p);
      for (int j = first; j < i; j++) {
        if (chosen[hits.motif(j)] == j) {
          int at = hits.start(j);
          int width = sink.rows().format().width(hits.oriented(j));
          byte[] site = Arrays.copyOfRange(block.codes(), at, at + width);
          kept.add(new Hit(shift + at, hits.oriented(j), hits.sum(j), site));
        }
      }
      part.pieces.add(new Piece(block.name(p), block.sequence(p), block.contigEnds(p), kept));
    }
    return part;
  }

  @Override
  public void write(Part part) {
    T text = sink.begin();
    for (Piece piece : part.pieces) {
      if (open == null && piece.ends) {
        append(piece, piece.hits, text);
        continue;
      }
      for (Hit hit : piece.hits) {
        Hit known = openBest[hit.oriented >>> 1];
        if (known == null || hit.beats(known)) {
          openBest[hit.oriented >>> 1] = hit;
        }
      }
      open = piece;
      if (piece.ends) {
        finish(piece, text);
      }
    }
    sink.end(text);
    sink.write(text);
  }

  private void finish(Piece piece, T text) {
    List<Hit> all = new ArrayList<>();
    for (int m = 0; m < motifs; m++) {
      Hit hit = openBest[m];
      if (hit != null) {
        all.add(hit);
      }
    }
    all.sort((a, b) -> a.precedes(b) ? -1 : 1);
    append(piece, all, text);
    Arrays.fill(openBest, null);
    open = null;
  }

  private void append(Piece piece, List<Hit> hits, T text) {
    if (hits.isEmpty()) {
      return;
    }
    RowFormat format = sink.rows().format();
    Places.Place place = sink.rows().places().of(piece.name);
    byte[] lead = format.lead(place.name());
    Rows out = sink.text(text);
    HitRows.Listener listener = sink.listener(text);
    long[] ahead = new long[2];
    for (Hit hit : hits) {
      int before = out.size();
      long start = place.shift() + hit.start;
      format.ahead(hit.oriented, hit.sum, ahead, 0);
      format.row(out, lead, start, hit.oriented, hit.sum, hit.site, 0, ahead[0], ahead[1]);
      if (listener != null) {
        listener.row(place.name(), start, start + hit.site.length, before);
      }
    }
  }

  @Override
  public void commit() {
    sink.commit();
  }

  @Override
  public void close() {
    sink.close();
  }
}
