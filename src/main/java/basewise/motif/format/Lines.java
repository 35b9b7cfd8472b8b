package basewise.motif.format;

import basewise.io.InputException;
import basewise.io.TextInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a motif file with a cursor, so that readers can look ahead and say where they are.
 */
final class Lines {
  /** Enough to recognise any format; what is not recognised by then is not read further. */
  private static final int HEAD = 20_000;

  private final String name;
  private final List<String> text = new ArrayList<>();
  private final TextInput input;
  private int next;

  /** Takes the first lines of an input; {@link #readAll} takes the rest. */
  Lines(TextInput input) {
    this.input = input;
    this.name = input.name();
    load(HEAD);
  }

  private void load(int most) {
    for (int i = 0; i < most; i++) {
      String line = input.readLine();
      if (line == null) {
        return;
      }
      text.add(line);
    }
  }

  /** Takes the rest of the file. */
  void readAll() {
    load(Integer.MAX_VALUE);
  }

  /** The file's name as the user wrote it. */
  String name() {
    return name;
  }

  /** The file's name without folders and endings, as one word: the id of its only motif. */
  String stem() {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = base.replaceFirst("\\.gz$", "").lastIndexOf('.');
    String stem = (dot > 0 ? base.substring(0, dot) : base).replaceAll("\\s+", "_");
    return stem.isEmpty() || stem.equals("-") ? "motif_1" : stem;
  }

  /** All lines taken so far. */
  List<String> all() {
    return text;
  }

  /** The next line without moving, or null at the end. */
  @Nullable String peek() {
    return next < text.size() ? text.get(next) : null;
  }

  /** The next line, or null at the end. */
  @Nullable String take() {
    return next < text.size() ? text.get(next++) : null;
  }

  /** Steps back over the line last taken. */
  void back() {
    next--;
  }

  /** Starts again at the first line. */
  void rewind() {
    next = 0;
  }

  /** The 1-based number of the line last taken. */
  int number() {
    return next;
  }

  /** A mistake at the line last taken. */
  InputException wrong(String problem, String remedy) {
    return wrong(next, problem, remedy);
  }

  /** A mistake at a given 1-based line. */
  InputException wrong(int line, String problem, String remedy) {
    return new InputException(name, line, problem, remedy);
  }

  /** The words of a line, split at white space; none for a blank line. */
  static String[] words(String line) {
    String trimmed = line.strip();
    return trimmed.isEmpty() ? new String[0] : trimmed.split("\\s+");
  }

  /** Whether every word is a plain decimal number. */
  static boolean areNumbers(String[] words, int from) {
    for (int i = from; i < words.length; i++) {
      if (!isNumber(words[i])) {
        return false;
      }
    }
    return words.length > from;
  }

  /** Whether a word is a plain decimal number (Java's own parser also takes 1d, NaN and 0x1p3). */
  static boolean isNumber(String word) {
    int i = 0;
    int n = word.length();
    if (i < n && (word.charAt(i) == '-' || word.charAt(i) == '+')) {
      i++;
    }
    int digits = 0;
    while (i < n && isDigit(word.charAt(i))) {
      i++;
      digits++;
    }
    if (i < n && word.charAt(i) == '.') {
      i++;
      while (i < n && isDigit(word.charAt(i))) {
        i++;
        digits++;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (i < n && (word.charAt(i) == 'e' || word.charAt(i) == 'E')) {
      i++;
      if (i < n && (word.charAt(i) == '-' || word.charAt(i) == '+')) {
        i++;
      }
      int exponent = i;
      while (i < n && isDigit(word.charAt(i))) {
        i++;
      }
      if (i == exponent) {
        return false;
      }
    }
    return i == n;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The numbers among words[from, from + n). */
  static double[] numbers(String[] words, int from, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Double.parseDouble(words[from + i]);
    }
    return x;
  }
}
