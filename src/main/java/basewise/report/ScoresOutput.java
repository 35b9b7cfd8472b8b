package basewise.report;

import basewise.io.NpzOutput;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of attributions, written sequence by sequence, method after method. It appears when {@link
 * #commit()} is called.
 */
public abstract sealed class ScoresOutput implements AutoCloseable {
  /** The ending of NumPy's archives. */
  public static final String NPZ = ".npz";

  /** The ending of tables. */
  public static final String TSV = ".tsv";

  private ScoresOutput() {}

  /** Whether a name ends as a format that can be written. */
  public static boolean knows(Path file) {
    return file.toString().endsWith(NPZ) || file.toString().endsWith(TSV);
  }

  /**
   * Opens a file in the format its name ends in: an {@code .npz} of one float32 array [sequences,
   * 4, length] per method, named {@code arr_0} if there is one method and after the methods
   * otherwise; or a {@code .tsv} with the columns id, position (0-based), base, score and, with
   * several methods, method. The table has a row per position, of the base that is there, or four
   * if scores are hypothetical.
   *
   * @param methods their names, in the order in which they come
   * @throws basewise.io.InputException if it cannot be written
   */
  public static ScoresOutput open(
      Path file, List<String> methods, int sequences, int length, boolean hypothetical) {
    return file.toString().endsWith(NPZ)
        ? new Npz(file, methods, sequences, length)
        : new Tsv(file, methods.size() > 1, hypothetical);
  }

  /** The scores of this method come next. */
  public abstract void begin(String method);

  /**
   * Appends a sequence.
   *
   * @param scores [position][base], flat
   */
  public abstract void add(String id, byte[] codes, float[] scores);

  /** Writes what is left; several files may be sealed before the first is committed. */
  public abstract void seal();

  /** Moves the file to its name. */
  public abstract void commit();

  @Override
  public abstract void close();

  private static final class Npz extends ScoresOutput {
    private final NpzOutput out;
    private final boolean several;
    private final int sequences;
    private final int length;

    Npz(Path file, List<String> methods, int sequences, int length) {
      out = NpzOutput.to(file);
      several = methods.size() > 1;
      this.sequences = sequences;
      this.length = length;
    }

    @Override
    public void begin(String method) {
      out.array(several ? method : "arr_0", sequences, Dna.N, length);
    }

    @Override
    public void add(String id, byte[] codes, float[] scores) {
      float[] turned = new float[scores.length];
      for (int i = 0; i < scores.length; i++) {
        turned[i % Dna.N * length + i / Dna.N] = scores[i];
      }
      out.write(turned);
    }

    @Override
    public void seal() {
      out.seal();
    }

    @Override
    public void commit() {
      out.commit();
    }

    @Override
    public void close() {
      out.close();
    }
  }

  private static final class Tsv extends ScoresOutput {
    private final TableOutput out;
    private final boolean several;
    private final boolean hypothetical;
    private String method = "";

    Tsv(Path file, boolean several, boolean hypothetical) {
      out = TableOutput.to(file);
      this.several = several;
      this.hypothetical = hypothetical;
      out.line("id\tposition\tbase\tscore" + (several ? "\tmethod" : ""));
    }

    @Override
    public void begin(String next) {
      method = next;
    }

    @Override
    public void add(String id, byte[] codes, float[] scores) {
      String name = Text.field(id);
      for (int i = 0; i < codes.length; i++) {
        if (hypothetical) {
          for (int c = 0; c < Dna.N; c++) {
            row(name, i, c, scores[i * Dna.N + c]);
          }
        } else {
          row(name, i, codes[i], codes[i] == Dna.N ? 0 : scores[i * Dna.N + codes[i]]);
        }
      }
    }

    private void row(String id, int position, int base, float score) {
      String end = several ? "\t" + method : "";
      // Adding 0 takes the sign from a zero.
      out.line(id + "\t" + position + "\t" + Dna.letter(base) + "\t" + (score + 0f) + end);
    }

    @Override
    public void seal() {
      out.seal();
    }

    @Override
    public void commit() {
      out.commit();
    }

    @Override
    public void close() {
      out.close();
    }
  }
}
