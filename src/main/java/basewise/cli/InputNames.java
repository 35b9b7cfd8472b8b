package basewise.cli;

import basewise.io.InputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** What results of an input are called. */
final class InputNames {
  private InputNames() {}

  /** Refuses standard input where it is named for two things: it can be read once. */
  static void readOnce(List<String> names) {
    if (Collections.frequency(names, "-") > 1) {
      throw InputException.ofOption(
          "-", "standard input is named twice and can be read once", "name a file");
    }
  }

  /** The file name without folder; - is standard input. */
  static String file(String input) {
    return input.equals("-") ? input : String.valueOf(Path.of(input).getFileName());
  }

  /** The file name without folder, compression and format: peaks.narrowPeak.gz is peaks. */
  static String stem(String input) {
    if (input.equals("-")) {
      return "stdin";
    }
    String name = file(input).replaceFirst("\\.(gz|bgz)$", "");
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
