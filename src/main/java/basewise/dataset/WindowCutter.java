package basewise.dataset;

import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts regions and sequences to windows of one width; counts what it drops, and why. */
final class WindowCutter {
  private final int width;
  private final Counts counts;
  private final Places excluded;
  private final Names ids = new Names();

  WindowCutter(int width, Counts counts, Places excluded) {
    this.width = width;
    this.counts = counts;
    this.excluded = excluded;
  }

  /**
   * Windows centred on the summits or midpoints of regions.
   *
   * @param prefix of the names of counts
   * @throws basewise.io.InputException if a region is not in the genome
   */
  List<Window> regions(
      String source, List<Peak> peaks, Genome genome, float[] labels, String prefix) {
    List<Window> out = new ArrayList<>();
    for (Peak peak : peaks) {
      genome.require(source, peak.line(), peak.place());
      String contig = peak.place().contig();
      long start = (long) peak.centre() - width / 2;
      if (start < 0 || start + width > genome.length(contig)) {
        counts.add(prefix + "dropped_over_contig_end", 1);
        continue;
      }
      Interval place = new Interval(contig, (int) start, (int) start + width);
      if (excluded.touches(place)) {
        counts.add(prefix + "dropped_excluded", 1);
        continue;
      }
      String name = peak.name().isEmpty() ? place.toString() : peak.name();
      add(out, name, place, place, genome.bases(place), labels, peak.line(), prefix);
    }
    return out;
  }

  /**
   * The middle of each sequence, padded with N on both sides where it is shorter.
   *
   * @param labels of sequences that have none of their own
   */
  List<Window> sequences(List<LabelledSequence> sequences, float[] labels, String prefix) {
    List<Window> out = new ArrayList<>();
    for (LabelledSequence s : sequences) {
      Interval place = middle(s.place(), s.codes().length);
      Interval locus = place == null ? s.locus() : place;
      if (locus != null && excluded.touches(locus)) {
        counts.add(prefix + "dropped_excluded", 1);
        continue;
      }
      if (s.codes().length < width) {
        counts.add(prefix + "padded", 1);
      }
      float[] own = s.labels() == null ? labels : s.labels();
      add(out, s.id(), place, locus, fit(s.codes()), own, s.line(), prefix);
    }
    return out;
  }

  /** An id that no other has, made of this one. */
  String unique(String id) {
    String name = id;
    for (int i = 2; !ids.add(name); i++) {
      name = id + "_" + i;
    }
    return name;
  }

  private void add(
      List<Window> out,
      String name,
      @Nullable Interval place,
      @Nullable Interval locus,
      byte[] codes,
      float[] labels,
      long line,
      String prefix) {
    if (2 * Dna.countN(codes, 0, width) > width) {
      counts.add(prefix + "dropped_over_half_n", 1);
      return;
    }
    String id = unique(name);
    if (!id.equals(name)) {
      counts.add(prefix + "renamed_duplicate_ids", 1);
    }
    out.add(new Window(id, name, place, locus, codes, labels, Groups.key(0, codes), line));
  }

  private byte[] fit(byte[] codes) {
    if (codes.length == width) {
      return codes;
    }
    if (codes.length > width) {
      int start = (codes.length - width) / 2;
      return Arrays.copyOfRange(codes, start, start + width);
    }
    byte[] out = new byte[width];
    Arrays.fill(out, Dna.N);
    System.arraycopy(codes, 0, out, (width - codes.length) / 2, codes.length);
    return out;
  }

  /** The place of the window in the place of its sequence; null if padding goes beyond it. */
  private @Nullable Interval middle(@Nullable Interval place, int length) {
    if (place == null || length < width) {
      return null;
    }
    int start = place.start() + (length - width) / 2;
    return new Interval(place.contig(), start, start + width);
  }
}
