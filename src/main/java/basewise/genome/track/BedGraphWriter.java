package basewise.genome.track;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.io.TabixIndex;
import basewise.io.TextOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs as bedGraph: contig, start, end, value; bgzip with a tabix index where the name of the file
 * ends in .gz.
 */
public final class BedGraphWriter implements TrackWriter {
  /** How values are written. */
  public enum Values {
    /** As whole numbers. */
    WHOLE,
    /** With two decimals; none is below 0. */
    HUNDREDTHS,
    /** In six significant digits. */
    SIX_DIGITS
  }

  private final TextOutput file;
  private final Values values;
  private String name = "";
  private byte[] contig = new byte[0];

  /**
   * Opens a file.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  public BedGraphWriter(Path path, Values values) {
    file = TextOutput.to(path, TabixIndex.Columns.BED);
    this.values = values;
  }

  @Override
  public void run(String on, long start, long end, float value) {
    if (!on.equals(name)) {
      name = on;
      contig = on.getBytes(StandardCharsets.UTF_8);
    }
    Rows rows = file.text().room(contig.length + 2 * Rows.NUMBER + ShortNumbers.ROOM + 8);
    int from = rows.size();
    rows.put(contig).put('\t').put(start).put('\t').put(end).put('\t');
    switch (values) {
      case WHOLE -> rows.put((long) Math.round(value));
      case HUNDREDTHS -> ShortNumbers.hundredths(Math.round(100.0 * value), rows);
      case SIX_DIGITS -> ShortNumbers.g(value, 6, rows);
    }
    rows.put('\n');
    file.row(contig, start, end, from);
    file.flushIfFull();
  }

  @Override
  public void commit() {
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }
}
