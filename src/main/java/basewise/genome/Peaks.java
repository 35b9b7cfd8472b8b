package basewise.genome;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.io.Wording;
import basewise.sequence.Interval;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Regions: BED with 3 to 12 columns, narrowPeak (10 columns, the last is the summit counted from
 * the start) and broadPeak (9 columns), plain or compressed; tabs or blanks; {@code track}, {@code
 * browser} and {@code #} lines are skipped. A 10-column file is BED only if its columns 7 and 8 are
 * a thick part inside the region.
 */
public final class Peaks {
  private final String name;
  private final boolean narrowByName;
  private long number;

  private Peaks(String name) {
    this.name = name;
    this.narrowByName = plainName(name).endsWith(".narrowPeak");
  }

  private static String plainName(String name) {
    return name.replaceFirst("\\.b?gz$", "");
  }

  /**
   * All regions of a file, in order.
   *
   * @throws InputException at a line that is not a region, or whose start is beyond its end
   */
  public static List<Peak> read(String name) {
    try (TextInput in = TextInput.open(name)) {
      return read(in, in.readLine());
    }
  }

  /**
   * All regions that remain.
   *
   * @param first the line last read from {@code in}, or null at the end of the file
   */
  public static List<Peak> read(TextInput in, @Nullable String first) {
    List<Peak> peaks = new ArrayList<>();
    each(in, first, peaks::add);
    return peaks;
  }

  /** As above, one after the other. */
  public static void each(TextInput in, @Nullable String first, Consumer<Peak> to) {
    Peaks reader = new Peaks(in.name());
    for (String line = first; line != null; line = in.readLine()) {
      if (!isComment(line)) {
        to.accept(reader.parse(columns(line), in.line()));
      }
    }
  }

  /**
   * What is wrong with a line among regions that is no region.
   *
   * @param columns of the line
   * @throws IllegalArgumentException if nothing is
   */
  public static InputException mistake(String name, long line, String[] columns) {
    try {
      new Peaks(name).parse(columns, line);
    } catch (InputException e) {
      return e;
    }
    throw new IllegalArgumentException("a region: " + String.join(" ", columns));
  }

  /** Whether the name of a file says that it holds regions. */
  public static boolean recognisesName(String name) {
    return plainName(name).matches("(?i).*\\.(bed\\d*|narrowPeak|broadPeak|gappedPeak)");
  }

  /** Whether a line says nothing about a region. */
  public static boolean isComment(String line) {
    return line.isBlank() || line.startsWith("#") || line.matches("(track|browser)([ \t].*)?");
  }

  /** Whether a line looks like a region: a name and two whole numbers. */
  public static boolean recognises(String line) {
    String[] f = columns(line);
    return f.length >= 3 && f[1].matches("-?\\d+") && f[2].matches("-?\\d+");
  }

  private Peak parse(String[] f, long line) {
    number = line;
    if (f.length < 3) {
      throw wrong(
          "expected at least 3 columns (contig, start, end), found " + f.length, "is this BED?");
    }
    long start = whole(f[1], "start");
    long end = whole(f[2], "end");
    if (start < 0) {
      throw wrong("start " + start + " is below 0", "BED starts count from 0");
    }
    if (start > end) {
      throw wrong("start " + start + " is beyond end " + end, "swap them");
    }
    if (end > Integer.MAX_VALUE - 8) {
      throw wrong("end " + end + " is too large", "is this BED?");
    }
    Interval place = new Interval(f[0], (int) start, (int) end);
    String name = f.length > 3 && !f[3].equals(".") ? f[3] : "";
    Strand strand = null;
    if (f.length > 5) {
      strand =
          switch (f[5]) {
            case "+" -> Strand.FORWARD;
            case "-" -> Strand.REVERSE;
            default -> null;
          };
    }
    return new Peak(place, summit(f, place), name, strand, line);
  }

  private int summit(String[] f, Interval place) {
    if (f.length != 10 || (!narrowByName && isThick(f, place))) {
      return -1;
    }
    long offset = whole(f[9], "summit");
    if (offset == -1) {
      return -1; // narrowPeak's own way to say: no summit called
    }
    if (offset < 0 || offset >= Math.max(1, place.length())) {
      throw wrong(
          "summit " + offset + " is outside its region of " + Wording.count(place.length(), "base"),
          "column 10 of narrowPeak counts from the start");
    }
    return place.start() + (int) offset;
  }

  private static boolean isThick(String[] f, Interval place) {
    if (!f[6].matches("\\d{1,10}") || !f[7].matches("\\d{1,10}")) {
      return false;
    }
    long from = Long.parseLong(f[6]);
    long to = Long.parseLong(f[7]);
    return from >= place.start() && from <= to && to <= place.end();
  }

  private long whole(String text, String what) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(what + " '" + text + "' is not a whole number", "is this BED?");
    }
  }

  private InputException wrong(String problem, String remedy) {
    return new InputException(name, number, problem, remedy);
  }

  private static String[] columns(String line) {
    return line.indexOf('\t') >= 0
        ? line.stripTrailing().split("\t", -1)
        : line.strip().split(" +");
  }
}
