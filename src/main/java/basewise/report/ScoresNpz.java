package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.io.NpzOutput;
import basewise.sequence.Dna;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An {@code .npz} of one float32 array [sequences, 4, length] per method, named {@code arr_0} if
 * there is one method and after the methods otherwise. Of hypothetical scores the sequences lie
 * beside it, {@code NAME.ohe.npz}, as TF-MoDISco wants them: {@code arr_0}, int8 [sequences, 4,
 * length].
 */
final class ScoresNpz extends ScoresOutput {
  private final Path file;
  private final Plan plan;
  private final NpzOutput out;
  private final @Nullable NpzOutput sequences;
  private int begun;

  ScoresNpz(Path file, Plan plan) {
    this(file, plan, plan.hypothetical() ? ScoresFormat.oneHot(file) : null);
  }

  /**
   * As above.
   *
   * @param oneHot where the sequences go, or null
   */
  ScoresNpz(Path file, Plan plan, @Nullable Path oneHot) {
    this.file = file;
    this.plan = plan;
    out = NpzOutput.to(file);
    try {
      sequences = oneHot == null ? null : NpzOutput.to(oneHot);
    } catch (RuntimeException e) {
      out.close();
      throw e;
    }
    if (sequences != null) {
      sequences.bytes("arr_0", plan.sequences(), Dna.N, plan.length());
    }
  }

  @Override
  public void begin(Method method) {
    String name = plan.methods().size() > 1 ? method.label() : "arr_0";
    out.array(name, plan.sequences(), Dna.N, plan.length());
    begun++;
  }

  @Override
  public void add(Example sequence, Attribution scores) {
    byte[] codes = sequence.codes();
    out.write(turned(plan.hypothetical() ? scores.scores() : scores.projected(codes)));
    if (begun == 1 && sequences != null) {
      sequences.write(oneHot(codes));
    }
  }

  @Override
  public Path table(String what) {
    return ScoresFormat.NPZ.table(file, what);
  }

  @Override
  public void seal() {
    out.seal();
    if (sequences != null) {
      sequences.seal();
    }
  }

  @Override
  public void commit() {
    if (sequences != null) {
      sequences.commit();
    }
    out.commit();
  }

  @Override
  public void close() {
    out.close();
    if (sequences != null) {
      sequences.close();
    }
  }
}
