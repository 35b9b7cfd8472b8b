package basewise.dataset;

import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.genome.Peaks;
import basewise.io.InputException;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dataset of a file of regions or sequences: windows of one width, duplicates removed,
 * negatives added, and every window in its part of the split.
 */
public final class DatasetBuilder {
  /** Below this many positives there is no split; all is training, for cross-validation. */
  public static final int SMALLEST_SPLIT = 50;

  /** Fewer positives than this are refused: five folds need one each. */
  public static final int FEWEST_POSITIVES = 5;

  private final String input;
  private final DatasetOptions options;
  private final @Nullable Genome genome;
  private final Counts counts = new Counts();

  private DatasetBuilder(String input, DatasetOptions options, @Nullable Genome genome) {
    this.input = input;
    this.options = options;
    this.genome = genome;
  }

  /**
   * Reads an input and makes its dataset.
   *
   * @param input a path, or "-" for standard input
   * @throws InputException if it cannot be read, has too few positives, or makes no sense
   */
  public static Dataset build(String input, DatasetOptions options) {
    OptionChecks.check(options);
    if (options.genome() == null) {
      return new DatasetBuilder(input, options, null).build();
    }
    try (Genome genome = Genome.open(options.genome())) {
      return new DatasetBuilder(input, options, genome).build();
    }
  }

