package basewise.scan.output;

import basewise.io.AtomicFolder;
import basewise.io.AtomicOutput;
import basewise.io.BgzfPart;
import basewise.io.PartRecord;
import basewise.io.Rows;
import basewise.io.Share;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.WindowCounts;
import basewise.scan.device.SumTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scan as a folder: rows of hits with the keys they are joined by ({@code rows.gz}),
 * counts of each motif ({@code counts.tsv}), counts of each score where q-values are wanted ({@code
 * sums.tsv.gz}), and what it is a part of ({@code part.json}). {@link Gathering} makes the whole of
 * all parts.
 */
public final class PartOutput implements HitSink<BgzfPart>, AutoCloseable {
  static final String VERB = "scan";
  static final String OUTPUT = "format";
  static final String HEADER = "header";
  static final String QVALUES = "q-values";
  static final String QVALUE = "largest q-value";
  static final String ROWS = "rows.gz";
  static final String COUNTS = "counts.tsv";
  static final String SUMS = "sums.tsv.gz";

  private final AtomicFolder folder;
  private final PartRecord record;
  private final HitCounts counts;
  private final @Nullable HitHistogram histogram;
  private final @Nullable BgzfOutput rows;

  /**
   * What kind of rows a part holds.
   *
   * @param word of the format
   * @param rows of these motifs, with q-values if there are any; null for counts alone
   * @param places how places are told
   */
  public record Kind(String word, @Nullable Format rows, Places places) {
    /** Makes rows. */
    public interface Format {
      /** Rows for motifs, with q-values if there are any. */
      RowFormat of(List<ScanMotif> motifs, @Nullable QValues qvalues);
    }
  }

  /**
   * Opens the folder.
   *
   * @param motifs of this part
   * @param of what the scan is of
   * @param qvalues whether rows have q-values in the end
   * @param qvalue the largest that is kept; null for all
   */
  public PartOutput(
      Path out,
      boolean force,
      Kind kind,
      List<ScanMotif> motifs,
      boolean bothStrands,
      Share bases,
      Share chunk,
      Map<String, String> of,
      boolean qvalues,
      @Nullable Double qvalue) {
    folder = AtomicFolder.to(out, force, PartRecord.NAME);
    try {
      counts = new HitCounts(motifs, bothStrands);
      histogram = qvalues ? new HitHistogram(motifs, bothStrands) : null;
      String header = MotifCount.HEADER;
      BgzfOutput file = null;
      if (kind.rows != null) {
        RowFormat format = kind.rows.of(motifs, qvalues ? QValues.unknown() : null);
        header = new String(format.header(), StandardCharsets.UTF_8);
        file = BgzfOutput.keyed(folder.path().resolve(ROWS), format, kind.places);
      }
      rows = file;
      Map<String, String> notes = new LinkedHashMap<>();
      notes.put(OUTPUT, kind.word);
      notes.put(HEADER, header);
      notes.put(QVALUES, qvalues ? "yes" : "");
      notes.put(QVALUE, qvalue == null ? "" : qvalue.toString());
      record = PartRecord.of(VERB, bases, chunk, of, notes);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public boolean ordered() {
    return rows != null;
  }

  @Override
  public @Nullable SumTally tally() {
    return rows == null && histogram == null ? counts.tally() : null;
  }

  @Override
  public BgzfPart prepare(HitBlock hits) {
    int _ = counts.prepare(hits);
    if (histogram != null) {
      int _ = histogram.prepare(hits);
    }
    return rows == null ? EMPTY : rows.prepare(hits);
  }

  /** The threads of a scan must hand on something. */
  private static final BgzfPart EMPTY = new BgzfPart();

  @Override
  public void write(BgzfPart prepared) {
    if (rows != null) {
      rows.write(prepared);
    }
  }

  /** Gives the folder its name; called after the scan, with what it returned. */
  public void commit(WindowCounts windows) {
    List<String> files = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    counts.counts(windows).forEach(c -> table.append(c.line()).append('\n'));
    AtomicOutput.write(folder.path().resolve(COUNTS), table.toString());
    files.add(COUNTS);
    if (rows != null) {
      rows.commit();
      files.add(ROWS);
    }
    if (histogram != null) {
      Rows sums = new Rows(1 << 16);
      histogram.table(sums);
      Path file = folder.path().resolve(SUMS);
      try (AtomicOutput out = AtomicOutput.to(file);
          GZIPOutputStream gzip = new GZIPOutputStream(out.stream())) {
        gzip.write(sums.bytes(), 0, sums.size());
        gzip.finish();
        out.commit();
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(file, e);
      }
      files.add(SUMS);
    }
    record.write(folder.path(), files);
    folder.commit();
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
    folder.close();
  }
}
