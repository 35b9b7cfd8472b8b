package basewise.cli;

import basewise.io.InputException;
import basewise.scan.Threshold;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which scores are hits, but for q-values, which are chosen among hits. */
final class ThresholdOptions {
  @Option(
      names = "--pvalue",
      paramLabel = "P",
      description = "Hits have at most this p-value (default: 1e-4).")
  private @Nullable String pvalue;

  @Option(
      names = "--score",
      paramLabel = "BITS",
      description = "Hits have at least this score, whatever their p-value.")
  private @Nullable Double score;

  /**
   * The threshold that is asked for.
   *
   * @param qvalue the largest q-value, if one was asked for as well
   */
  Threshold threshold(@Nullable Double qvalue) {
    if (score != null && (pvalue != null || qvalue != null)) {
      throw InputException.ofOption("--score", "cannot go with --pvalue or --qvalue", "");
    }
    if (score != null) {
      if (score.isNaN()) {
        throw InputException.ofOption("--score", "is not a number", "");
      }
      return new Threshold.Bits(score);
    }
    if (qvalue != null && !(qvalue > 0 && qvalue <= 1)) {
      throw InputException.ofOption("--qvalue", "must be above 0 and at most 1, is " + qvalue, "");
    }
    return pvalue == null ? Threshold.DEFAULT : ScoringOptions.pvalue(pvalue);
  }
}
