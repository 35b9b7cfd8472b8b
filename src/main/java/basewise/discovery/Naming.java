package basewise.discovery;

import basewise.dataset.Example;
import basewise.motif.Motif;
import basewise.motif.MotifAlignment;
import basewise.motif.ProbabilityMatrix;
import basewise.scan.BestSites;
import basewise.stats.FalseDiscovery;
import basewise.stats.LogValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Judged motifs get their rank, their name, their sites and what is to be said of them. */
final class Naming {
  private final Setting setting;

  Naming(Setting setting) {
    this.setting = setting;
  }

  Discovery.Result name(List<HeldOutTest.Judged> judged, boolean small) {
    List<DiscoveredMotif> found = new ArrayList<>();
    List<DiscoveredMotif> rejected = new ArrayList<>();
    List<Example> positives = setting.data().examples().stream().filter(Example::positive).toList();
    BestSites.Found all =
        judged.isEmpty()
            ? null
            : setting
                .sites(judged.stream().map(j -> j.group().best()).toList())
                .find(positives.stream().map(Example::codes).toList(), setting.threads());
    double[] logQ =
        FalseDiscovery.logQvalues(
            judged.stream().mapToDouble(j -> j.heldOut().logPvalue()).toArray());
    double limit = Math.log(setting.options().maxEvalue());
    for (int i = 0; i < judged.size(); i++) {
      HeldOutTest.Judged j = judged.get(i);
      double logE = j.heldOut().logPvalue() + Math.log(judged.size());
      boolean passes = logE < limit;
      int rank = 1 + (passes ? found : rejected).size();
      String id = (passes ? "motif_" : "rejected_") + rank;
      Candidate c = j.group().best();
      ProbabilityMatrix p = setting.matrix(c);
      Motif motif =
          new Motif(
              id,
              p.consensus(),
              p,
              OptionalDouble.of(c.counts().sites()),
              OptionalDouble.of(Double.parseDouble(LogValue.ofLn(logE).toString())),
              c.counts(),
              Map.of());
      List<Site> sites = all == null ? List.of() : sites(id, c, positives, all, i);
      DiscoveredMotif made =
          new DiscoveredMotif(
              rank,
              motif,
              c,
              j.heldOut(),
              j.auroc(),
              logE,
              logQ[i],
              j.influence(),
              j.copies(),
              sites,
              List.copyOf(j.group().origins()),
              notes(j, p, sites, found));
      (passes ? found : rejected).add(made);
    }
    return new Discovery.Result(
        found,
        rejected,
        judged.size(),
        small,
        setting.background(),
        setting.options().bothStrands());
  }

  private List<Site> sites(
      String id, Candidate c, List<Example> positives, BestSites.Found found, int motif) {
    List<Site> out = new ArrayList<>();
    for (int i = 0; i < positives.size(); i++) {
      if (found.score(i, motif) >= c.training().threshold()) {
        int start = found.start(i, motif);
        out.add(
            new Site(
                id,
                positives.get(i),
                start,
                start + c.counts().width(),
                found.strand(i, motif),
                found.score(i, motif)));
      }
    }
    return out;
  }

  private List<String> notes(
      HeldOutTest.Judged j, ProbabilityMatrix p, List<Site> sites, List<DiscoveredMotif> better) {
    List<String> notes = new ArrayList<>();
    if (j.repeat()) {
      notes.add(
          "repeat element: %.0f %% of its sites lie in copies of one another"
              .formatted(100 * j.copies()));
    }
    for (DiscoveredMotif m : better) {
      ProbabilityMatrix q = setting.matrix(m.candidate());
      MotifAlignment a =
          MotifAlignment.best(q, p, setting.background(), setting.options().bothStrands());
      if (a.containment() >= Merging.PART) {
        notes.add((p.width() <= q.width() ? "part of " : "contains ") + m.motif().id());
      } else {
        double shared = shared(sites, m.sites());
        if (shared >= 0.5) {
          notes.add("%.0f %% of its sites overlap %s".formatted(100 * shared, m.motif().id()));
        }
      }
    }
    return notes;
  }

  /** Share of some sites that overlap others by at least half of the narrower. */
  private static double shared(List<Site> sites, List<Site> others) {
    Set<String> places = new HashSet<>();
    for (Site s : others) {
      for (int i = s.start(); i < s.end(); i++) {
        places.add(s.example().id() + " " + i);
      }
    }
    int shared = 0;
    for (Site s : sites) {
      int n = 0;
      for (int i = s.start(); i < s.end(); i++) {
        n += places.contains(s.example().id() + " " + i) ? 1 : 0;
      }
      int narrower =
          Math.min(
              s.end() - s.start(),
              others.isEmpty() ? 1 : others.getFirst().end() - others.getFirst().start());
      shared += 2 * n >= narrower ? 1 : 0;
    }
    return sites.isEmpty() ? 0 : (double) shared / sites.size();
  }
}
