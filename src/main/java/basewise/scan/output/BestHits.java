package basewise.scan.output;

import basewise.genome.SequenceBlock;
import basewise.io.RowListener;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best hit of each motif in each sequence or region, as rows: the highest sum, of equal ones
 * the first, and at one place that of the forward strand. Rows are in the order of their places, of
 * regions that overlap too, as long as regions come by their starts; a hit that is the best of two
 * regions is two rows. Memory: the best hits of the blocks in flight and of regions that overlap.
 *
 * @param <T> what the rows' output prepares
 */
public final class BestHits<T> implements HitOutput<BestHits.Part> {
  /** A hit and its letters. */
  private record Hit(long start, int oriented, int sum, byte[] site) {
    static final Comparator<Hit> ORDER =
        Comparator.comparingLong(Hit::start).thenComparingInt(Hit::oriented);

    boolean beats(Hit other) {
      return sum != other.sum ? sum > other.sum : ORDER.compare(this, other) < 0;
    }

    Hit moved(long by) {
      return new Hit(start + by, oriented, sum, site);
    }
  }

  /** The best hits of a block, piece by piece. */
  public static final class Part {
    private final List<Piece> pieces = new ArrayList<>();

    private Part() {}
  }

  private record Piece(String name, long start, boolean ends, List<Hit> hits) {}

  private final RowSink<T> sink;
  private final int motifs;
  private final ThreadLocal<int[]> best;
  private @Nullable Piece open;
  private final @Nullable Hit[] openBest;

  /** Rows in order that others may still precede, their contig, where the last sequence begins. */
  private final List<Hit> waiting = new ArrayList<>();

  private byte[] contig = new byte[0];
  private byte[] lead = new byte[0];
  private long lastFirst;
  private long shift;

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
      part.pieces.add(new Piece(block.name(p), block.start(p), block.contigEnds(p), kept));
    }
    return part;
  }

  @Override
  public void write(Part part) {
    T text = sink.begin();
    for (Piece piece : part.pieces) {
      if (open == null) {
        begin(piece, text);
        if (piece.ends) {
          await(piece.hits);
          continue;
        }
      }
      for (Hit hit : piece.hits) {
        Hit known = openBest[hit.oriented >>> 1];
        if (known == null || hit.beats(known)) {
          openBest[hit.oriented >>> 1] = hit;
        }
      }
      open = piece.ends ? null : piece;
      if (piece.ends) {
        finish();
      }
    }
    sink.end(text);
    sink.write(text);
  }

  /** A sequence begins: rows of earlier ones whose place is before it are due. */
  private void begin(Piece piece, T text) {
    Places.Place place = sink.rows().places().of(piece.name);
    long first = place.shift() + piece.start;
    if (Arrays.equals(place.name(), contig) && first >= lastFirst) {
      append(first, text);
    } else {
      append(Long.MAX_VALUE, text);
      contig = place.name();
      lead = sink.rows().format().lead(contig);
    }
    lastFirst = first;
    shift = place.shift();
  }

  private void finish() {
    List<Hit> all = new ArrayList<>();
    for (int m = 0; m < motifs; m++) {
      Hit hit = openBest[m];
      if (hit != null) {
        all.add(hit);
      }
    }
    all.sort(Hit.ORDER);
    await(all);
    Arrays.fill(openBest, null);
  }

  /**
   * Sequences that overlap on a contig may have their best hits in another order than their own.
   */
  private void await(List<Hit> hits) {
    boolean alone = waiting.isEmpty();
    for (Hit hit : hits) {
      waiting.add(shift == 0 ? hit : hit.moved(shift));
    }
    if (!alone) {
      waiting.sort(Hit.ORDER);
    }
  }

  /** Appends the rows that wait and start before a place. */
  private void append(long end, T text) {
    RowFormat format = sink.rows().format();
    Rows out = sink.text(text);
    RowListener listener = sink.listener(text);
    long[] ahead = new long[2];
    int n = 0;
    for (; n < waiting.size() && waiting.get(n).start < end; n++) {
      Hit hit = waiting.get(n);
      int before = out.size();
      format.ahead(hit.oriented, hit.sum, ahead, 0);
      format.row(out, lead, hit.start, hit.oriented, hit.sum, hit.site, 0, ahead[0], ahead[1]);
      if (listener != null) {
        listener.row(contig, hit.start, hit.start + hit.site.length, before);
      }
    }
    waiting.subList(0, n).clear();
  }

  @Override
  public void commit() {
    T text = sink.begin();
    append(Long.MAX_VALUE, text);
    sink.end(text);
    sink.write(text);
    sink.commit();
  }

  @Override
  public void close() {
    sink.close();
  }
}
