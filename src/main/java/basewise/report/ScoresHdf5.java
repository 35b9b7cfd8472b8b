package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Epistasis;
import basewise.attribution.Indel;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.io.Hdf5Dataset;
import basewise.io.Hdf5Output;
import basewise.sequence.Dna;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HDF5 as ChromBPNet writes it, all arrays [sequences, 4, length]: {@code raw/seq}, the sequences
 * (int8); {@code projected_shap/seq}, the scores of the bases that are there (float32); {@code
 * shap/seq}, those of all four letters, for methods that have them. Of several methods these two
 * lie in a group of the method's name. {@code ids} are the names of the sequences.
 *
 * <p>{@code ism-pairs} adds {@code pairs/strongest} and {@code pairs/mean_absolute} (float32
 * [sequences, length, length], symmetric, 0 where there is no pair); {@code ism --indels} adds
 * {@code indels/deletion} [sequences, length] and {@code indels/insertion} [sequences, 4, length].
 */
final class ScoresHdf5 extends ScoresOutput {
  private final Path file;
  private final Plan plan;
  private final Hdf5Output out;
  private final Hdf5Dataset ids;
  private final Hdf5Dataset raw;
  private @Nullable Hdf5Dataset all;
  private @Nullable Hdf5Dataset projected;
  private @Nullable PairMaps pairs;
  private @Nullable IndelRows indels;
  private int begun;

  /** The map of pairs of mutations. */
  private record PairMaps(Hdf5Dataset strongest, Hdf5Dataset mean) {}

  /** The effects of single edits. */
  private record IndelRows(Hdf5Dataset deletion, Hdf5Dataset insertion) {}

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
    pairs = null;
    if (method == Method.ISM_PAIRS) {
      pairs = new PairMaps(map("pairs/strongest"), map("pairs/mean_absolute"));
    }
    begun++;
  }

  private Hdf5Dataset map(String name) {
    return out.dataset(name, Hdf5Dataset.Type.FLOAT32, plan.length(), plan.length());
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
    if (pairs != null) {
      add(pairs, scores.extras().pairs());
    }
    if (!scores.extras().indels().isEmpty()) {
      add(scores.extras().indels());
    }
    if (begun == 1) {
      ids.append(sequence.id().getBytes(StandardCharsets.UTF_8));
      raw.append(oneHot(codes));
    }
  }

  private void add(PairMaps maps, List<Epistasis> pairs) {
    int length = plan.length();
    float[] strongest = new float[length * length];
    float[] mean = new float[length * length];
    for (Epistasis e : pairs) {
      for (int at : new int[] {e.first() * length + e.second(), e.second() * length + e.first()}) {
        strongest[at] = (float) e.strongest();
        mean[at] = (float) e.meanAbsolute();
      }
    }
    maps.strongest.append(strongest);
    maps.mean.append(mean);
  }

  private void add(List<Indel> edits) {
    int length = plan.length();
    if (indels == null) {
      indels =
          new IndelRows(
              out.dataset("indels/deletion", Hdf5Dataset.Type.FLOAT32, length),
              floats("indels/insertion"));
    }
    float[] deletion = new float[length];
    float[] insertion = new float[Dna.N * length];
    for (Indel i : edits) {
      if (i.insertion()) {
        insertion[i.base() * length + i.position()] = (float) i.effect();
      } else {
        deletion[i.position()] = (float) i.effect();
      }
    }
    indels.deletion.append(deletion);
    indels.insertion.append(insertion);
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
