package basewise.report;

import basewise.discovery.DiscoveredMotif;
import basewise.stats.LogValue;

/**
 * A candidate that did not pass.
 *
 * @param id of the candidate
 * @param consensus in IUPAC letters
 * @param sites how many sites it had
 * @param evalue of its held-out test; NaN if it never came to that
 * @param reason in words
 */
public record RejectedMotif(
    String id, String consensus, long sites, LogValue evalue, String reason) {
  /** A motif that discovery judged and did not find enriched. */
  public static RejectedMotif of(DiscoveredMotif motif) {
    return new RejectedMotif(
        motif.motif().id(),
        motif.motif().probabilities().consensus(),
        motif.sites().size(),
        LogValue.ofLn(motif.logEvalue()),
        motif.notes().isEmpty()
            ? "E-value not below 0.05"
            : "E-value not below 0.05; " + String.join("; ", motif.notes()));
  }
}