  private Dataset build() {
    SequenceFile file = SequenceFile.read(input, options);
    boolean regression = new LabelChecks(input, options).isRegression(file);
    String source = labels() ? null : options.negatives();
    SequenceFile given = source == null || regression ? null : SequenceFile.read(source, options);
    OptionEffects effects = new OptionEffects(options, input, file, given, regression);
    effects.check();
    Places excluded = excluded(effects);
    int width = options.width() > 0 ? options.width() : defaultWidth(file);
    WindowCutter cutter = new WindowCutter(width, counts, excluded);
    List<String> tasks = file.tasks().isEmpty() ? List.of("label") : file.tasks();
    List<Window> read = cut(cutter, input, file, ones(tasks.size()), "");
    List<Window> windows = WindowFilter.labelled(read, counts);
    if (!regression) {
      windows = WindowFilter.distinct(windows, counts, "");
      if (tasks.size() == 1) {
        windows = labelledNegatives(windows);
      }
      if (given != null && source != null) {
        windows = withNegatives(cutter, windows, source, given, tasks.size());
      }
    }
    List<Window> positives =
        regression ? windows : windows.stream().filter(Window::positive).toList();
    new LabelChecks(input, options).enough(file, positives, windows.size(), width);
    List<Window> ordered = new ArrayList<>(positives);
    if (!regression) {
      windows.stream().filter(w -> !w.positive()).forEach(ordered::add);
    }
    ChromosomeSplit byContig = contigSplit(file, positives);
    Part[] parts = split(ordered, positives.size(), byContig, regression);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Window w = ordered.get(i);
      examples.add(new Example(w.id(), w.place(), w.codes(), w.labels(), parts[i], -1));
    }
    if (!regression && tasks.size() == 1 && positives.size() == ordered.size()) {
      addNegatives(cutter, file, excluded, positives, parts, byContig, examples, width);
    }
    if (regression) {
      counts.add(Dataset.NUMBERS, 1);
    }
    countParts(examples, regression);
    return new Dataset(width, List.copyOf(tasks), List.copyOf(examples), counts.toMap());
  }

  private List<Window> cut(
      WindowCutter cutter, String source, SequenceFile file, float[] labels, String prefix) {
    if (file.peaks() != null) {
      counts.add(prefix + "read", file.peaks().size());
      return cutter.regions(source, file.peaks(), genomeFor(source), labels, prefix);
    }
    counts.add(prefix + "read", file.sequences().size() + file.tooShort());
    if (file.tooShort() > 0) {
      counts.add(prefix + "dropped_shorter_than_trim", file.tooShort());
    }
    return cutter.sequences(file.sequences(), labels, prefix);
  }

  private boolean labels() {
    return DatasetOptions.LABELS.equals(options.negatives());
  }

  /**
   * A table's rows labelled 0 are the negatives if that is asked for; else they are set aside and
   * counted, since what a factor binds shows best against sequences of the same composition.
   */
  private List<Window> labelledNegatives(List<Window> windows) {
    List<Window> positives = windows.stream().filter(Window::positive).toList();
    int zeros = windows.size() - positives.size();
    if (labels()) {
      if (zeros == 0) {
        throw InputException.ofOption(
            "--negatives " + DatasetOptions.LABELS,
            "no row of " + input + " is labelled 0",
            "leave it out");
      }
      return windows;
    }
    if (zeros == 0 || positives.isEmpty()) {
      return windows;
    }
    counts.add(Dataset.SET_ASIDE, zeros);
    return positives;
  }

  private List<Window> withNegatives(
      WindowCutter cutter, List<Window> windows, String source, SequenceFile file, int tasks) {
    LabelChecks.onlyNegatives(source, file);
    List<Window> cut = cut(cutter, source, file, new float[tasks], "negatives_");
    List<Window> zero = cut.stream().map(w -> w.withLabels(new float[tasks])).toList();
    List<Window> negatives = WindowFilter.distinct(zero, counts, "negatives_");
    negatives = WindowFilter.unlikePositives(source, windows, negatives, counts);
    if (negatives.isEmpty()) {
      throw new InputException(source, "has no negatives", "give sequences or regions");
    }
    List<Window> out = new ArrayList<>(windows);
    out.addAll(negatives);
    return out;
  }

  private void addNegatives(
      WindowCutter cutter,
      SequenceFile file,
      Places excluded,
      List<Window> positives,
      Part[] parts,
      @Nullable ChromosomeSplit byContig,
      List<Example> examples,
      int width) {
    boolean fromGenome =
        options.background() == NegativeSource.GENOME
            || (options.background() == NegativeSource.AUTO && genome != null);
    if (!fromGenome) {
      addShuffles(cutter, examples);
      return;
    }
    Places taken = excluded;
    if (file.peaks() != null) {
      file.peaks().forEach(p -> taken.add(p.place()));
    }
    for (Window w : positives) {
      if (w.locus() != null) {
        taken.add(w.locus());
      }
    }
    List<GcMatchedNegatives.Match> matches =
        new GcMatchedNegatives(genomeFor(input), width, options.seed(), taken, byContig)
            .draw(positives, parts, options.shuffles());
    long missing = (long) positives.size() * options.shuffles() - matches.size();
    if (missing > 0) {
      counts.add("without_matched_window", missing);
    }
    if (matches.isEmpty()) {
      throw new InputException(
          genomeFor(input).name(),
          "no window away from the peaks is like a positive in GC and N",
          "use --background shuffle");
    }
    for (GcMatchedNegatives.Match m : matches) {
      String id = cutter.unique("background_" + m.place());
      float[] label = new float[1];
      examples.add(new Example(id, m.place(), m.codes(), label, parts[m.positive()], -1));
    }
  }

  private void addShuffles(WindowCutter cutter, List<Example> examples) {
    int n = examples.size();
    for (int i = 0; i < n; i++) {
      Example parent = examples.get(i);
      for (int s = 0; s < options.shuffles(); s++) {
        long index = (long) i * options.shuffles() + s;
        byte[] codes =
            DinucleotideShuffle.shuffleUnlike(
                parent.codes(), Seeds.generator(options.seed(), index));
        if (codes == null) {
          counts.add("without_shuffle", 1);
          continue;
        }
        String id = cutter.unique(parent.id() + "_shuffle" + (s + 1));
        examples.add(new Example(id, null, codes, new float[1], parent.part(), i));
      }
    }
    if (examples.size() == n) {
      throw new InputException(
          input, "no sequence has a shuffle unlike itself", "give --negatives");
    }
  }

  private @Nullable ChromosomeSplit contigSplit(SequenceFile file, List<Window> positives) {
    boolean asked = !options.testContigs().isEmpty() || !options.validContigs().isEmpty();
    if (!asked && (file.peaks() == null || positives.size() < SMALLEST_SPLIT)) {
      return null;
    }
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Window w : positives) {
      if (w.locus() != null) {
        sizes.merge(w.locus().contig(), 1, Integer::sum);
      }
    }
    if (sizes.isEmpty()) {
      throw InputException.ofOption(
          options.testContigs().isEmpty() ? "--valid-contigs" : "--test-contigs",
          "no sequence of " + input + " says where it lies",
          "leave it out");
    }
    return ChromosomeSplit.choose(sizes, options);
  }

  private Part[] split(
      List<Window> windows, int positives, @Nullable ChromosomeSplit byContig, boolean regression) {
    Part[] parts = new Part[windows.size()];
    if (positives < SMALLEST_SPLIT && byContig == null) {
      return together(parts);
    }
    List<@Nullable Interval> loci = new ArrayList<>();
    long[] keys = new long[parts.length];
    boolean[] positive = new boolean[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Window w = windows.get(i);
      loci.add(byContig == null ? w.locus() : null);
      keys[i] = Seeds.mix(options.seed(), w.key());
      positive[i] = !regression && w.positive();
    }
    parts = HashSplit.parts(Groups.of(loci, keys), keys, positive);
    if (byContig != null) {
      for (int i = 0; i < parts.length; i++) {
        Interval locus = windows.get(i).locus();
        if (locus != null) {
          parts[i] = byContig.part(locus.contig());
        }
      }
    }
    for (Part part : new Part[] {Part.TEST, Part.VALIDATION}) {
      if (!Arrays.asList(parts).subList(0, positives).contains(part)) {
        // One heap of overlapping windows: nothing can be held out honestly.
        return together(parts);
      }
    }
    if (byContig != null) {
      counts.add("split_by_contig", 1);
    }
    return parts;
  }

  private Part[] together(Part[] parts) {
    counts.add(Dataset.TOO_SMALL, 1);
    Arrays.fill(parts, Part.TRAIN);
    return parts;
  }

  private void countParts(List<Example> examples, boolean regression) {
    for (Part part : Part.values()) {
      String name = part.name().toLowerCase(java.util.Locale.ROOT);
      long all = examples.stream().filter(e -> e.part() == part).count();
      if (regression) {
        counts.add(name, all);
        continue;
      }
      long positive = examples.stream().filter(e -> e.part() == part && e.positive()).count();
      counts.add(name + "_positives", positive);
      counts.add(name + "_negatives", all - positive);
    }
  }

  private Places excluded(OptionEffects effects) {
    if (options.exclude() == null) {
      return new Places();
    }
    List<Peak> peaks = Peaks.read(options.exclude());
    if (genome != null) {
      effects.check(peaks, genome);
    }
    return Places.of(peaks.stream().map(Peak::place).toList());
  }

  private Genome genomeFor(String source) {
    if (genome == null) {
      throw InputException.ofOption(
          "--genome", "is needed: " + source + " holds regions", "give a FASTA or 2bit file");
    }
    return genome;
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private int defaultWidth(SequenceFile file) {
    if (file.peaks() != null) {
      return options.widest();
    }
    int[] lengths = file.sequences().stream().mapToInt(s -> s.codes().length).sorted().toArray();
    int rank = (int) Math.ceil(0.95 * lengths.length) - 1;
    int width = lengths.length == 0 ? 1 : lengths[Math.max(0, rank)];
    return Math.max(1, Math.min(options.widest(), width));
  }
}
