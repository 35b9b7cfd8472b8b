package basewise.cli;

import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.compare.Match;
import basewise.dataset.Example;
import basewise.discovery.PatternSource;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.nn.MotifModel;
import basewise.nn.kernel.Workers;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.PatternFinder;
import basewise.patterns.PatternOptions;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Spacing;
import basewise.patterns.Spacings;
import basewise.patterns.hits.Recall;
import basewise.report.MotifEntry;
import basewise.report.PatternFiles;
import basewise.report.PatternReport;
import basewise.report.ScoredRegions;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a trained network: DeepSHAP's hypothetical scores of positives, as {@code
 * attribute} makes them, and what {@code patterns --seqlets recursive} finds in them: in few
 * sequences too few windows of one width are surely above chance, but spans of any length are.
 * Where these give no pattern, all windows count that are any more than chance, at most the
 * strongest fifth, as much as TF-MoDISco ever takes: what comes of them is judged on held-out data.
 */
final class AttributedPatterns implements PatternSource {
  /** As few seqlets as a pattern needs. */
  private static final int SEQLETS = PatternOptions.SUPPORT;

  private final PatternOptions options;
  private final long seed;
  private volatile @Nullable Explained whole;

  AttributedPatterns(boolean bothStrands, long seed) {
    PatternOptions d = PatternOptions.DEFAULTS;
    options =
        d.withSeqlets(SEQLETS, d.maxSeqlets())
            .withRuns(d.runs(), seed)
            .with(PatternOptions.Rule.RECURSIVE, bothStrands, d.firstSeqlets());
    this.seed = seed;
  }

  /**
   * Writes what {@code patterns} writes of the network that was trained first, and says what the
   * report does; nothing and null if it was not asked for.
   *
   * @param motifs that were found
   */
  @Nullable PatternReport write(
      List<Motif> known, List<MotifEntry> motifs, Path folder, int threads) {
    Explained all = whole;
    if (all == null) {
      return null;
    }
    FoundPatterns found = all.found();
    List<List<Match>> matches =
        KnownOptions.matches(PatternFiles.motifs(found), Background.UNIFORM, known, threads).kept();
    List<Spacing> spacing = Spacings.of(all.data(), found, options, threads);
    PatternFiles.write(
        folder,
        all.data(),
        places(all.positives()),
        found,
        () -> matches,
        List.of(),
        spacing,
        Runnable::run);
    return PatternReport.of(all.positives(), all.data(), found, matches, motifs, spacing);
  }

  private static ScoredRegions places(List<Example> positives) {
    List<Recall.Place> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Example e : positives) {
      Interval place = e.place();
      if (place == null) {
        return ScoredRegions.unknown(positives.size());
      }
      places.add(new Recall.Place(place.contig(), place.start()));
      names.add(e.id());
    }
    return new ScoredRegions(places, names, true);
  }

  /**
   * The scores of some positives, and the patterns in them.
   *
   * @param positives the rows of {@code data}
   */
  private record Explained(List<Example> positives, ScoredSequences data, FoundPatterns found) {}

  @Override
  public List<Start> find(int fold, MotifModel model, List<Example> positives, int threads) {
    int own = fold == WHOLE ? threads : 1; // folds run side by side
    ScoredSequences data = explain(model, positives, own);
    if (data == null) {
      return List.of();
    }
    FoundPatterns found = patterns(data, own);
    if (fold == WHOLE) {
      whole = new Explained(positives, data, found);
    }
    List<Start> starts = new ArrayList<>();
    for (FoundPattern p : found.positive()) {
      starts.add(new Start(p.rank(), PatternFiles.counts(p)));
    }
    return starts;
  }

  private FoundPatterns patterns(ScoredSequences data, int threads) {
    FoundPatterns found = PatternFinder.find(data, options, threads);
    PatternOptions weak =
        options
            .with(PatternOptions.Rule.WINDOWS, options.bothStrands(), options.firstSeqlets())
            .withFdr(1);
    return found.positive().isEmpty() ? PatternFinder.find(data, weak, threads) : found;
  }

  /**
   * Scores of the middle of each sequence, with unknown bases at both ends: a pattern is wider than
   * a motif, and what lies near an end would not be part of any if it had to fit.
   *
   * @return null if no base contributes anything
   */
  private @Nullable ScoredSequences explain(
      MotifModel model, List<Example> positives, int threads) {
    if (positives.isEmpty()) {
      return null;
    }
    int width = positives.getFirst().codes().length;
    int used = Math.min(width, PatternOptions.WINDOW);
    int room = options.patternLength() - options.edges();
    int length = used + 2 * room;
    int offset = width / 2 - used / 2 - room;
    byte[][] codes = new byte[positives.size()][length];
    float[][] scores = new float[positives.size()][4 * length];
    Attributor attributor =
        new Attributor(
            model, Target.of(0), AttributionOptions.defaults().toBuilder().seed(seed).build());
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          codes.length,
          i -> {
            byte[] from = positives.get(i).codes();
            float[] all = attributor.explain(Method.DEEPSHAP, from, i).scores();
            for (int p = 0; p < length; p++) {
              int at = offset + p;
              boolean inside = p >= room && p < length - room;
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
