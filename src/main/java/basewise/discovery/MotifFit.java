package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.nn.FilterBank;
import java.util.ArrayList;
import java.util.List;

/**
 * All motifs that a trained network and its training sequences suggest: each filter's windows, the
 * most enriched words and the patterns of contributions are starting points; each is refined, and
 * those that end alike are merged.
 */
final class MotifFit {
  /** Rounds of refinement before the first merging. */
  private static final int FIRST_ROUNDS = 1;

  /** So many of what is left then go on: twice as many as can be tested. */
  private static final int GO_ON = 60;

  private final Contrast sequences;
  private final Background background;
  private final DiscoveryOptions options;
  private final int threads;

  MotifFit(Contrast sequences, Background background, DiscoveryOptions options, int threads) {
    this.sequences = sequences;
    this.background = background;
    this.options = options;
    this.threads = threads;
  }

  /**
   * Distinct refined motifs of filters and words, most training evidence first.
   *
   * @param seeds refined motifs of words, which count where filters do
   */
  List<Merging.Group> ofFilters(FilterBank filters, List<Merging.Group> seeds) {
    List<Candidate> starts = new ArrayList<>();
    addFilters(starts, filters);
    return distinct(starts, seeds);
  }

  /** The same of patterns of contributions. */
  List<Merging.Group> ofPatterns(List<PatternSource.Start> patterns) {
    List<Candidate> starts = new ArrayList<>();
    for (PatternSource.Start p : patterns) {
      addStart(starts, new Origin(Origin.Kind.ATTRIBUTIONS, p.pattern()), p.counts());
    }
    return distinct(starts, List.of());
  }

  private List<Merging.Group> distinct(List<Candidate> starts, List<Merging.Group> seeds) {
    List<Candidate> all = new ArrayList<>();
    refined(starts, sequences, background, options, threads).forEach(g -> all.addAll(g.members()));
    seeds.forEach(g -> all.add(g.best()));
    List<Merging.Group> distinct = Merging.distinct(all, background, options.bothStrands());
    return distinct.subList(0, Math.min(options.maxCandidates(), distinct.size()));
  }

  private void addFilters(List<Candidate> starts, FilterBank filters) {
    List<List<byte[]>> windows =
        new FilterMotifs(filters, sequences.positives(), threads).windows(options.rule());
    for (int f = 0; f < windows.size(); f++) {
      if (windows.get(f).size() >= options.minSites()) {
        addStart(starts, Origin.filter(f), FilterMotifs.count(windows.get(f), filters.width()));
        for (CountMatrix word : TwoWords.of(windows.get(f), filters.width(), background)) {
          addStart(starts, Origin.filter(f), word);
        }
      }
    }
  }

  /**
   * Refines starting points and merges those that end alike. Many soon run to the same motif, so
   * they are merged after the first rounds already, and only one of each goes on.
   */
  static List<Merging.Group> refined(
      List<Candidate> starts,
      Contrast sequences,
      Background background,
      DiscoveryOptions options,
      int threads) {
    if (starts.isEmpty()) {
      return List.of();
    }
    boolean both = options.bothStrands();
    Refinement.Options whole = options.refinement();
    int first = Math.min(FIRST_ROUNDS, whole.rounds());
    List<Merging.Group> rough =
        Merging.distinct(
            new Refinement(sequences, background, both, whole.withRounds(first), threads)
                .refine(starts),
            background,
            both);
    rough = rough.subList(0, Math.min(GO_ON, rough.size()));
    List<Candidate> sharp =
        new Refinement(
                sequences, background, both, whole.withRounds(whole.rounds() - first), threads)
            .refine(rough.stream().map(Merging.Group::best).toList());
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < sharp.size(); i++) {
      if (sharp.get(i).training().positivesWith() >= 2) {
        all.addAll(new Merging.Group(sharp.get(i), rough.get(i).origins()).members());
      }
    }
    return Merging.distinct(all, background, both);
  }

  private void addStart(List<Candidate> starts, Origin origin, CountMatrix counts) {
    CountMatrix trimmed = Refinement.fitEnds(counts.toArray(), background, options.refinement());
    if (trimmed != null) {
      starts.add(Candidate.start(origin, trimmed));
    }
  }
}
