package basewise.report;

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
    String id, String consensus, long sites, LogValue evalue, String reason) {}
