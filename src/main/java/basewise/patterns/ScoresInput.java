package basewise.patterns;

import basewise.io.InputException;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences and hypothetical scores as TF-MoDISco takes them: two arrays [sequences, 4, length],
 * one-hot and of any type of number, in {@code .npz} or {@code .npy}, or in one HDF5 of
 * ChromBPNet's.
 */
public final class ScoresInput {
  /** Sums of larger scores, or of their products, might be no numbers any more. */
  private static final float MOST = 1e30f;

  private ScoresInput() {}

  /**
   * A file and the array that is meant.
   *
   * @param array its name; null for the only one, or {@code arr_0}
   */
  public record Source(Path file, @Nullable String array) {
    /** The sequences that lie beside scores in ChromBPNet's HDF5; null for other files. */
    public static @Nullable Source besideScores(Path scores) {
      return ScoreArray.isHdf5(scores) ? new Source(scores, null) : null;
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
    // One after the other: either may take as much memory as the scores that are kept.
    Sequences bases;
    try (ScoreArray oneHot =
        ScoreArray.open(sequences.file, sequences.array, ScoreArray.CHROMBPNET_SEQUENCES)) {
      bases = sequences(sequences, oneHot, window, most, least);
    }
    try (ScoreArray all =
        ScoreArray.open(scores.file, scores.array, ScoreArray.CHROMBPNET_SCORES)) {
      return scored(bases, scores, all);
    }
  }

  /**
   * The letters of the positions that are used.
   *
   * @param shape of the array
   * @param offset of the first position
   */
  private record Sequences(byte[][] codes, List<Integer> shape, int offset) {}

  private static Sequences sequences(
      Source sequences, ScoreArray oneHot, @Nullable Integer window, int most, int least) {
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
      throw sequences.wrong(
          "has sequences of %d positions, and --window is %d".formatted(length, used),
          "make it no longer than they are");
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
      float[] row = oneHot.row(i, offset, used);
      read(sequences, row, i, offset, codes[i]);
    }
    return new Sequences(codes, shape, offset);
  }

  private static ScoredSequences scored(Sequences sequences, Source scores, ScoreArray all) {
    byte[][] codes = sequences.codes;
    List<Integer> shape = sequences.shape;
    int count = codes.length;
    int used = codes[0].length;
    int offset = sequences.offset;
    if (!all.shape().equals(shape)) {
      throw scores.wrong(
          "has the shape %s, and the sequences %s".formatted(all.shape(), shape),
          "give the scores of these sequences");
    }
    float[][] values = new float[count][4 * used];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      float[] row = all.row(i, offset, used);
      for (int at = 0; at < row.length; at++) {
        if (!(Math.abs(row[at]) <= MOST)) {
          throw scores.wrong(
              "sequence %d, position %d: %s is no score".formatted(i, offset + at % used, row[at]),
              "rows and positions count from 0");
        }
      }
      turn(row, values[i]);
      any |= any(codes[i], values[i]);
    }
    if (!any) {
      throw scores.wrong("all scores of bases are 0", "were these sequences scored?");
    }
    return new ScoredSequences(codes, values, offset, shape.get(2));
  }

  /** From [4][length] to [length][4]. */
  private static void turn(float[] row, float[] out) {
    int length = row.length / 4;
    for (int c = 0; c < 4; c++) {
      for (int p = 0; p < length; p++) {
        out[4 * p + c] = row[c * length + p];
      }
    }
  }

  /** Whether the score of any base that is there is not 0. */
  private static boolean any(byte[] codes, float[] scores) {
    for (int p = 0; p < codes.length; p++) {
      if (codes[p] != Dna.N && scores[4 * p + codes[p]] != 0) {
        return true;
      }
    }
    return false;
  }

  private static void read(Source source, float[] row, int sequence, int offset, byte[] codes) {
    for (int p = 0; p < codes.length; p++) {
      int code = code(row, p);
      if (code < 0) {
        throw source.wrong(
            "sequence %d, position %d is not one-hot".formatted(sequence, offset + p),
            "one of four is 1, or none for N; rows and positions count from 0");
      }
      codes[p] = (byte) code;
    }
  }

  /** The code of a position; -1 if it is not one-hot. */
  private static int code(float[] row, int position) {
    int code = Dna.N;
    for (int c = 0; c < 4; c++) {
      float x = row[c * (row.length / 4) + position];
      if (x != 0 && (x != 1 || code != Dna.N)) {
        return -1;
      }
      code = x == 1 ? c : code;
    }
    return code;
  }
}
