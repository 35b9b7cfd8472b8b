package basewise.dataset;

import basewise.io.InputException;
import basewise.stats.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A split by contig: contigs in the order of their seeded hash go to the test part until it holds
 * about a tenth of the positives, then to validation, the rest to training; or the user names them.
 */
final class ChromosomeSplit {
  private final Map<String, Part> parts;

  private ChromosomeSplit(Map<String, Part> parts) {
    this.parts = parts;
  }

  /**
   * Chooses the parts of contigs.
   *
   * @param sizes contig to number of positives, in the order of the input
   * @return null if the contigs are too few or too uneven for an honest split
   * @throws InputException if named contigs hold nothing, are named twice, or leave nothing to
   *     train on
   */
  static @Nullable ChromosomeSplit choose(Map<String, Integer> sizes, DatasetOptions options) {
    Map<String, Part> parts = new HashMap<>();
    name(parts, sizes, options.testContigs(), Part.TEST, "--test-contigs");
    name(parts, sizes, options.validContigs(), Part.VALIDATION, "--valid-contigs");
    List<String> order = new ArrayList<>(sizes.keySet());
    order.sort(
        Comparator.<String>comparingLong(
                c -> {
                  byte[] text = c.getBytes(StandardCharsets.UTF_8);
                  return Seeds.hash(options.seed(), text, text.length);
                })
            .thenComparing(c -> c));
    double quota = sizes.values().stream().mapToInt(n -> n).sum() / (double) HashSplit.ONE_IN;
    boolean even = true;
    for (Part part : new Part[] {Part.TEST, Part.VALIDATION}) {
      boolean named = parts.containsValue(part);
      int sum = 0;
      for (String contig : order) {
        if (!named
            && !parts.containsKey(contig)
            && sum < 0.8 * quota
            && sum + sizes.getOrDefault(contig, 0) <= 1.2 * quota) {
          parts.put(contig, part);
          sum += sizes.getOrDefault(contig, 0);
        }
      }
      even &= named || sum >= 0.5 * quota;
    }
    boolean asked = !options.testContigs().isEmpty() || !options.validContigs().isEmpty();
    if (!even && !asked) {
      return null;
    }
    if (!even) {
      throw InputException.ofOption(
          options.testContigs().isEmpty() ? "--valid-contigs" : "--test-contigs",
          "the other contigs are too few to choose the other part from",
          "name both --test-contigs and --valid-contigs");
    }
    if (parts.keySet().containsAll(sizes.keySet())) {
      throw InputException.ofOption(
          options.testContigs().isEmpty() ? "--valid-contigs" : "--test-contigs",
          "no contig is left to train on",
          "name fewer");
    }
    return new ChromosomeSplit(parts);
  }

  /** The part of a contig; those never seen are for training. */
  Part part(String contig) {
    return parts.getOrDefault(contig, Part.TRAIN);
  }

  private static void name(
      Map<String, Part> parts,
      Map<String, Integer> sizes,
      List<String> contigs,
      Part part,
      String option) {
    for (String contig : contigs) {
      if (!sizes.containsKey(contig)) {
        throw InputException.ofOption(
            option, "no positive lies on '" + contig + "'", "they lie on " + some(sizes));
      }
      if (parts.put(contig, part) != null) {
        throw InputException.ofOption(option, "'" + contig + "' is named twice", "name it once");
      }
    }
  }

  private static String some(Map<String, Integer> sizes) {
    String first = String.join(", ", sizes.keySet().stream().limit(4).toList());
    return first + (sizes.size() > 4 ? ", ..." : "");
  }
}
