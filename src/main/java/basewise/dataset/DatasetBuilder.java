package basewise.dataset;

import basewise.io.InputException;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a dataset of a file of sequences: windows, negatives and split. */
public final class DatasetBuilder {
  /** Below this many positives there is no split; all is training, for cross-validation. */
  public static final int SMALLEST_SPLIT = 50;

  private final DatasetOptions options;
  private final Counts counts = new Counts();

  private DatasetBuilder(DatasetOptions options) {
    this.options = options;
  }

  /**
   * Reads an input and makes its dataset.
   *
   * @param input a path, or "-" for standard input
   * @throws InputException if it cannot be read, has no positives, or makes no sense
   */
  public static Dataset build(String input, DatasetOptions options) {
    return new DatasetBuilder(options).fromSequences(input);
  }

  private Dataset fromSequences(String input) {
    SequenceSet set = SequenceFile.read(input, options);
    counts.add("read", set.sequences().size());
    List<String> tasks = set.tasks().isEmpty() ? List.of("label") : set.tasks();
    int width = options.width() > 0 ? options.width() : defaultWidth(set.sequences());
    List<Window> windows = cut(set.sequences(), width);
    List<Window> positives = windows.stream().filter(Window::positive).toList();
    if (positives.isEmpty()) {
      throw new InputException(input, "has no positives", "labels of 1 mark them");
    }
    List<Window> ordered = new ArrayList<>(positives);
    windows.stream().filter(w -> !w.positive()).forEach(ordered::add);
    Part[] parts = split(ordered, positives.size());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Window w = ordered.get(i);
      examples.add(new Example(w.id(), w.place(), w.codes(), w.labels(), parts[i], -1));
    }
    if (positives.size() == ordered.size()) {
      addShuffles(examples);
    }
    return new Dataset(width, tasks, List.copyOf(examples), counts.toMap());
  }

  private void addShuffles(List<Example> examples) {
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
        examples.add(
            new Example(
                parent.id() + "_shuffle" + (s + 1),
                null,
                codes,
                new float[parent.labels().length],
                parent.part(),
                i));
      }
    }
  }

  private Part[] split(List<Window> windows, int positives) {
    Part[] parts = new Part[windows.size()];
    if (positives < SMALLEST_SPLIT) {
      counts.add("too_small_to_split", 1);
      Arrays.fill(parts, Part.TRAIN);
      return parts;
    }
    List<@Nullable Interval> places = new ArrayList<>();
    long[] keys = new long[windows.size()];
    boolean[] positive = new boolean[windows.size()];
    for (int i = 0; i < keys.length; i++) {
      places.add(windows.get(i).place());
      keys[i] = Groups.key(options.seed(), windows.get(i).codes());
      positive[i] = windows.get(i).positive();
    }
    return HashSplit.parts(Groups.of(places, keys), keys, positive);
  }

  private List<Window> cut(List<LabelledSequence> sequences, int width) {
    Set<String> ids = new HashSet<>();
    Map<Long, byte[]> seen = new HashMap<>();
    List<Window> out = new ArrayList<>();
    for (LabelledSequence s : sequences) {
      byte[] codes = fit(s.codes(), width);
      if (2 * Dna.countN(codes, 0, width) > width) {
        counts.add("dropped_over_half_n", 1);
        continue;
      }
      if (seen.putIfAbsent(Groups.key(0, codes), codes) != null) {
        counts.add("dropped_duplicates", 1);
        continue;
      }
      String id = s.id();
      for (int i = 2; !ids.add(id); i++) {
        id = s.id() + "_" + i;
      }
      float[] labels = s.labels() == null ? new float[] {1} : s.labels();
      out.add(new Window(id, s.place(), codes, labels));
    }
    return out;
  }

  private static byte[] fit(byte[] codes, int width) {
    if (codes.length >= width) {
      int start = (codes.length - width) / 2;
      return Arrays.copyOfRange(codes, start, start + width);
    }
    byte[] out = new byte[width];
    Arrays.fill(out, Dna.N);
    System.arraycopy(codes, 0, out, (width - codes.length) / 2, codes.length);
    return out;
  }

  private static int defaultWidth(List<LabelledSequence> sequences) {
    int[] lengths = sequences.stream().mapToInt(s -> s.codes().length).sorted().toArray();
    int rank = (int) Math.ceil(0.95 * lengths.length) - 1;
    return Math.min(DatasetOptions.DEFAULT_WIDTH, lengths[Math.max(0, rank)]);
  }
}
