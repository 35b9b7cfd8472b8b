package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.DiscoveryOptions;
import basewise.discovery.GivenMotifs;
import basewise.io.InputException;
import basewise.motif.CountMatrix;
import basewise.patterns.FoundPatterns;
import basewise.patterns.PatternFinder;
import basewise.patterns.PatternOptions;
import basewise.patterns.ScoredSequences;
import basewise.patterns.hits.Recall;
import basewise.report.PatternEvidence;
import basewise.report.PatternFiles;
import basewise.report.ScoredRegions;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Patterns and the evidence for them: they are found in some rows and judged on others, against
 * negatives. Patterns that raise the output are looked for among the positives more than among the
 * negatives, those that lower it the other way round.
 */
final class PatternTrial {
  private static final int FOLDS = DiscoveryOptions.DEFAULT.folds();

  private final ScoredSequences rows;
  private final PatternOptions options;
  private final long seed;
  private final int threads;

  /**
   * The distinct rows and negatives; the index in it of each row, or of the row that it repeats.
   */
  private final Dataset all;

  private final int[] example;

  /** The part of each example; null for cross-validation. */
  private final Part @Nullable [] parts;

  /**
   * What came of it.
   *
   * @param data the rows that patterns were found in
   * @param evidence of each of {@link FoundPatterns#all()}
   */
  record Outcome(ScoredSequences data, FoundPatterns found, List<PatternEvidence> evidence) {}

  /**
   * Prepares.
   *
   * @param negatives what to judge against
   */
  PatternTrial(
      ScoredSequences rows,
      ScoredRegions places,
      PatternOptions options,
      EnrichmentOptions negatives,
      CommonOptions common) {
    this.rows = rows;
    this.options = options;
    seed = common.seed;
    threads = common.threads;
    example = new int[rows.count()];
    BitSet heldOut = negatives.heldOut(rows.count());
    List<Example> examples = positives(places);
    int positives = examples.size();
    List<byte[]> given = negatives.negatives(rows.length());
    if (given == null) {
      addShuffles(examples);
    } else {
      addNegatives(examples, given);
    }
    if (examples.size() == positives) {
      throw new InputException(
          negatives.name(), "has no sequence that is not among the rows", "give other negatives");
    }
    all = new Dataset(rows.length(), List.of("label"), examples, Map.of());
    parts =
        heldOut == null && positives < DiscoveryOptions.DEFAULT.smallSet() ? null : parts(heldOut);
  }

  private static ByteBuffer key(byte[] codes) {
    byte[] other = Dna.reverseComplement(codes);
    return ByteBuffer.wrap(Arrays.compare(codes, other) <= 0 ? codes : other);
  }

