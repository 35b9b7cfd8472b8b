package basewise.discovery;

import basewise.motif.Motif;
import java.util.List;

/**
 * A motif and the evidence for it.
 *
 * @param rank 1 is the most evidence
 * @param motif id {@code motif_<rank>}, named by its consensus; with its counts
 * @param candidate where it came from
 * @param heldOut presence in sequences that took no part in making it
 * @param auroc area under the ROC curve of its best score alone, on the held-out part
 * @param logEvalue natural logarithm of p times the number of motifs tested
 * @param logQvalue natural logarithm of Benjamini and Hochberg's rate over the motifs tested
 * @param influence mean rise of the held-out loss when its filters are silenced or, if it has none
 *     but came of a pattern, its sites made unknown; 0 if it has neither
 * @param copies share of its sites in positives that lie in copies of one another, such as repeats
 * @param sites its best site in each positive that has it, all parts, in the order of the input
 * @param origins all starting points that ended as this motif, the one it was made from first
 * @param notes relations to motifs of more evidence, in words
 */
public record DiscoveredMotif(
    int rank,
    Motif motif,
    Candidate candidate,
    Presence heldOut,
    double auroc,
    double logEvalue,
    double logQvalue,
    double influence,
    double copies,
    List<Site> sites,
    List<Origin> origins,
    List<String> notes) {}
