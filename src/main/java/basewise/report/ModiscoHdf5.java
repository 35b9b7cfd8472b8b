package basewise.report;

import basewise.io.Hdf5Dataset;
import basewise.io.Hdf5Output;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.Pattern;
import basewise.patterns.SavedPattern;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Seqlet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Patterns in the HDF5 that modisco-lite 3.0.0 writes and that its {@code report} and {@code meme},
 * and Fi-NeMo, read: groups {@code pos_patterns} and {@code neg_patterns}, of each pattern {@code
 * sequence}, {@code contrib_scores} and {@code hypothetical_contribs} [length, 4], its seqlets
 * (with places in the window that was used), and subpatterns likewise. A sign without patterns has
 * no group.
 */
public final class ModiscoHdf5 {
  private final ScoredSequences data;
  private final Hdf5Output out;

  private ModiscoHdf5(ScoredSequences data, Hdf5Output out) {
    this.data = data;
    this.out = out;
  }

  /**
   * Writes patterns.
   *
   * @param beside may run a part of the work
   */
  public static void write(Path file, ScoredSequences data, FoundPatterns found, Executor beside) {
    try (Hdf5Output out = Hdf5Output.to(file, beside)) {
      out.attribute(SavedPattern.WINDOW, data.length());
      ModiscoHdf5 writer = new ModiscoHdf5(data, out);
      for (FoundPattern p : found.all()) {
        String group = p.group() + "/pattern_" + p.rank();
        writer.pattern(group, p.pattern());
        for (int i = 0; i < p.subpatterns().size(); i++) {
          writer.pattern(group + "/subpattern_" + i, p.subpatterns().get(i));
        }
      }
      out.seal();
      out.commit();
    }
  }

  private void pattern(String group, Pattern p) {
    matrix(group + "/sequence", p.sequence());
    matrix(group + "/contrib_scores", p.contributions());
    matrix(group + "/hypothetical_contribs", p.hypothetical());
    String seqlets = group + "/seqlets/";
    List<Seqlet> all = p.seqlets();
    int n = all.size();
    out.datasetOf(seqlets + "n_seqlets", Hdf5Dataset.Type.INT64, 1).append(n);
    Hdf5Dataset start = out.datasetOf(seqlets + "start", Hdf5Dataset.Type.INT64, n);
    Hdf5Dataset end = out.datasetOf(seqlets + "end", Hdf5Dataset.Type.INT64, n);
    Hdf5Dataset example = out.datasetOf(seqlets + "example_idx", Hdf5Dataset.Type.INT64, n);
    Hdf5Dataset reverse = out.datasetOf(seqlets + "is_revcomp", Hdf5Dataset.Type.BOOLEAN, n);
    Hdf5Dataset sequence = rows(seqlets + "sequence", p);
    Hdf5Dataset scores = rows(seqlets + "contrib_scores", p);
    // Four different floats a position: a third shorter if deflated, for most of the time.
    Hdf5Dataset hypothetical = rows(seqlets + "hypothetical_contribs", p).plain();
    for (Seqlet s : all) {
      start.append(s.start());
      end.append(s.end());
      example.append(data.row(s.sequence()));
      reverse.append(s.reverse());
      sequence.append(oneHot(data.codes(s)));
      scores.append(data.contributions(s));
      hypothetical.append(data.hypothetical(s));
    }
  }

  private static float[] oneHot(byte[] codes) {
    float[] out = new float[4 * codes.length];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 4) {
        out[4 * i + codes[i]] = 1;
      }
    }
    return out;
  }

  private Hdf5Dataset rows(String name, Pattern p) {
    return out.datasetOf(name, Hdf5Dataset.Type.FLOAT32, p.size(), p.length(), 4);
  }

  private void matrix(String name, double[] numbers) {
    int length = numbers.length / 4;
    Hdf5Dataset dataset = out.datasetOf(name, Hdf5Dataset.Type.FLOAT32, length, 4);
    for (int i = 0; i < length; i++) {
      float[] row = new float[4];
      for (int c = 0; c < 4; c++) {
        row[c] = (float) numbers[4 * i + c];
      }
      dataset.append(row);
    }
  }
}
