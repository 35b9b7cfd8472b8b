package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.motif.Background;
import basewise.motif.ProbabilityMatrix;
import basewise.nn.MotifModel;
import basewise.scan.BestSites;
import basewise.stats.Hypergeometric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every step of one discovery shares.
 *
 * @param data the dataset
 * @param options how filters become motifs
 * @param seed of folds and further shuffles
 * @param threads worker threads
 * @param background the positives' base composition
 * @param test prepared for all sequences of the dataset and their further shuffles
 * @param patterns finds those of contributions; null: none is asked
 */
record Setting(
    Dataset data,
    DiscoveryOptions options,
    long seed,
    int threads,
    Background background,
    Hypergeometric test,
    @Nullable PatternSource patterns) {
  /** More sequences of a kind than this do not sharpen a motif; all are counted in the end. */
  private static final int SAMPLE = 8000;

  /** Patterns are found in the contributions of so many positives. */
  private static final int EXPLAINED = 5000;

  static Setting of(Dataset data, DiscoveryOptions options, long seed, int threads) {
    Background composition =
        Background.ofSequences(
            "positives",
            data.examples().stream().filter(Example::positive).map(Example::codes).toList());
    return new Setting(
        data,
        options,
        seed,
        threads,
        options.bothStrands() ? composition.bothStrands() : composition,
        new Hypergeometric(Contrast.most(data)),
        null);
  }

  /** This, asking for patterns. */
  Setting with(PatternSource source) {
    return new Setting(data, options, seed, threads, background, test, source);
  }

  /** Some examples as sequences to tell apart. */
  Contrast contrast(List<Example> examples) {
    return Contrast.of(data, examples, seed);
  }

  List<Merging.Group> seeds(List<Example> examples) {
    return new SeedMotifs(contrast(examples).sample(SAMPLE), background, options, threads).find();
  }

  /**
   * Motifs of filters, seeds and patterns; of a large set, made from a sample and counted on all.
   * Those of filters and those of patterns are made apart, each as if there were no others, and
   * then merged.
   *
   * @param fold which fold the model never saw, or {@link PatternSource#WHOLE}
   */
  List<Merging.Group> fit(
      int fold, List<Example> examples, MotifModel model, List<Merging.Group> seeds) {
    Contrast all = contrast(examples);
    Contrast sample = all.sample(SAMPLE);
    MotifFit fit = new MotifFit(sample, background, options, threads);
    List<Merging.Group> filters =
        options.from().filters()
            ? counted(all, sample, fit.ofFilters(model.filters(), seeds))
            : List.of();
    if (patterns == null || !options.from().attributions()) {
      return filters;
    }
    List<Example> positives = examples.stream().filter(Example::positive).toList();
    List<Merging.Group> found =
        counted(
            all,
            sample,
            fit.ofPatterns(
                patterns.find(fold, model, Contrast.every(positives, EXPLAINED), threads)));
    List<Merging.Group> both = distinct(Stream.concat(filters.stream(), found.stream()).toList());
    return both.subList(0, Math.min(options.maxCandidates(), both.size()));
  }

  /** Motifs made from a sample, counted on all. */
  private List<Merging.Group> counted(Contrast all, Contrast sample, List<Merging.Group> groups) {
    if (sample == all || groups.isEmpty()) {
      return groups;
    }
    List<Candidate> counted =
        new Refinement(all, background, options.bothStrands(), options.refinement(), threads)
            .refine(groups.stream().map(Merging.Group::best).toList());
    List<Merging.Group> out = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      out.add(new Merging.Group(counted.get(i), groups.get(i).origins()));
    }
    return distinct(out);
  }

  /** Groups anew: of two that are alike the one with more training evidence speaks for both. */
  private List<Merging.Group> distinct(List<Merging.Group> groups) {
    List<Candidate> members = groups.stream().flatMap(g -> g.members().stream()).toList();
    return Merging.distinct(members, background, options.bothStrands());
  }

  BestSites sites(List<Candidate> candidates) {
    return BestSites.of(
        candidates.stream().map(c -> c.scores(background)).toList(), options.bothStrands());
  }

  ProbabilityMatrix matrix(Candidate c) {
    return c.counts().toProbabilities(Candidate.PSEUDOCOUNT, background);
  }
}
