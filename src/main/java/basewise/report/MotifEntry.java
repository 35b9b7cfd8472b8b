package basewise.report;

import basewise.compare.Match;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Origin;
import basewise.discovery.Site;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.sequence.Strand;
import basewise.stats.LogValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
 * @param qvalue Benjamini and Hochberg's, over the candidates tested
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
 * @param origins where it started, that of its matrix first; empty if unknown
 */
public record MotifEntry(
    int rank,
    Motif motif,
    String consensus,
    long sites,
    double informationContent,
    LogValue pvalue,
    LogValue evalue,
    LogValue qvalue,
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
    List<KnownMatch> matches,
    List<Origin> origins) {
  private static final int BINS = 40;

  /** Keeps its own copies. */
  public MotifEntry {
    positionCounts = List.copyOf(positionCounts);
    notes = List.copyOf(notes);
    matches = List.copyOf(matches);
    origins = List.copyOf(origins);
  }

  /**
   * A motif as discovery found it.
   *
   * @param found the motif and its evidence
   * @param background the positives' base composition
   * @param allInfluence the sum of the influences of all motifs, of which this one has its share; 0
   *     if not measured
   * @param matches known motifs, the best first
   */
  public static MotifEntry of(
      DiscoveredMotif found, Background background, double allInfluence, List<Match> matches) {
    long forward = found.sites().stream().filter(s -> s.strand() == Strand.FORWARD).count();
    int width = found.sites().stream().mapToInt(s -> s.example().codes().length).max().orElse(0);
    return new MotifEntry(
        found.rank(),
        found.motif(),
        found.motif().probabilities().consensus(),
        Math.round(found.motif().sites().orElse(found.sites().size())),
        found.motif().probabilities().informationContent(background),
        LogValue.ofLn(found.heldOut().logPvalue()),
        LogValue.ofLn(found.logEvalue()),
        LogValue.ofLn(found.logQvalue()),
        found.heldOut().positivesWith(),
        found.heldOut().positives(),
        found.heldOut().negativesWith(),
        found.heldOut().negatives(),
        found.auroc(),
        allInfluence > 0 ? Math.max(0, found.influence()) / allInfluence : Double.NaN,
        positions(found.sites(), width),
        width,
        found.sites().isEmpty() ? Double.NaN : (double) forward / found.sites().size(),
        found.notes(),
        matches.stream().map(KnownMatch::of).toList(),
        found.origins());
  }

  /** Site centres counted in at most 40 bins over the window. */
  private static List<Long> positions(List<Site> sites, int width) {
    if (sites.isEmpty()) {
      return List.of();
    }
    long[] bins = new long[Math.min(BINS, width)];
    for (Site site : sites) {
      // Centred like the window, so that windows of different lengths share their middle.
      double centre = (site.start() + site.end() - site.example().codes().length) / 2.0;
      int bin = (int) Math.floor((centre + width / 2.0) / width * bins.length);
      bins[Math.clamp(bin, 0, bins.length - 1)]++;
    }
    return Arrays.stream(bins).boxed().toList();
  }

  /** The identifier used in every file. */
  public String id() {
    return motif.id();
  }

  /** The most similar known motif, if any was similar enough to be listed. */
  public Optional<KnownMatch> bestMatch() {
    return matches.isEmpty() ? Optional.empty() : Optional.of(matches.getFirst());
  }

  /** What it came from, the source of its matrix first: {@code attributions+filters}. */
  public String source() {
    return Origin.kinds(origins).stream().map(Origin.Kind::word).collect(Collectors.joining("+"));
  }

  /** The patterns that ended as this motif, 0-based ranks of those that raise the output. */
  List<Integer> patterns() {
    return origins.stream()
        .filter(o -> o.kind() == Origin.Kind.ATTRIBUTIONS)
        .map(Origin::index)
        .distinct()
        .sorted()
        .toList();
  }
}
