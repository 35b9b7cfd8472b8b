package basewise.scan.output;

import basewise.genome.SequenceBlock;
import basewise.io.AtomicOutput;
import basewise.io.Rows;
import basewise.io.ScratchFile;
import basewise.io.TextOutput;
import basewise.scan.HitBlock;
import basewise.scan.ScanMotif;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many hits each motif has in each sequence or region, both strands together: a table with a
 * row per region and a column per motif, or the same as Matrix Market (entries that are not 0, rows
 * and columns from 1) with the names of rows and columns in {@code x.regions.tsv} and {@code
 * x.motifs.tsv} beside {@code x.mtx}; bgzip where its name ends in .gz. Memory: one row.
 */
public final class RegionCounts implements HitOutput<RegionCounts.Part> {
  /** The counts of a block, piece by piece; a piece holds motif, count, motif, count, ... */
  public static final class Part {
    private final List<Piece> pieces = new ArrayList<>();

    private Part() {}
  }

  private record Piece(String name, long start, long end, boolean ends, int[] counts) {}

  private final Path path;
  private final boolean regions;
  private final ThreadLocal<int[]> scratch;
  private final int[] row;
  private final TextOutput table;
  private final @Nullable AtomicOutput rowNames;
  private final @Nullable AtomicOutput columnNames;
  private final @Nullable ScratchFile spool;
  private final OutputStream entries;
  private final Rows text = new Rows();
  private final Rows names = new Rows();
  private long openStart = -1;
  private long rows;
  private long nonZero;

  private RegionCounts(Path path, List<ScanMotif> motifs, boolean regions, boolean sparse) {
    this.path = path;
    this.regions = regions;
    row = new int[motifs.size()];
    scratch = ThreadLocal.withInitial(() -> new int[motifs.size()]);
    table = TextOutput.to(path, null);
    rowNames = sparse ? AtomicOutput.to(beside(path, ".regions.tsv")) : null;
    columnNames = sparse ? AtomicOutput.to(beside(path, ".motifs.tsv")) : null;
    try {
      spool = sparse ? ScratchFile.beside(path) : null;
      entries = spool == null ? table.stream() : spool.stream();
    } catch (IOException e) {
      table.close();
      throw AtomicOutput.cannotWrite(path, e);
    }
    if (!sparse) {
      text.text(regions ? "region" : "sequence_name");
    }
    for (ScanMotif motif : motifs) {
      byte[] id = HitFields.cell(motif.motif().id());
      byte[] name = HitFields.cell(motif.motif().name());
      text.room(id.length + name.length + 3);
      if (columnNames != null) {
        text.put(id).put('\t').put(name).put('\n');
      } else {
        text.put('\t').put(id);
      }
    }
    if (columnNames != null) {
      emit(text, columnNames.stream());
    } else {
      text.room(1).put('\n');
    }
  }

  /**
   * A table of tab-separated columns: the sequence or region, then a count per motif.
   *
   * @param regions whether sequences are regions of contigs, to be called {@code contig:start-end}
   *     as BED counts; else they are called by their names
   */
  public static RegionCounts table(Path path, List<ScanMotif> motifs, boolean regions) {
    return new RegionCounts(path, motifs, regions, false);
  }

  /** Matrix Market, as {@link #table} otherwise. */
  public static RegionCounts matrixMarket(Path path, List<ScanMotif> motifs, boolean regions) {
    return new RegionCounts(path, motifs, regions, true);
  }

  /** The files beside {@code path} that {@link #matrixMarket} writes too. */
  public static List<Path> companions(Path path) {
    return List.of(beside(path, ".regions.tsv"), beside(path, ".motifs.tsv"));
  }

  private static Path beside(Path path, String suffix) {
    String name = path.getFileName().toString();
    String bare = name.replaceFirst("(?i)\\.mtx(\\.b?gz)?$", "");
    return path.resolveSibling(bare + suffix);
  }

  @Override
  public Part prepare(HitBlock hits) {
    SequenceBlock block = hits.block();
    int[] counts = scratch.get();
    Part part = new Part();
    int i = 0;
    for (int p = 0; p < block.pieces(); p++) {
      int touched = 0;
      for (; i < hits.size() && hits.start(i) < block.end(p); i++) {
        if (counts[hits.motif(i)]++ == 0) {
          touched++;
        }
      }
      int[] sparse = new int[2 * touched];
      int n = 0;
      for (int m = 0; n < sparse.length; m++) {
        if (counts[m] > 0) {
          sparse[n++] = m;
          sparse[n++] = counts[m];
          counts[m] = 0;
        }
      }
      long start = block.start(p);
      long end = start + block.end(p) - block.offset(p);
      part.pieces.add(new Piece(block.name(p), start, end, block.contigEnds(p), sparse));
    }
    return part;
  }

  @Override
  public void write(Part part) {
    for (Piece piece : part.pieces) {
      if (openStart < 0) {
        openStart = piece.start;
      }
      for (int i = 0; i < piece.counts.length; i += 2) {
        row[piece.counts[i]] += piece.counts[i + 1];
      }
      if (piece.ends) {
        finish(piece);
      }
    }
    emit(text, entries);
    if (rowNames != null) {
      emit(names, rowNames.stream());
    }
  }

  private void finish(Piece piece) {
    rows++;
    String name = new String(HitFields.cell(piece.name), StandardCharsets.UTF_8);
    String called = regions ? name + ":" + openStart + "-" + piece.end : name;
    openStart = -1;
    if (rowNames != null) {
      names.text(called).room(1).put('\n');
    } else {
      text.text(called);
    }
    text.room(row.length * (rowNames != null ? 2 * Rows.NUMBER + 2 : Rows.NUMBER) + 1);
    for (int m = 0; m < row.length; m++) {
      if (rowNames == null) {
        text.put('\t').put((long) row[m]);
      } else if (row[m] > 0) {
        nonZero++;
        text.room(3 * Rows.NUMBER + 3);
        text.put(rows).put(' ').put(m + 1L).put(' ').put((long) row[m]).put('\n');
      }
    }
    if (rowNames == null) {
      text.put('\n');
    }
    Arrays.fill(row, 0);
  }

  private void emit(Rows rows, OutputStream to) {
    try {
      to.write(rows.bytes(), 0, rows.size());
      rows.clear();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @Override
  public void commit() {
    emit(text, entries);
    if (spool == null || rowNames == null || columnNames == null) {
      table.commit();
      return;
    }
    try {
      Rows header = new Rows().text("%%MatrixMarket matrix coordinate integer general\n");
      header.room(3 * Rows.NUMBER + 3);
      header.put(rows).put(' ').put((long) row.length).put(' ').put(nonZero).put('\n');
      emit(header, table.stream());
      spool.copyTo(table.stream());
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    table.seal();
    rowNames.seal();
    columnNames.seal();
    rowNames.commit();
    columnNames.commit();
    table.commit();
  }

  @Override
  public void close() {
    try {
      table.close();
      if (rowNames != null) {
        rowNames.close();
      }
      if (columnNames != null) {
        columnNames.close();
      }
      if (spool != null) {
        spool.close();
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }
}
