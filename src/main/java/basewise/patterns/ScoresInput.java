package basewise.patterns;

import basewise.io.InputException;
import basewise.io.NpyArray;
import basewise.io.NpzInput;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences and hypothetical scores as TF-MoDISco takes them: two {@code .npz} of arrays
 * [sequences, 4, length], one-hot and of any type of number.
 */
public final class ScoresInput {
  private static final String DEFAULT_ARRAY = "arr_0";

  private ScoresInput() {}

  /**
   * A file and the array that is meant.
   *
   * @param array its name; null for the only one, or {@code arr_0}
   */
  public record Source(Path file, @Nullable String array) {
    private NpyArray read() {
      try (NpzInput input = NpzInput.open(file)) {
        List<String> names = input.names();
        String name = array != null ? array : names.size() == 1 ? names.getFirst() : DEFAULT_ARRAY;
        if (array == null && names.size() > 1 && !names.contains(name)) {
          throw wrong("has several arrays", "choose one: " + String.join(", ", names));
        }
        return input.array(name);
      }
    }

    private InputException wrong(String problem, String remedy) {
      return new InputException(file.toString(), problem, remedy);
    }
  }

  /**
   * Reads both.
   *
   * @param window how many positions are used, around the middle; null for all, at most 400
   * @throws InputException if they are damaged, do not belong together, are no one-hot sequences,
   *     hold what is no number, or are shorter than the window or a pattern
   */
  public static ScoredSequences read(
      Source sequences, Source scores, @Nullable Integer window, PatternOptions options) {
    int least = Math.max(options.patternLength(), options.seqletLength() + 1);
    return read(sequences, scores, window, PatternOptions.WINDOW, least);
  }

  /**
   * The same.
   *
   * @param most positions that are used where no window is given
   * @param least positions that a window needs
   */
  public static ScoredSequences read(
      Source sequences, Source scores, @Nullable Integer window, int most, int least) {
    NpyArray oneHot = sequences.read();
    List<Integer> shape = oneHot.shape();
    if (shape.size() != 3 || shape.get(1) != Dna.N) {
      throw sequences.wrong(
          "has the shape " + shape + ", not [sequences, 4, length]",
          shape.size() == 3 && shape.get(2) == Dna.N ? "transpose(0, 2, 1) it" : "");
    }
    int count = shape.get(0);
    int length = shape.get(2);
    int used = window == null ? Math.min(most, length) : window;
    if (used > length) {
      throw InputException.ofOption(
          "--window", "is %d, and sequences have %d positions".formatted(used, length), "");
    }
    if (used < least) {
      String problem = "%d positions are fewer than a pattern needs, %d".formatted(used, least);
      throw window == null
          ? sequences.wrong(problem, "")
          : InputException.ofOption("--window", problem, "");
    }
    if (count == 0) {
      throw sequences.wrong("has no sequences", "");
    }
    int offset = length / 2 - used / 2;
    byte[][] codes = new byte[count][used];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < used; p++) {
        codes[i][p] = code(sequences, oneHot, i, length, offset + p);
      }
    }
    NpyArray all = scores.read();
    if (!all.shape().equals(shape)) {
      throw scores.wrong(
          "has the shape %s, and the sequences %s".formatted(all.shape(), shape),
          "give the scores of these sequences");
    }
    float[][] values = new float[count][4 * used];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 4; c++) {
        int at = (i * 4 + c) * length + offset;
        for (int p = 0; p < used; p++) {
          float x = all.at(at + p);
          if (!Float.isFinite(x)) {
            throw scores.wrong(
                "sequence %d, position %d: %s is no score".formatted(i, offset + p, x),
                "rows and positions count from 0");
          }
          values[i][4 * p + c] = x;
          any |= x != 0 && codes[i][p] == c;
        }
      }
    }
    if (!any) {
      throw scores.wrong("all scores of bases are 0", "were these sequences scored?");
    }
    return new ScoredSequences(codes, values, offset, length);
  }

  private static byte code(Source source, NpyArray oneHot, int row, int length, int position) {
    int code = Dna.N;
    boolean good = true;
    for (int c = 0; c < 4; c++) {
      float x = oneHot.at((row * 4 + c) * length + position);
      good &= x == 0 || x == 1 && code == Dna.N;
      code = x == 1 ? c : code;
    }
    if (!good) {
      throw source.wrong(
          "sequence %d, position %d is not one-hot".formatted(row, position),
          "one of four is 1, or none for N; rows and positions count from 0");
    }
    return (byte) code;
  }
}
