package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.io.Hdf5Dataset;
import basewise.io.Hdf5Output;
import basewise.sequence.Dna;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * HDF5 as ChromBPNet writes it, all arrays [sequences, 4, length]: {@code raw/seq}, the sequences
 * (int8); {@code projected_shap/seq}, the scores of the bases that are there (float32); {@code
 * shap/seq}, those of all four letters, for methods that have them. Of several methods these two
 * lie in a group of the method's name. {@code ids} are the names of the sequences.
 */
final class ScoresHdf5 extends ScoresOutput {
  private final Path file;
  private final Plan plan;
  private final Hdf5Output out;
  private final Hdf5Dataset ids;
  private final Hdf5Dataset raw;
  private @Nullable Hdf5Dataset all;
  private @Nullable Hdf5Dataset projected;
  private int begun;

  ScoresHdf5(Path file, Plan plan) {
    this.file = file;
    this.plan = plan;
    out = Hdf5Output.to(file);
    ids = out.dataset("ids", Hdf5Dataset.Type.TEXT, Math.max(1, plan.longestId()));
    raw = out.dataset("raw/seq", Hdf5Dataset.Type.INT8, Dna.N, plan.length());
  }

  @Override
  public void begin(Method method) {
    String group = plan.methods().size() > 1 ? method.label() + "/" : "";
    all = method.hypothetical() ? floats(group + "shap/seq") : null;
    projected = floats(group + "projected_shap/seq");
    begun++;
  }

  private Hdf5Dataset floats(String name) {
    return out.dataset(name, Hdf5Dataset.Type.FLOAT32, Dna.N, plan.length());
  }

  @Override
  public void add(Example sequence, Attribution scores) {
    if (projected == null) {
      throw new IllegalStateException("no method was begun");
    }
    byte[] codes = sequence.codes();
    if (all != null) {
      all.append(turned(scores.scores()));
    }
    projected.append(turned(scores.projected(codes)));
    if (begun == 1) {
      ids.append(sequence.id().getBytes(StandardCharsets.UTF_8));
      raw.append(oneHot(codes));
    }
  }

  @Override
  public Path table(String what) {
    return ScoresFormat.HDF5.table(file, what);
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
