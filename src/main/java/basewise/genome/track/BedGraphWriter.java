package basewise.genome.track;

import basewise.io.AtomicOutput;
import basewise.io.Rows;
import basewise.io.ShortNumbers;
import java.io.IOException;
import java.nio.file.Path;

/** Runs as bedGraph: contig, start, end, value. */
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

  private static final int FULL = 1 << 18;

  private final Path path;
  private final AtomicOutput file;
  private final Values values;
  private final Rows rows = new Rows(1 << 16);

  /**
   * Opens a file.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  public BedGraphWriter(Path path, Values values) {
    this.path = path;
    file = AtomicOutput.to(path);
    this.values = values;
  }

  @Override
  public void run(String contig, long start, long end, float value) {
    rows.text(contig).room(2 * Rows.NUMBER + ShortNumbers.ROOM + 8);
    rows.put('\t').put(start).put('\t').put(end).put('\t');
    switch (values) {
      case WHOLE -> rows.put((long) Math.round(value));
      case HUNDREDTHS -> ShortNumbers.hundredths(Math.round(100.0 * value), rows);
      case SIX_DIGITS -> ShortNumbers.g(value, 6, rows);
    }
    rows.put('\n');
    if (rows.size() > FULL) {
      flush();
    }
  }

  @Override
  public void flush() {
    try {
      file.stream().write(rows.bytes(), 0, rows.size());
      rows.clear();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @Override
  public void commit() {
    flush();
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }
}
