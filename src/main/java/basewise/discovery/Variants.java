package basewise.discovery;

import basewise.scan.BestSites;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of judged motifs. Evidence decides, but of motifs that sit on the same sites the one
 * that fits the training part best speaks first: which of them does best on a small held-out part
 * is mostly luck. Copies of repeats come last.
 */
final class Variants {
  private Variants() {}

  /** By held-out evidence, no variant before its leader, repeats behind all others. */
  static List<HeldOutTest.Judged> order(List<HeldOutTest.Judged> judged, int[] leader) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      order.add(i);
    }
    Comparator<Integer> evidence =
        Comparator.<Integer, Boolean>comparing(i -> judged.get(i).repeat())
            .thenComparingDouble(i -> judged.get(i).heldOut().logPvalue())
            .thenComparingDouble(i -> -judged.get(i).auroc())
            .thenComparingInt(i -> i);
    order.sort(evidence);
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
