package basewise.patterns;

import basewise.io.Hdf5Input;
import basewise.motif.ProbabilityMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether two sets of patterns are the same set of motifs, as issue and README define it. */
public final class SameMotifs {
  /** Patterns with so many seqlets need a partner, and are nobody's invention. */
  private static final int MANY = 40;

  private static final double ALIKE = 0.95;
  private static final double ALIKE_IF_FEW = 0.9;
  private static final double SEQLETS = 0.15;

  private SameMotifs() {}

  /** A pattern: its sign and rank, its seqlets, and its base frequencies. */
  public record Motif(String id, int seqlets, ProbabilityMatrix matrix) {
    private boolean positive() {
      return id.startsWith("pos");
    }

    @Override
    public String toString() {
      return id.replace("_patterns.pattern_", "") + " " + matrix.consensus() + " " + seqlets;
    }
  }

  /** The patterns in an HDF5 of modisco-lite's layout. */
  public static List<Motif> read(Path file) {
    List<Motif> out = new ArrayList<>();
    try (Hdf5Input in = Hdf5Input.open(file)) {
      for (SavedPattern p : SavedPattern.read(file).patterns()) {
        float[] shares = in.floats(p.id().replace('.', '/') + "/sequence");
        double[][] rows = new double[shares.length / 4][4];
        for (int i = 0; i < rows.length; i++) {
          double sum = 0;
          for (int c = 0; c < 4; c++) {
            sum += shares[4 * i + c];
          }
          for (int c = 0; c < 4; c++) {
            rows[i][c] = sum == 0 ? 0.25 : shares[4 * i + c] / sum;
          }
        }
        out.add(new Motif(p.id(), p.seqlets().size(), new ProbabilityMatrix(rows)));
      }
    }
    return out;
  }

  /** What differs, in words; empty if they are the same set. */
  public static List<String> differences(List<Motif> theirs, List<Motif> ours) {
    List<String> out = new ArrayList<>();
    for (Motif t : theirs) {
      double least = t.seqlets >= MANY ? ALIKE : ALIKE_IF_FEW;
      List<Motif> alike = alike(t, ours, least);
      if (alike.isEmpty()) {
        out.add(t + ": no partner of " + least + " among ours");
      } else {
        int n = alike.getFirst().seqlets;
        if (t.seqlets >= MANY && Math.abs(n - t.seqlets) > SEQLETS * t.seqlets) {
          out.add(t + ": ours has " + n + " seqlets");
        }
      }
    }
    for (Motif o : ours) {
      if (o.seqlets >= MANY && alike(o, theirs, ALIKE).isEmpty()) {
        out.add(o + ": modisco-lite has none like it");
      }
    }
    return out;
  }

  /** Those of the same sign that are alike, the most alike first. */
  private static List<Motif> alike(Motif m, List<Motif> others, double least) {
    return others.stream()
        .filter(o -> o.positive() == m.positive() && pearson(m.matrix, o.matrix) >= least)
        .sorted(Comparator.comparingDouble(o -> -pearson(m.matrix, o.matrix)))
        .toList();
  }

  /** Correlation of two matrices, the best over alignments of at least half of the columns. */
  public static double pearson(ProbabilityMatrix a, ProbabilityMatrix b) {
    return Math.max(
        forward(a.toArray(), b.toArray()), forward(a.toArray(), b.reverseComplement().toArray()));
  }

  private static double forward(double[][] a, double[][] b) {
    double best = -1;
    for (int o = -b.length / 2; o <= a.length / 2; o++) {
      int from = Math.max(0, o);
      int to = Math.min(a.length, o + b.length);
      double ab = 0;
      double aa = 0;
      double bb = 0;
      for (int i = from; i < to; i++) {
        for (int c = 0; c < 4; c++) {
          double x = a[i][c] - 0.25; // each column's mean
          double y = b[i - o][c] - 0.25;
          ab += x * y;
          aa += x * x;
          bb += y * y;
        }
      }
      best = Math.max(best, ab / Math.sqrt(aa * bb));
    }
    return best;
  }
}
