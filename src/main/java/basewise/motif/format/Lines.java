package basewise.motif.format;

import basewise.io.InputException;
import basewise.io.TextInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a motif file with a cursor, so that readers can look ahead and say where they are.
 */
final class Lines {
  /** Enough to recognise any format; what is not recognised by then is not read further. */
  private static final int HEAD = 20_000;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * So many decimal digits are a whole number that a double holds exactly, and 10 to that power.
   */
  private static final int MOST_DIGITS = 15;

  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

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
    return trimmed.isEmpty() ? new String[0] : SPACE.split(trimmed);
  }

  /**
   * The numbers of a line of plain decimals of at most 15 digits; null if it is anything else,
   * which {@link #words} and {@link #numbers} may still make sense of. Such a number is a quotient
   * of two that are exact, so it is what Java's own parser makes of it, sooner.
   */
  static double @Nullable [] decimals(String line, int n) {
    double[] row = new double[n];
    int at = 0;
    int end = line.length();
    for (int i = 0; i < n; i++) {
      int before = at;
      while (at < end && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
        at++;
      }
      if (i > 0 && at == before) {
        return null;
      }
      long digits = 0;
      int from = at;
      int point = -1;
      for (; at < end && (isDigit(line.charAt(at)) || point < 0 && line.charAt(at) == '.'); at++) {
        if (line.charAt(at) == '.') {
          point = at;
        } else {
          digits = 10 * digits + line.charAt(at) - '0';
        }
      }
      int count = at - from - (point < 0 ? 0 : 1);
      if (count < 1 || count > MOST_DIGITS) {
        return null;
      }
      row[i] = point < 0 ? digits : digits / TENS[at - point - 1];
    }
    while (at < end && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at == end ? row : null;
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

  /** A text stripped, and each run of white space in it as another text. */
  static String spaced(String text, String with) {
    String stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c <= ' ') {
        return SPACE.matcher(stripped).replaceAll(with);
      }
    }
    return stripped;
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
