package basewise.dataset;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data beside the checkout; tests that need it skip with one line where it is absent. */
final class SharedData {
  private static final Path ROOT = Path.of("../shared/data");

  private SharedData() {}

  static Path file(String name) {
    Path path = ROOT.resolve(name);
    assumeThat(Files.exists(path)).as("needs ../shared/data/" + name).isTrue();
    return path;
  }
}
