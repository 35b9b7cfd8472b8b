package basewise.discovery;

import basewise.dataset.EnrichedWords;
import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.nn.FilterBank;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;

/**
 * All motifs that a trained network and its training sequences suggest: each filter's windows and
 * the most enriched words are starting points; each is refined, and those that end alike are
 * merged.
 */
final class MotifFit {
  /** How many words of each shape start a motif: plain 8-mers, plain 6-mers, dyads per gap. */
  private static final int EIGHT_MERS = 40;

  private static final int SIX_MERS = 20;
  private static final int DYADS = 6;
  private static final int WIDEST_GAP = 12;

  /** A word stands for this many sites, of which this share agree with each letter. */
  private static final double WORD_SITES = 5;

  private static final double WORD_AGREEMENT = 0.88;

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
  List<Merging.Group> fit(FilterBank filters) {
    List<Candidate> starts = new ArrayList<>();
    List<CountMatrix> counts = new FilterMotifs(filters, positives, threads).count(options.rule());
    for (int f = 0; f < counts.size(); f++) {
      CountMatrix c = counts.get(f);
      if (c.sites() >= options.minSites()) {
        CountMatrix trimmed = Refinement.fitEnds(c.toArray(), background, options.refinement());
        if (trimmed != null) {
          starts.add(start(f, trimmed));
        }
      }
    }
    for (EnrichedWords.Word word : words()) {
      starts.add(start(filters.filters() + starts.size(), matrix(word)));
    }
    if (starts.isEmpty()) {
      return List.of();
    }
    List<Candidate> refined =
        new Refinement(
                positives,
                negatives,
                background,
                options.bothStrands(),
                options.refinement(),
                threads)
            .refine(starts);
    List<Candidate> enriched =
        refined.stream().filter(c -> c.training().positivesWith() >= 2).toList();
    List<Merging.Group> distinct = Merging.distinct(enriched, background, options.bothStrands());
    return distinct.subList(0, Math.min(options.maxCandidates(), distinct.size()));
  }

  private static Candidate start(int origin, CountMatrix counts) {
    return new Candidate(origin, counts, new Presence(0, 0, 0, 0, 0, 0));
  }

  private List<EnrichedWords.Word> words() {
    List<EnrichedWords.Word> words = new ArrayList<>();
    boolean both = options.bothStrands();
    words.addAll(EnrichedWords.find(positives, negatives, 4, 0, both, EIGHT_MERS));
    words.addAll(EnrichedWords.find(positives, negatives, 3, 0, both, SIX_MERS));
    for (int gap = 1; gap <= WIDEST_GAP; gap++) {
      words.addAll(EnrichedWords.find(positives, negatives, 3, gap, both, DYADS));
    }
    return words;
  }

  private CountMatrix matrix(EnrichedWords.Word word) {
    double[][] c = new double[word.codes().length][4];
    for (int i = 0; i < c.length; i++) {
      for (int b = 0; b < 4; b++) {
        if (word.codes()[i] == Dna.N) {
          c[i][b] = WORD_SITES * background.of(b);
        } else {
          c[i][b] = WORD_SITES * (word.codes()[i] == b ? WORD_AGREEMENT : (1 - WORD_AGREEMENT) / 3);
        }
      }
    }
    return new CountMatrix(c);
  }
}
