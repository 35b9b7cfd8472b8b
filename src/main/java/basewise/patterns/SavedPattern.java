package basewise.patterns;

import basewise.io.Hdf5Input;
import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pattern as {@code modisco_results.h5} holds it, ours or modisco-lite's. Arrays are [length *
 * 4], the letter varying fastest; do not change them.
 *
 * @param id such as {@code pos_patterns.pattern_0}
 * @param contributions the contribution weight matrix
 * @param hypothetical the same of all letters
 * @param seqlets with the row of the input as their sequence, in positions of the window
 */
public record SavedPattern(
    String id, float[] contributions, float[] hypothetical, List<Seqlet> seqlets) {
  /** The file that {@code patterns} writes into its folder. */
  public static final String FILE = "modisco_results.h5";

  /** The attribute that tells how many positions around the middle were used. */
  public static final String WINDOW = "window_size";

  private static final String PREFIX = "pattern_";

  /**
   * What a file holds.
   *
   * @param window positions around the middle of the sequences that were used; 0 if it is not said
   */
  public record Saved(List<SavedPattern> patterns, int window) {}

  /** How many positions it has. */
  public int length() {
    return contributions.length / 4;
  }

  /**
   * Reads a file, or the folder of {@code patterns}; positive patterns first, by rank.
   *
   * @throws InputException if it is no such file, or its patterns are not of one length
   */
  public static Saved read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
    List<SavedPattern> patterns = new ArrayList<>();
    try (Hdf5Input in = Hdf5Input.open(file)) {
      for (String sign : List.of("pos_patterns", "neg_patterns")) {
        in.names(sign).stream()
            .filter(n -> n.matches(PREFIX + "\\d{1,9}"))
            .sorted(Comparator.comparingInt(SavedPattern::rank))
            .forEach(n -> patterns.add(pattern(in, file, sign, n)));
      }
      if (patterns.isEmpty() && in.attribute(WINDOW).isEmpty()) {
        throw wrong(file, "has neither pos_patterns nor neg_patterns");
      }
      for (SavedPattern p : patterns) {
        if (p.length() != patterns.getFirst().length()) {
          throw wrong(
              file,
              "%s has %d positions, %s has %d"
                  .formatted(
                      p.id, p.length(), patterns.getFirst().id, patterns.getFirst().length()));
        }
      }
      return new Saved(patterns, (int) in.attribute(WINDOW).orElse(0));
    }
  }

  private static int rank(String name) {
    return Integer.parseInt(name.substring(PREFIX.length()));
  }

  private static SavedPattern pattern(Hdf5Input in, Path file, String sign, String name) {
    String group = sign + "/" + name;
    int[] shape = in.shape(group + "/contrib_scores");
    if (shape.length != 2 || shape[0] == 0 || shape[1] != 4) {
      throw wrong(file, group + "/contrib_scores is not [length, 4]");
    }
    float[] contributions = in.floats(group + "/contrib_scores");
    float[] hypothetical = in.floats(group + "/hypothetical_contribs");
    if (hypothetical.length != contributions.length) {
      throw wrong(file, group + "/hypothetical_contribs has another shape");
    }
    float strongest = 0;
    for (int i = 0; i < contributions.length; i++) {
      if (!Float.isFinite(contributions[i]) || !Float.isFinite(hypothetical[i])) {
        throw wrong(file, group + " holds what is no number");
      }
      strongest = Math.max(strongest, Math.abs(contributions[i]));
    }
    if (strongest == 0) {
      throw wrong(file, group + "/contrib_scores is 0 everywhere");
    }
    List<Seqlet> seqlets = new ArrayList<>();
    String of = group + "/seqlets/";
    if (in.has(of + "start")) {
      int[] start = whole(in, of + "start");
      int[] end = whole(in, of + "end");
      int[] row = whole(in, of + "example_idx");
      int[] reverse = whole(in, of + "is_revcomp");
      if (end.length != start.length
          || row.length != start.length
          || reverse.length != start.length) {
        throw wrong(file, group + "/seqlets has columns of different length");
      }
      for (int i = 0; i < start.length; i++) {
        if (row[i] < 0) {
          throw wrong(file, of + "example_idx holds a number below 0");
        }
        seqlets.add(new Seqlet(row[i], start[i], end[i], reverse[i] != 0));
      }
    }
    return new SavedPattern(sign + "." + name, contributions, hypothetical, seqlets);
  }

  private static int[] whole(Hdf5Input in, String path) {
    double[] numbers = in.doubles(path);
    int[] out = new int[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) numbers[i];
    }
    return out;
  }

  private static InputException wrong(Path file, String problem) {
    return new InputException(
        file.toString(), problem, "give the folder of patterns, or TF-MoDISco's HDF5");
  }
}
