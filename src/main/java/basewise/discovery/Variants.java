package basewise.discovery;

import basewise.scan.BestSites;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of judged motifs. Held-out evidence decides. Where it does not, because ln p of two
 * motifs is equal to a tenth, the one whose silencing costs the network more held-out loss is
 * first. Of motifs that sit on the same sites the one that fits the training part best speaks
 * first: which of them does best on a small held-out part is mostly luck. Copies of repeats come
 * last.
 */
final class Variants {
  /** Evidence that is this share of the best says the same. */
  private static final double AS_GOOD = 0.9;

  private Variants() {}

  /**
   * By held-out evidence, no variant before its leader, repeats behind all others.
   *
   * @param leader of each motif, itself if it is no variant
   */
  static List<HeldOutTest.Judged> order(List<HeldOutTest.Judged> judged, int[] leader) {
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      sorted.add(i);
    }
    Comparator<Integer> evidence =
        Comparator.<Integer, Boolean>comparing(i -> judged.get(i).repeat())
            .thenComparingDouble(i -> judged.get(i).heldOut().logPvalue())
            .thenComparingDouble(i -> -judged.get(i).auroc())
            .thenComparingInt(i -> i);
    sorted.sort(evidence);
    List<Integer> order = new ArrayList<>();
    while (!sorted.isEmpty()) {
      HeldOutTest.Judged best = judged.get(sorted.getFirst());
      int next = 0;
      for (int k = 1; k < sorted.size(); k++) {
        HeldOutTest.Judged other = judged.get(sorted.get(k));
        if (other.repeat() == best.repeat()
            && other.heldOut().logPvalue() <= AS_GOOD * best.heldOut().logPvalue()
            && other.influence() > judged.get(sorted.get(next)).influence()) {
          next = k;
        }
      }
      order.add(sorted.remove(next));
    }
    List<HeldOutTest.Judged> out = new ArrayList<>();
    boolean[] taken = new boolean[judged.size()];
    for (int i : order) {
      if (!taken[leader[i]]) {
        taken[leader[i]] = true;
        out.add(judged.get(leader[i]));
      }
      if (!taken[i]) {
        taken[i] = true;
        out.add(judged.get(i));
      }
    }
    return out;
  }

  /** Share of the second motif's sites that overlap the first's by half of the narrower. */
  static double overlap(
      List<Merging.Group> groups, BestSites.Found found, int sequences, int first, int second) {
    Candidate a = groups.get(first).best();
    Candidate b = groups.get(second).best();
    int narrower = Math.min(a.counts().width(), b.counts().width());
    int sites = 0;
    int shared = 0;
    for (int s = 0; s < sequences; s++) {
      if (found.score(s, second) < b.training().threshold()) {
        continue;
      }
      sites++;
      if (found.score(s, first) >= a.training().threshold()) {
        int start = Math.max(found.start(s, first), found.start(s, second));
        int end =
            Math.min(
                found.start(s, first) + a.counts().width(),
                found.start(s, second) + b.counts().width());
        shared += 2 * (end - start) >= narrower ? 1 : 0;
      }
    }
    return sites == 0 ? 0 : (double) shared / sites;
  }
}
