package basewise.report;

import basewise.discovery.GivenMotifs;
import basewise.discovery.Presence;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.stats.FalseDiscovery;
import basewise.stats.LogValue;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pattern is judged by rows that took no part in making it.
 *
 * @param positivesWith rows held out that have the motif
 * @param positives rows held out
 * @param negativesWith negatives that have it
 * @param negatives those held out
 * @param pvalue of the one-sided hypergeometric test: more positives than negatives have it; of a
 *     pattern that lowers the output, more negatives
 * @param evalue the p-value times the patterns of both signs
 * @param qvalue Benjamini and Hochberg's, over the patterns of both signs
 * @param auroc area under the ROC curve of the motif's best score alone, in that direction
 */
public record PatternEvidence(
    int positivesWith,
    int positives,
    int negativesWith,
    int negatives,
    LogValue pvalue,
    LogValue evalue,
    LogValue qvalue,
    double auroc) {
  /**
   * Of all patterns together.
   *
   * @param said of each of {@link FoundPatterns#all()}; of a pattern that lowers the output,
   *     negatives are the positives
   */
  public static List<PatternEvidence> of(FoundPatterns found, List<GivenMotifs.Evidence> said) {
    double[] logP = said.stream().mapToDouble(e -> e.heldOut().logPvalue()).toArray();
    double[] logQ = FalseDiscovery.logQvalues(logP);
    List<PatternEvidence> out = new ArrayList<>();
    for (int i = 0; i < logP.length; i++) {
      FoundPattern pattern = found.all().get(i);
      Presence p = said.get(i).heldOut();
      boolean up = pattern.positive();
      out.add(
          new PatternEvidence(
              up ? p.positivesWith() : p.negativesWith(),
              up ? p.positives() : p.negatives(),
              up ? p.negativesWith() : p.positivesWith(),
              up ? p.negatives() : p.positives(),
              LogValue.ofLn(logP[i]),
              LogValue.ofLn(logP[i]).times(logP.length),
              LogValue.ofLn(logQ[i]),
              said.get(i).auroc()));
    }
    return out;
  }
}
