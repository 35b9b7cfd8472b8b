package basewise.discovery;

import basewise.dataset.EnrichedWords;
import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.ProbabilityMatrix;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;

/**
 * Motifs that the words of the training sequences suggest, before any network: the most enriched
 * words and dyads, refined and merged. They start half of the network's filters, and compete with
 * what the filters become.
 */
public final class SeedMotifs {
  /** How many words of each shape start a motif: plain 8-mers, plain 6-mers, dyads per gap. */
  private static final int EIGHT_MERS = 40;

  private static final int SIX_MERS = 20;
  private static final int DYADS = 6;
  private static final int WIDEST_GAP = 12;

  /** A word stands for this many sites, of which this share agree with each letter. */
  private static final double WORD_SITES = 5;

  private static final double WORD_AGREEMENT = 0.88;

  /**
   * Log-odds in bits times this are a filter's first weights; the step size of training fits it.
   */
  private static final double WEIGHT_PER_BIT = 0.2;

  /** Log-odds below this make no lower weight: training may still change its mind. */
  private static final double LOWEST_BITS = -1.5;

  private final Contrast sequences;
  private final Background background;
  private final DiscoveryOptions options;
  private final int threads;

  SeedMotifs(Contrast sequences, Background background, DiscoveryOptions options, int threads) {
    this.sequences = sequences;
    this.background = background;
    this.options = options;
    this.threads = threads;
  }

  /** Distinct refined motifs, most training evidence first; their origins number the words. */
  List<Merging.Group> find() {
    List<Candidate> starts = new ArrayList<>();
    for (EnrichedWords.Word word : words()) {
      starts.add(Candidate.start(new Origin(Origin.Kind.WORDS, starts.size()), matrix(word)));
    }
    if (starts.isEmpty()) {
      return List.of();
    }
    return MotifFit.refined(starts, sequences, background, options, threads);
  }

  /**
   * First weights for filters: log-odds, scaled, in the middle of the filter; of a motif wider than
   * the filter, its most informative columns.
   *
   * @param most how many filters at most
   * @return [motif][filter width][4]
   */
  static List<float[][]> weights(
      List<Merging.Group> motifs, Background background, int filterWidth, int most) {
    List<float[][]> out = new ArrayList<>();
    for (Merging.Group g : motifs.subList(0, Math.min(most, motifs.size()))) {
      ProbabilityMatrix p = g.best().counts().toProbabilities(Candidate.PSEUDOCOUNT, background);
      int from = mostInformative(p, background, filterWidth);
      int width = Math.min(filterWidth, p.width());
      int at = (filterWidth - width) / 2;
      float[][] w = new float[filterWidth][4];
      for (int i = 0; i < width; i++) {
        for (int c = 0; c < 4; c++) {
          double bits = Math.log(p.at(from + i, c) / background.of(c)) / Math.log(2);
          w[at + i][c] = (float) (WEIGHT_PER_BIT * Math.max(bits, LOWEST_BITS));
        }
      }
      out.add(w);
    }
    return out;
  }

  private static int mostInformative(ProbabilityMatrix p, Background background, int width) {
    int best = 0;
    double most = -1;
    for (int from = 0; from + width <= p.width(); from++) {
      double bits = 0;
      for (int i = 0; i < width; i++) {
        bits += p.informationContent(from + i, background);
      }
      if (bits > most) {
        most = bits;
        best = from;
      }
    }
    return best;
  }

  private List<EnrichedWords.Word> words() {
    List<EnrichedWords.Word> words = new ArrayList<>();
    boolean both = options.bothStrands();
    words.addAll(
        EnrichedWords.find(sequences.positives(), sequences.negatives(), 4, 0, both, EIGHT_MERS));
    words.addAll(
        EnrichedWords.find(sequences.positives(), sequences.negatives(), 3, 0, both, SIX_MERS));
    for (int gap = 1; gap <= WIDEST_GAP; gap++) {
      words.addAll(
          EnrichedWords.find(sequences.positives(), sequences.negatives(), 3, gap, both, DYADS));
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
