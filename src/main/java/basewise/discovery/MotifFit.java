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
    List<List<byte[]>> windows =
        new FilterMotifs(filters, positives, threads).windows(options.rule());
    for (int f = 0; f < windows.size(); f++) {
      if (windows.get(f).size() >= options.minSites()) {
        addStart(starts, f, FilterMotifs.count(windows.get(f), filters.width()));
        for (CountMatrix word : TwoWords.of(windows.get(f), filters.width(), background)) {
          addStart(starts, f, word);
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

  private void addStart(List<Candidate> starts, int filter, CountMatrix counts) {
    CountMatrix trimmed = Refinement.fitEnds(counts.toArray(), background, options.refinement());
    if (trimmed != null) {
      starts.add(Candidate.start(filter, trimmed));
    }
  }
}
