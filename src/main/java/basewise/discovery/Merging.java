package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.MotifAlignment;
import basewise.motif.ProbabilityMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Filters learn the same motif again and again, shifted or turned: one of each kind stays. */
public final class Merging {
  /** From this similarity on two motifs are the same one; see {@link MotifAlignment}. */
  public static final double SAME = 0.80;

  /** From this containment on the narrower motif is a part of the wider. */
  public static final double PART = 0.85;

  private Merging() {}

  /**
   * Keeps, of motifs that are alike, the one with the most evidence on the training part.
   *
   * @return the survivors, most evidence first
   */
  public static List<Candidate> distinct(
      List<Candidate> candidates, Background background, boolean bothStrands) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(
        Comparator.comparingDouble((Candidate c) -> c.training().logPvalue())
            .thenComparingInt(Candidate::origin));
    List<Candidate> kept = new ArrayList<>();
    List<ProbabilityMatrix> matrices = new ArrayList<>();
    for (Candidate c : order) {
      ProbabilityMatrix p = c.counts().toProbabilities(Candidate.PSEUDOCOUNT, background);
      boolean isNew = true;
      for (ProbabilityMatrix m : matrices) {
        if (MotifAlignment.best(m, p, background, bothStrands).similarity() >= SAME) {
          isNew = false;
          break;
        }
      }
      if (isNew) {
        kept.add(c);
        matrices.add(p);
      }
    }
    return kept;
  }
}
