package basewise.report;

import basewise.io.GFormat;
import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.patterns.SavedPattern;
import basewise.patterns.hits.Hit;
import basewise.patterns.hits.Overlaps;
import basewise.patterns.hits.Recall;
import basewise.patterns.hits.RegionFit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Hits as Fi-NeMo's tables have them. */
public final class HitFiles {
  /** The columns of hits; {@code is_primary} follows where overlaps were looked at. */
  public static final List<String> COLUMNS =
      List.of(
          "chr",
          "start",
          "end",
          "start_untrimmed",
          "end_untrimmed",
          "motif_name",
          "hit_coefficient",
          "hit_coefficient_global",
          "hit_similarity",
          "hit_correlation",
          "hit_importance",
          "hit_importance_sq",
          "strand",
          "peak_name",
          "peak_id");

  private static final int DIGITS = 7;

  private final ScoredRegions regions;
  private final List<SavedPattern> patterns;
  private final List<Hit> hits;

  /**
   * Hits of regions; they are put in the order of contigs (as the rows first name them) and places.
   */
  public HitFiles(ScoredRegions regions, List<SavedPattern> patterns, List<Hit> hits) {
    this.regions = regions;
    this.patterns = patterns;
    Map<Object, Integer> order = new HashMap<>();
    if (regions.known()) {
      regions.places().forEach(p -> order.putIfAbsent(p.contig(), order.size()));
    }
    this.hits =
        hits.stream()
            .sorted(
                Comparator.comparingInt(
                        (Hit h) -> regions.known() ? order.getOrDefault(scope(h), 0) : h.row())
                    .thenComparingLong(this::start)
                    .thenComparingInt(Hit::pattern)
                    .thenComparing(Hit::reverse)
                    .thenComparingInt(Hit::row))
            .toList();
  }

  private long start(Hit hit) {
    return (long) regions.places().get(hit.row()).start() + hit.from();
  }

  /** Where hits overlap: on a contig, or within a row. */
  private Object scope(Hit hit) {
    return regions.known() ? regions.places().get(hit.row()).contig() : hit.row();
  }

  /**
   * The table of hits.
   *
   * @param overlap the share that hits overlap by of which only the most similar is primary; none
   *     for no such column
   */
  public byte[] table(OptionalDouble overlap) {
    Rows out = new Rows(1 << 16);
    out.text(String.join("\t", COLUMNS) + (overlap.isPresent() ? "\tis_primary\n" : "\n"));
    boolean[] primary = overlap.isPresent() ? primary(overlap.getAsDouble()) : new boolean[0];
    for (int i = 0; i < hits.size(); i++) {
      Hit h = hits.get(i);
      Recall.Place place = regions.places().get(h.row());
      SavedPattern pattern = patterns.get(h.pattern());
      out.text(place.contig());
      out.room(16 * Rows.NUMBER);
      out.put('\t').put(start(h)).put('\t').put(start(h) + h.to() - h.from());
      long whole = (long) place.start() + h.start();
      out.put('\t').put(whole).put('\t').put(whole + pattern.length()).put('\t');
      out.text(pattern.id());
      out.room(16 * ShortNumbers.ROOM);
      number(h.coefficient(), out);
      number(h.global(), out);
      number(h.similarity(), out);
      number(h.similarity(), out);
      number(h.importance() * h.scale(), out);
      number(h.squares() * h.scale() * h.scale(), out);
      out.put('\t').put(h.reverse() ? '-' : '+').put('\t');
      out.text(regions.names().get(h.row()));
      out.room(2 * Rows.NUMBER).put('\t').put(h.row());
      if (overlap.isPresent()) {
        out.put('\t').put(primary[i] ? '1' : '0');
      }
      out.put('\n');
    }
    return out.toBytes();
  }

  private static void number(double x, Rows out) {
    out.put('\t');
    ShortNumbers.g(x, DIGITS, out);
  }

  private boolean[] primary(double overlap) {
    return Overlaps.primary(hits, this::scope, this::start, overlap);
  }

  /**
   * BED: each place and pattern once, though two regions show it; the score is the similarity times
   * 1,000. What lies before the contig's first base is left out.
   *
   * @param overlap as above; only primary hits are told of where it is given
   */
  public List<String> bed(OptionalDouble overlap) {
    boolean[] primary = new boolean[hits.size()];
    Arrays.fill(primary, true);
    if (overlap.isPresent()) {
      primary = primary(overlap.getAsDouble());
    }
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < primary.length; i++) {
      Hit h = hits.get(i);
      if (!primary[i]) {
        continue;
      }
      String contig = regions.places().get(h.row()).contig();
      long start = Math.max(0, start(h));
      long end = start(h) + h.to() - h.from();
      String name = patterns.get(h.pattern()).id();
      char strand = h.reverse() ? '-' : '+';
      if (end > 0 && seen.add(contig + '\t' + start + '\t' + name + '\t' + strand)) {
        long score = Math.clamp(Math.round(1000 * h.similarity()), 0, 1000);
        lines.add("%s\t%d\t%d\t%s\t%d\t%c".formatted(contig, start, end, name, score, strand));
      }
    }
    return lines;
  }

  /** The table of how each region was explained. */
  public static byte[] fits(ScoredRegions regions, List<RegionFit> fits) {
    Rows out = new Rows(1 << 16);
    out.text(
        "peak_id\tchr\tpeak_region_start\tpeak_name\tnll\tdual_gap\tnum_steps\tstep_size"
            + "\tglobal_scale\tend\n");
    for (RegionFit f : fits) {
      Recall.Place place = regions.places().get(f.row());
      out.text(
          "%d\t%s\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n"
              .formatted(
                  f.row(),
                  place.contig(),
                  place.start(),
                  regions.names().get(f.row()),
                  GFormat.g(f.error(), DIGITS),
                  GFormat.g(f.gap(), DIGITS),
                  f.steps(),
                  GFormat.g(f.step(), DIGITS),
                  GFormat.g(f.scale(), DIGITS),
                  f.end().name().toLowerCase(Locale.ROOT)));
    }
    return out.toBytes();
  }

  /** The table of what hits make of each pattern's seqlets. */
  public static byte[] recall(List<SavedPattern> patterns, List<Recall> recalls) {
    StringBuilder tsv =
        new StringBuilder(
            "motif_name\tnum_hits_total\tnum_hits_restricted\tnum_seqlets\tnum_overlaps"
                + "\tnum_seqlets_only\tnum_hits_restricted_only\tseqlet_recall\tcwm_similarity\n");
    for (int k = 0; k < patterns.size(); k++) {
      Recall r = recalls.get(k);
      tsv.append(
          "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n"
              .formatted(
                  patterns.get(k).id(),
                  r.hits(),
                  r.inside(),
                  r.seqlets(),
                  r.both(),
                  r.seqletsOnly(),
                  r.hitsOnly(),
                  GFormat.g(r.recall(), 6),
                  GFormat.g(r.similarity(), 6)));
    }
    return tsv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
