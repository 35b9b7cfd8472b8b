package basewise.report;

import basewise.stats.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the report of one discovery says. It holds no times and no memory figures, so that the
 * same seed writes the same bytes; those are in the {@link RunRecord}.
 *
 * @param title name of the input, as people call it
 * @param verdict one sentence that names the factor; see {@link Verdict#of}
 * @param testAuroc of the network on held-out examples
 * @param testAuprc of the network on held-out examples
 * @param baselineAuroc of the k-mer baseline on the same examples
 * @param baselineAuprc of the k-mer baseline on the same examples
 * @param roc of the network
 * @param baselineRoc of the baseline
 * @param precisionRecall of the network
 * @param baselinePrecisionRecall of the baseline
 * @param history of training, in order
 * @param bestEpoch the number of the epoch that was kept; 0 if none
 * @param counts sequences read, dropped and why, windows per part; in order of printing
 * @param warnings what a reader should know before believing it
 * @param folds of the cross-validation that the motifs' counts add up over; 0: they are those of
 *     the test part
 * @param motifs that passed, by rank
 * @param rejected that did not
 * @param gallery held-out positives with their scores, the surest first; may be empty
 * @param patterns of the network's contributions; null if they were not looked for
 * @param command that makes the same files again
 * @param version of Basewise
 * @param seed of all random choices
 * @param inputs files read
 */
public record DiscoveryReport(
    String title,
    String verdict,
    Estimate testAuroc,
    Estimate testAuprc,
    Estimate baselineAuroc,
    Estimate baselineAuprc,
    Curve roc,
    Curve baselineRoc,
    Curve precisionRecall,
    Curve baselinePrecisionRecall,
    List<Epoch> history,
    int bestEpoch,
    Map<String, Long> counts,
    List<String> warnings,
    int folds,
    List<MotifEntry> motifs,
    List<RejectedMotif> rejected,
    List<GalleryExample> gallery,
    @Nullable PatternReport patterns,
    String command,
    String version,
    long seed,
    List<InputFile> inputs) {
  /** Keeps its own copies. */
  public DiscoveryReport {
    history = List.copyOf(history);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    warnings = List.copyOf(warnings);
    motifs = List.copyOf(motifs);
    rejected = List.copyOf(rejected);
    gallery = List.copyOf(gallery);
    inputs = List.copyOf(inputs);
  }

  /** Where the motifs' counts come from, as in "12 of 90 over 5 held-out folds". */
  String heldOut() {
    return folds > 0 ? "over %d held-out folds".formatted(folds) : "in the held-out test part";
  }
}
