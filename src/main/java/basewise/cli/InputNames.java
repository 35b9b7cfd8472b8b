package basewise.cli;

import java.nio.file.Path;

/** What results of an input are called. */
final class InputNames {
  private InputNames() {}

  /** The file name without folder, compression and format: peaks.narrowPeak.gz is peaks. */
  static String stem(String input) {
    if (input.equals("-")) {
      return "stdin";
    }
    String name = String.valueOf(Path.of(input).getFileName()).replaceFirst("\\.(gz|bgz)$", "");
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
