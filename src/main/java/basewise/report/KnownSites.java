package basewise.report;

import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Motifs where scores are high. A site is a hit as {@code scan} finds it whose bases are scored as
 * the motif would have it: the scores above the sequence's mean, weighted by the information of the
 * motif's columns for the bases that are there (weights of length one), sum to at least {@value
 * #LEAST} times the standard deviation of the sequence's scores, which is what weights at random
 * would give. Of sites that overlap, the one with the largest sum is kept.
 */
public final class KnownSites {
  private static final double LEAST = 3;
  private static final int MOST = 8;

  private final List<ScanMotif> motifs;
  private final List<Strand> strands;

  private KnownSites(List<ScanMotif> motifs, List<Strand> strands) {
    this.motifs = motifs;
    this.strands = strands;
  }

  /**
   * Prepares motifs; a site is called by its motif's name.
   *
   * @param options which hits count, and on which strands
   */
  public static KnownSites of(List<Motif> motifs, ScanOptions options) {
    return new KnownSites(
        motifs.stream().parallel().map(m -> ScanMotif.of(m, options).ofHits()).toList(),
        options.strands());
  }

  /** A hit and what its scores sum to. */
  private record Hit(ScanMotif motif, Strand strand, int start, int sum, double weighted) {
    MarkedSite marked() {
      Motif m = motif.motif();
      double p = motif.distribution(strand).pvalue(sum);
      return new MarkedSite(
          start,
          start + motif.width(),
          strand,
          m.label(),
          String.format(Locale.ROOT, "%s, p %.1e", m.id(), p));
    }
  }

  /**
   * The sites in one sequence, from left to right.
   *
   * @param scores of the bases that are there
   */
  public List<MarkedSite> in(byte[] codes, float[] scores) {
    double mean = 0;
    for (float s : scores) {
      mean += s / (double) scores.length;
    }
    double squares = 0;
    for (float s : scores) {
      squares += (s - mean) * (s - mean);
    }
    double least = LEAST * Math.sqrt(squares / scores.length);
    List<Hit> hits = new ArrayList<>();
    for (ScanMotif motif : motifs) {
      for (Strand strand : strands) {
        for (int at = 0; at + motif.width() <= codes.length; at++) {
          int sum = motif.matrix(strand).sum(codes, at);
          if (sum >= motif.cutoff(strand)) {
            double weighted = Math.abs(weighted(motif.motif(), strand, codes, at, scores, mean));
            if (weighted >= least && weighted > 0) {
              hits.add(new Hit(motif, strand, at, sum, weighted));
            }
          }
        }
      }
    }
    hits.sort(Comparator.comparingDouble((Hit h) -> -h.weighted)); // stable: then by motif
    List<MarkedSite> kept = new ArrayList<>();
    for (Hit h : hits) {
      MarkedSite site = h.marked();
      if (kept.size() < MOST && kept.stream().noneMatch(site::overlaps)) {
        kept.add(site);
      }
    }
    kept.sort(Comparator.comparingInt(MarkedSite::start));
    return kept;
  }

  private static double weighted(
      Motif motif, Strand strand, byte[] codes, int at, float[] scores, double mean) {
    ProbabilityMatrix p = motif.probabilities();
    int w = p.width();
    double sum = 0;
    double norm = 0;
    for (int i = 0; i < w; i++) {
      int code = codes[at + i];
      double share = strand == Strand.FORWARD ? p.at(i, code) : p.at(w - 1 - i, 3 - code);
      double bits = Math.max(0, Math.log(4 * share) / Math.log(2));
      sum += bits * (scores[at + i] - mean);
      norm += bits * bits;
    }
    return norm == 0 ? 0 : sum / Math.sqrt(norm);
  }
}