  /** Distinct rows, in the order of their content. */
  private List<Example> positives(ScoredRegions places) {
    Map<ByteBuffer, Integer> known = new HashMap<>();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < example.length; i++) {
      byte[] codes = rows.codes(i);
      int next = examples.size();
      example[i] = known.computeIfAbsent(key(codes), k -> next);
      if (example[i] == next) {
        Recall.Place place = places.places().get(rows.row(i));
        int start = place.start() + rows.offset();
        Interval lies =
            places.known() && start >= 0
                ? new Interval(place.contig(), start, start + rows.length())
                : null;
        examples.add(
            new Example("row_" + rows.row(i), lies, codes, new float[] {1}, Part.TRAIN, -1));
      }
    }
    return examples;
  }

  private void addShuffles(List<Example> examples) {
    int positives = examples.size();
    for (int i = 0; i < positives; i++) {
      byte[] codes = examples.get(i).codes();
      byte[] shuffled =
          DinucleotideShuffle.shuffleUnlike(
              codes, Seeds.generator(Seeds.hash(seed, codes, codes.length), 0));
      if (shuffled != null) {
        String id = examples.get(i).id() + "_shuffle";
        examples.add(new Example(id, null, shuffled, new float[1], Part.TRAIN, i));
      }
    }
  }

  private static void addNegatives(List<Example> examples, List<byte[]> given) {
    Set<ByteBuffer> known = new HashSet<>();
    examples.forEach(e -> known.add(key(e.codes())));
    given.stream()
        .sorted(Arrays::compare)
        .filter(codes -> known.add(key(codes)))
        .forEach(codes ->
            examples.add(
                new Example(
                    "negative_" + examples.size(), null, codes, new float[1], Part.TRAIN, -1)));
  }

  /** A fifth is held out: of the rows that nobody names, and of the negatives, by their hash. */
  private Part[] parts(@Nullable BitSet heldOut) {
    List<Example> examples = all.examples();
    int[] fold = all.folds(FOLDS, seed);
    Part[] out = new Part[fold.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = fold[i] == 0 ? Part.TEST : Part.TRAIN;
    }
    if (heldOut != null) {
      // A row that is there twice is held out if one of the two is.
      for (int i = 0; i < example.length; i++) {
        out[example[i]] = Part.TRAIN;
      }
      for (int i = 0; i < example.length; i++) {
        if (heldOut.get(rows.row(i))) {
          out[example[i]] = Part.TEST;
        }
      }
      for (int i = 0; i < out.length; i++) {
        int parent = examples.get(i).parent();
        out[i] = parent < 0 ? out[i] : out[parent];
      }
    }
    return out;
  }

  /** Finds patterns and judges them. */
  Outcome run() {
    if (parts == null) {
      FoundPatterns found = PatternFinder.find(rows, options, threads);
      Map<Integer, FoundPatterns> ofFolds = new ConcurrentHashMap<>();
      return new Outcome(
          rows,
          found,
          evidence(
              found,
              (judge, positive) ->
                  judge.byFolds(
                      matrices(found, positive),
                      (fold, split) ->
                          matrices(ofFolds.computeIfAbsent(fold, k -> without(split)), positive)),
              all));
    }
    ScoredSequences training = rows.only(i -> parts[example[i]] != Part.TEST);
    FoundPatterns found = PatternFinder.find(training, options, threads);
    return new Outcome(
        training,
        found,
        evidence(
            found, (judge, positive) -> judge.onTestPart(matrices(found, positive)), with(parts)));
  }

  private interface Judging {
    List<GivenMotifs.Evidence> of(GivenMotifs judge, boolean positive);
  }

  private List<PatternEvidence> evidence(FoundPatterns found, Judging judging, Dataset data) {
    List<GivenMotifs.Evidence> said = new ArrayList<>();
    for (boolean positive : new boolean[] {true, false}) {
      if (!matrices(found, positive).isEmpty()) {
        GivenMotifs judge =
            new GivenMotifs(positive ? data : turned(data), options.bothStrands(), seed, threads);
        said.addAll(judging.of(judge, positive));
      }
    }
    return PatternEvidence.of(found, said);
  }

  private FoundPatterns without(Dataset split) {
    List<Example> examples = split.examples();
    ScoredSequences rest = rows.only(i -> examples.get(example[i]).part() != Part.TEST);
    return PatternFinder.find(rest, options, 1);
  }

  private static List<CountMatrix> matrices(FoundPatterns found, boolean positive) {
    return (positive ? found.positive() : found.negative())
        .stream().map(PatternFiles::counts).toList();
  }

  private Dataset with(Part[] those) {
    List<Example> out = new ArrayList<>();
    for (int i = 0; i < those.length; i++) {
      Example e = all.examples().get(i);
      out.add(new Example(e.id(), e.place(), e.codes(), e.labels(), those[i], e.parent()));
    }
    return new Dataset(all.width(), all.tasks(), out, all.counts());
  }

  /** Negatives as positives. */
  private static Dataset turned(Dataset data) {
    List<Example> out = new ArrayList<>();
    for (Example e : data.examples()) {
      float[] label = {1 - e.labels()[0]};
      out.add(new Example(e.id(), e.place(), e.codes(), label, e.part(), e.parent()));
    }
    return new Dataset(data.width(), data.tasks(), out, data.counts());
  }
}
