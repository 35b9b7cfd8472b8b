package basewise.scan.output;

import basewise.genome.Contig;
import basewise.genome.SequenceBlock;
import basewise.genome.track.BedGraphWriter;
import basewise.genome.track.BigWigWriter;
import basewise.genome.track.TrackWriter;
import basewise.io.InputException;
import basewise.scan.HitBlock;
import basewise.scan.ScanMotif;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One number for each base that a hit covers, as bedGraph or bigWig: the best -10 log10 p of the
 * hits over it, to two decimals, or how many hits lie over it. Bases without a hit are left out.
 */
public final class BaseTrack implements HitOutput<BaseTrack.Part> {
  /** What the number is. */
  public enum Kind {
    /** The largest -10 log10 p of the hits over a base. */
    SCORE,
    /** The number of hits over a base, of both strands. */
    OCCUPANCY
  }

  /** The numbers of a block. */
  public static final class Part {
    private int[] values = new int[0];
    private final List<Piece> pieces = new ArrayList<>();

    private Part() {}
  }

  /** {@code complete} of the piece's n bases get no more hits from later blocks. */
  private record Piece(String name, long start, int offset, int n, int complete, boolean ends) {}

  private final Kind kind;
  private final Places places;
  private final String file;
  private final PackedFields fields;
  private final TrackWriter writer;
  private final ConcurrentLinkedQueue<Part> free = new ConcurrentLinkedQueue<>();

  private int[] carried = new int[0];
  private final Set<String> contigs = new HashSet<>();
  private @Nullable String contig;
  private long runStart;
  private long runEnd;
  private int runValue;

  private BaseTrack(
      Kind kind, List<ScanMotif> motifs, Places places, Path path, TrackWriter writer) {
    this.kind = kind;
    this.places = places;
    this.writer = writer;
    file = path.toString();
    fields = new PackedFields(motifs, null);
  }

  /** A bedGraph file: contig, start, end, value; runs of equal values are one row. */
  public static BaseTrack bedGraph(Path path, Kind kind, List<ScanMotif> motifs, Places places) {
    return new BaseTrack(
        kind,
        motifs,
        places,
        path,
        new BedGraphWriter(
            path,
            kind == Kind.OCCUPANCY
                ? BedGraphWriter.Values.WHOLE
                : BedGraphWriter.Values.HUNDREDTHS));
  }

  /**
   * A bigWig file.
   *
   * @param contigs all contigs that hits may lie in, and their lengths
   */
  public static BaseTrack bigWig(
      Path path, Kind kind, List<ScanMotif> motifs, Places places, List<Contig> contigs) {
    return new BaseTrack(kind, motifs, places, path, new BigWigWriter(path, contigs));
  }

  @Override
  public boolean ordered() {
    return false;
  }

  @Override
  public Part prepare(HitBlock hits) {
    SequenceBlock block = hits.block();
    Part part = free.poll();
    if (part == null) {
      part = new Part();
    }
    part.pieces.clear();
    if (part.values.length < block.length() + 1) {
      part.values = new int[block.capacity() + 1];
    }
    int[] values = part.values;
    Arrays.fill(values, 0, block.length() + 1, 0);
    for (int i = 0; i < hits.size(); i++) {
      int at = hits.start(i);
      int oriented = hits.oriented(i);
      int end = at + fields.fields().motif(oriented).width();
      if (kind == Kind.OCCUPANCY) {
        values[at] += 100;
        values[end] -= 100;
      } else {
        int sum = hits.sum(i);
        int score = (int) fields.hundredths(fields.of(oriented, sum), oriented, sum);
        for (int j = at; j < end; j++) {
          values[j] = Math.max(values[j], score);
        }
      }
    }
    if (kind == Kind.OCCUPANCY) {
      for (int j = 1; j < block.length(); j++) {
        values[j] += values[j - 1];
      }
    }
    for (int p = 0; p < block.pieces(); p++) {
      int offset = block.offset(p);
      int n = block.end(p) - offset;
      boolean ends = block.contigEnds(p);
      int complete = ends ? n : block.startLimit() - offset;
      part.pieces.add(new Piece(block.name(p), block.start(p), offset, n, complete, ends));
    }
    return part;
  }

  @Override
  public void write(Part part) {
    for (Piece piece : part.pieces) {
      int[] values = part.values;
      for (int j = 0; j < Math.min(carried.length, piece.n); j++) {
        int at = piece.offset + j;
        values[at] =
            kind == Kind.OCCUPANCY ? values[at] + carried[j] : Math.max(values[at], carried[j]);
      }
      carried = Arrays.copyOfRange(values, piece.offset + piece.complete, piece.offset + piece.n);
      runs(piece, values);
    }
    writer.flush();
    free.add(part);
  }

  private void runs(Piece piece, int[] values) {
    Places.Place place = places.of(piece.name);
    String name = new String(place.name(), StandardCharsets.UTF_8);
    long shift = place.shift() + piece.start - piece.offset;
    begin(name, shift + piece.offset);
    int end = piece.offset + piece.complete;
    for (int at = piece.offset; at < end; ) {
      int value = values[at];
      int from = at;
      do {
        at++;
      } while (at < end && values[at] == value);
      if (value != 0) {
        run(shift + from, shift + at, value);
      }
    }
  }

  private void begin(String name, long start) {
    if (name.equals(contig)) {
      if (start >= runEnd) {
        return;
      }
    } else if (contigs.add(name)) {
      finish();
      contig = name;
      runEnd = 0;
      return;
    }
    throw new InputException(
        file,
        "cannot be written: the sequences overlap or are not sorted by place ("
            + name
            + ":"
            + (start + 1)
            + ")",
        "sort and merge the input");
  }

  /** A run that goes on where the last one ended, with its value, is the same. */
  private void run(long start, long end, int value) {
    if (start == runEnd && value == runValue && runValue != 0) {
      runEnd = end;
      return;
    }
    finish();
    runStart = start;
    runEnd = end;
    runValue = value;
  }

  private void finish() {
    if (contig != null && runValue != 0) {
      writer.run(contig, runStart, runEnd, runValue / 100f);
    }
    runValue = 0;
  }

  @Override
  public void commit() {
    finish();
    writer.commit();
  }

  @Override
  public void close() {
    writer.close();
  }
}
