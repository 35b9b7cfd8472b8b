package basewise.report;

import basewise.io.AtomicOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Lines of text that become a file when they are committed. */
final class TableOutput implements AutoCloseable {
  private final Path file;
  private final AtomicOutput out;

  private TableOutput(Path file) {
    this.file = file;
    out = AtomicOutput.to(file);
  }

  static TableOutput to(Path file) {
    return new TableOutput(file);
  }

  void line(String text) {
    try {
      out.stream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  void seal() {
    out.seal();
  }

  void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }
}
