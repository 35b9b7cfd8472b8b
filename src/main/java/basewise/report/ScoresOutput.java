package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.genome.Contig;
import basewise.io.InputException;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores as they are written: sequence by sequence, method after method, each time all sequences in
 * one order. What is written appears when {@link #commit()} is called; memory does not depend on
 * how many sequences there are, but for some 30 bytes each where scores have places in a genome.
 */
public abstract class ScoresOutput implements AutoCloseable {
  /**
   * What will be written.
   *
   * @param methods in the order in which they come
   * @param sequences how many
   * @param length of each
   * @param hypothetical whether all four letters are scored, not only the one that is there
   * @param longestId bytes of the longest id
   * @param contigs of the genome that the sequences come from; empty if not known
   * @param placed whether the place of each sequence in a genome is known
   * @param force whether results that exist are replaced
   */
  public record Plan(
      List<Method> methods,
      int sequences,
      int length,
      boolean hypothetical,
      int longestId,
      List<Contig> contigs,
      boolean placed,
      boolean force) {}

  /** For the formats of this package. */
  ScoresOutput() {}

  /**
   * Opens an output in the format its name asks for.
   *
   * @throws InputException if it cannot be written
   */
  public static ScoresOutput open(Path out, Plan plan) {
    return switch (ScoresFormat.of(out)) {
      case NPZ -> new ScoresNpz(out, plan);
      case HDF5 -> new ScoresHdf5(out, plan);
      case BIGWIG, BEDGRAPH -> new ScoresTrack(out, plan);
      case TSV -> new ScoresTsv(out, plan);
      case FOLDER -> new ScoresFolder(out, plan);
    };
  }

  /** The scores of this method come next. */
  public abstract void begin(Method method);

  /** Appends a sequence. */
  public abstract void add(Example sequence, Attribution scores);

  /** Where a table beside the scores is to be written; it is committed before this is. */
  public abstract Path table(String what);

  /** Writes what is left; several files may be sealed before the first is committed. */
  public abstract void seal();

  /** Moves what was written to its name. */
  public abstract void commit();

  @Override
  public abstract void close();

  /** From [position][base] to [base][position]. */
  static float[] turned(float[] scores) {
    int length = scores.length / Dna.N;
    float[] out = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      out[i % Dna.N * length + i / Dna.N] = scores[i];
    }
    return out;
  }

  /** One-hot, [base][position]; N is four zeros. */
  static byte[] oneHot(byte[] codes) {
    byte[] out = new byte[Dna.N * codes.length];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        out[codes[i] * codes.length + i] = 1;
      }
    }
    return out;
  }

  /** The score of the base that is there, per position; 0 at N. */
  public static float[] observed(byte[] codes, Attribution scores) {
    float[] out = new float[codes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = codes[i] == Dna.N ? 0 : scores.scores()[i * Dna.N + codes[i]];
    }
    return out;
  }
}
