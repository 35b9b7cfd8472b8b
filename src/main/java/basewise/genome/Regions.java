package basewise.genome;

import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places of a genome to look at. */
public final class Regions {
  private Regions() {}

  /**
   * The regions of a BED-like file, in its order.
   *
   * @throws basewise.io.InputException with the line of a region that is not in the genome
   */
  public static List<Interval> read(String name, Genome genome) {
    List<Interval> regions = new ArrayList<>();
    for (Peak peak : Peaks.read(name)) {
      genome.require(name, peak.line(), peak.place());
      regions.add(peak.place());
    }
    return regions;
  }

  /** Regions in the order of the genome's contigs, then by start, then by end. */
  public static List<Interval> sorted(List<Interval> regions, Genome genome) {
    Map<String, Integer> order = new HashMap<>();
    genome.contigs().forEach(c -> order.put(c.name(), order.size()));
    List<Interval> sorted = new ArrayList<>(regions);
    sorted.sort(
        Comparator.comparingInt((Interval r) -> order.getOrDefault(r.contig(), order.size()))
            .thenComparing(Interval::contig)
            .thenComparingInt(Interval::start)
            .thenComparingInt(Interval::end));
    return sorted;
  }

  /**
   * What some regions cover, in the order of the genome's contigs: those that overlap or touch
   * become one, as {@code bedtools merge} does, so that nothing is found twice; empty ones go.
   */
  public static List<Interval> merged(List<Interval> regions, Genome genome) {
    List<Interval> merged = new ArrayList<>();
    for (Interval r : sorted(regions, genome)) {
      if (r.length() == 0) {
        continue;
      }
      Interval last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.contig().equals(r.contig()) && r.start() <= last.end()) {
        merged.set(
            merged.size() - 1,
            new Interval(r.contig(), last.start(), Math.max(last.end(), r.end())));
      } else {
        merged.add(r);
      }
    }
    return merged;
  }
}
