package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.nn.FilterBank;
import java.util.ArrayList;
import java.util.List;

/**
 * All motifs that a trained network and its training sequences suggest: each filter's windows and
 * the most enriched words are starting points; each is refined, and those that end alike are
 * merged.
 */
final class MotifFit {
  private final List<byte[]> positives;
  private final List<byte[]> negatives;
  private final Background background;
  private final DiscoveryOptions options;
  private final int threads;

  MotifFit(
      List<byte[]> positives,
      List<byte[]> negatives,
      Background background,
      DiscoveryOptions options,
      int threads) {
    this.positives = positives;
    this.negatives = negatives;
    this.background = background;
    this.options = options;
    this.threads = threads;
  }

  /**
   * Distinct refined motifs, most training evidence first; origins below the number of filters are
   * filters.
   */
  List<Merging.Group> fit(FilterBank filters, List<Merging.Group> seeds) {
    List<Candidate> starts = new ArrayList<>();
    List<CountMatrix> counts = new FilterMotifs(filters, positives, threads).count(options.rule());
    for (int f = 0; f < counts.size(); f++) {
      CountMatrix c = counts.get(f);
      if (c.sites() >= options.minSites()) {
        CountMatrix trimmed = Refinement.fitEnds(c.toArray(), background, options.refinement());
        if (trimmed != null) {
          starts.add(Candidate.start(f, trimmed));
        }
      }
    }
    List<Candidate> refined = new ArrayList<>();
    if (!starts.isEmpty()) {
      refined.addAll(
          new Refinement(
                  positives,
                  negatives,
                  background,
                  options.bothStrands(),
                  options.refinement(),
                  threads)
              .refine(starts));
    }
    for (Merging.Group g : seeds) {
      Candidate c = g.best();
      refined.add(new Candidate(filters.filters() + c.origin(), c.counts(), c.training()));
    }
    List<Candidate> enriched =
        refined.stream().filter(c -> c.training().positivesWith() >= 2).toList();
    List<Merging.Group> distinct = Merging.distinct(enriched, background, options.bothStrands());
    return distinct.subList(0, Math.min(options.maxCandidates(), distinct.size()));
  }
}
