package basewise.scan.output;

import basewise.io.AtomicOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Runs as bedGraph: contig, start, end, value with two decimals or as a whole number. */
final class BedGraphWriter implements TrackWriter {
  private final AtomicOutput file;
  private final boolean whole;
  private final Rows rows = new Rows(1 << 16);

  BedGraphWriter(Path path, boolean whole) {
    file = AtomicOutput.to(path);
    this.whole = whole;
  }

  @Override
  public void run(String contig, long start, long end, int hundredths) {
    rows.text(contig).room(3 * Rows.NUMBER + 8);
    rows.put('\t').put(start).put('\t').put(end).put('\t');
    if (whole) {
      rows.put(hundredths / 100L);
    } else {
      ShortNumbers.hundredths(hundredths, rows);
    }
    rows.put('\n');
  }

  @Override
  public void flush() {
    try {
      file.stream().write(rows.bytes(), 0, rows.size());
      rows.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
