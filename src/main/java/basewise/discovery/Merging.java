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
   * One motif and all that turned out to be the same.
   *
   * @param best the one with the most evidence on the training part; its sites are one per
   *     sequence, so that nothing is counted twice
   * @param origins where each of them started, the best's first
   */
  public record Group(Candidate best, List<Origin> origins) {
    /** The best once per origin, so that merging again keeps count of all of them. */
    List<Candidate> members() {
      return origins.stream().map(o -> new Candidate(o, best.counts(), best.training())).toList();
    }
  }

  /**
   * Groups motifs that are alike.
   *
   * @return the groups, most evidence first
   */
  public static List<Group> distinct(
      List<Candidate> candidates, Background background, boolean bothStrands) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(
        Comparator.comparingDouble((Candidate c) -> c.training().logPvalue())
            .thenComparing(Candidate::origin));
    List<Group> groups = new ArrayList<>();
    List<ProbabilityMatrix> matrices = new ArrayList<>();
    for (Candidate c : order) {
      ProbabilityMatrix p = c.counts().toProbabilities(Candidate.PSEUDOCOUNT, background);
      int same = -1;
      for (int i = 0; i < matrices.size() && same < 0; i++) {
        if (MotifAlignment.best(matrices.get(i), p, background, bothStrands).similarity() >= SAME) {
          same = i;
        }
      }
      if (same < 0) {
        groups.add(new Group(c, new ArrayList<>(List.of(c.origin()))));
        matrices.add(p);
      } else {
        groups.get(same).origins().add(c.origin());
      }
    }
    return groups;
  }
}
