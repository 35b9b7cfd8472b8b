package basewise.cli;

import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.dataset.Example;
import basewise.discovery.PatternSource;
import basewise.nn.MotifModel;
import basewise.nn.kernel.Workers;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.PatternFinder;
import basewise.patterns.PatternOptions;
import basewise.patterns.ScoredSequences;
import basewise.report.PatternFiles;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a trained network: DeepSHAP's hypothetical scores of positives, as {@code
 * attribute} makes them, and what {@code patterns} finds in them.
 */
final class AttributedPatterns implements PatternSource {
  /** As few seqlets as a pattern needs: what comes of them is judged on held-out data. */
  private static final int SEQLETS = PatternOptions.SUPPORT;

  private final PatternOptions options;
  private final long seed;
  private volatile @Nullable Explained whole;

  AttributedPatterns(boolean bothStrands, long seed) {
    PatternOptions d = PatternOptions.DEFAULTS;
    options =
        d.withSeqlets(SEQLETS, d.maxSeqlets())
            .withRuns(d.runs(), seed)
            .with(d.rule(), bothStrands, d.firstSeqlets());
    this.seed = seed;
  }

  /**
   * The scores of some positives, and the patterns in them.
   *
   * @param positives the rows of {@code data}
   */
  record Explained(List<Example> positives, ScoredSequences data, FoundPatterns found) {}

  /** Of the network that was trained first; null before it was asked for. */
  @Nullable Explained whole() {
    return whole;
  }

  @Override
  public List<Start> find(int fold, MotifModel model, List<Example> positives, int threads) {
    int own = fold == WHOLE ? threads : 1; // folds run side by side
    ScoredSequences data = explain(model, positives, own);
    if (data == null) {
      return List.of();
    }
    FoundPatterns found = PatternFinder.find(data, options, own);
    if (fold == WHOLE) {
      whole = new Explained(positives, data, found);
    }
    List<Start> starts = new ArrayList<>();
    for (FoundPattern p : found.positive()) {
      starts.add(new Start(p.rank(), PatternFiles.counts(p)));
    }
    return starts;
  }

  /**
   * Scores of the middle of each sequence; short ones get unknown bases at both ends, since a
   * pattern needs room.
   *
   * @return null if no base contributes anything
   */
  private @Nullable ScoredSequences explain(
      MotifModel model, List<Example> positives, int threads) {
    if (positives.isEmpty()) {
      return null;
    }
    int width = positives.getFirst().codes().length;
    int length =
        Math.max(
            Math.max(options.patternLength(), options.seqletLength() + 1),
            Math.min(width, PatternOptions.WINDOW));
    int offset = Math.floorDiv(width, 2) - length / 2;
    byte[][] codes = new byte[positives.size()][length];
    float[][] scores = new float[positives.size()][4 * length];
    Attributor attributor =
        new Attributor(
            model,
            Target.of(0),
            AttributionOptions.defaults().toBuilder().seed(seed).build());
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          codes.length,
          i -> {
            byte[] from = positives.get(i).codes();
            float[] all = attributor.explain(Method.DEEPSHAP, from, i).scores();
            for (int p = 0; p < length; p++) {
              int at = offset + p;
              boolean inside = at >= 0 && at < from.length;
              codes[i][p] = inside ? from[at] : Dna.N;
              if (inside) {
                System.arraycopy(all, 4 * at, scores[i], 4 * p, 4);
              }
            }
          });
    }
    boolean any = false;
    for (int i = 0; i < codes.length && !any; i++) {
      for (int p = 0; p < length && !any; p++) {
        any = codes[i][p] != Dna.N && scores[i][4 * p + codes[i][p]] != 0;
      }
    }
    return any ? new ScoredSequences(codes, scores, offset, width) : null;
  }
}
