package basewise.report;

import basewise.motif.Motif;
import basewise.stats.LogValue;
import java.util.List;
import java.util.Optional;

/**
 * A motif that was found, and the evidence.
 *
 * @param rank from 1, by held-out evidence
 * @param motif its matrix; its id is {@code motif_id} of every file
 * @param consensus in IUPAC letters
 * @param sites how many sites it was made from
 * @param informationContent of all columns in bits, against the positives' base composition
 * @param pvalue of the held-out enrichment (one-sided hypergeometric)
 * @param evalue pvalue times the candidates tested
 * @param positivesWithSite held-out positives with a site
 * @param positives held-out positives
 * @param negativesWithSite held-out negatives with a site
 * @param negatives held-out negatives
 * @param auroc of the best site's score alone; NaN if not measured
 * @param influence share of the model's effect, 0 to 1; NaN if not measured
 * @param positionCounts sites per bin, the bins spread evenly over the window; empty if unknown
 * @param windowWidth bases of a window, over which positionCounts are spread
 * @param forwardShare share of the sites on the forward strand; NaN if unknown
 * @param notes sentences such as "Part of motif 1."
 * @param matches known motifs, the best first
 */
public record MotifEntry(
    int rank,
    Motif motif,
    String consensus,
    long sites,
    double informationContent,
    LogValue pvalue,
    LogValue evalue,
    long positivesWithSite,
    long positives,
    long negativesWithSite,
    long negatives,
    double auroc,
    double influence,
    List<Long> positionCounts,
    int windowWidth,
    double forwardShare,
    List<String> notes,
    List<KnownMatch> matches) {
  /** Keeps its own copies. */
  public MotifEntry {
    positionCounts = List.copyOf(positionCounts);
    notes = List.copyOf(notes);
    matches = List.copyOf(matches);
  }

  /** The identifier used in every file. */
  public String id() {
    return motif.id();
  }

  /** The most similar known motif, if any was similar enough to be listed. */
  public Optional<KnownMatch> bestMatch() {
    return matches.isEmpty() ? Optional.empty() : Optional.of(matches.getFirst());
  }
}
