package basewise.report;

import basewise.dataset.Example;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.output.Bed;
import basewise.scan.output.FimoTsv;
import basewise.scan.output.HitHistogram;
import basewise.scan.output.Places;
import basewise.scan.output.QValues;
import basewise.scan.output.RowFormat;
import basewise.scan.output.RowOutput;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the motifs of a run sit in its positives: every site with FIMO's scores, p-values and
 * threshold, as {@code scan} finds them with motifs.meme. Windows of a genome are joined where they
 * overlap, so that no site is listed twice, and give sites.bed, sorted by contig and place; other
 * sequences give sites.tsv, FIMO's columns.
 */
final class SiteFiles {
  private SiteFiles() {}

  /**
   * Writes sites.bed or sites.tsv.
   *
   * @param any whether any motif was found; its header alone is written if none was
   * @param bothStrands whether sites on the reverse strand are listed too
   * @param folder has motifs.meme already
   */
  static void write(
      boolean any, boolean bothStrands, List<Example> positives, Path folder, int threads) {
    List<Motif> motifs = any ? MotifFile.read(folder.resolve("motifs.meme").toString()) : List.of();
    Scanner scanner = Scanner.open(motifs, ScanOptions.DEFAULTS.withBothStrands(bothStrands));
    boolean placed = positives.stream().allMatch(e -> e.place() != null);
    List<NamedSequence> sequences = placed ? joined(positives) : named(positives);
    HitHistogram histogram = new HitHistogram(scanner.motifs(), scanner.options().bothStrands());
    QValues q =
        histogram.qvalues(
            scanner.scan(blocks(scanner, sequences), histogram, threads, bases -> {}));
    RowFormat rows = placed ? new Bed(scanner.motifs(), q) : new FimoTsv(scanner.motifs(), q);
    Path file = folder.resolve(placed ? "sites.bed" : "sites.tsv");
    try (RowOutput out = RowOutput.to(file, rows, placed ? Places.GENOMIC : Places.AS_NAMED)) {
      scanner.scan(blocks(scanner, sequences), out, threads, bases -> {});
      out.commit();
    }
  }

  private static BlockSource blocks(Scanner scanner, List<NamedSequence> sequences) {
    return BlockSource.of(sequences, scanner.overlap());
  }

  private static List<NamedSequence> named(List<Example> positives) {
    return positives.stream().map(e -> new NamedSequence(e.id(), "", e.codes())).toList();
  }

  /** Windows joined where they overlap or touch, named by their places as FIMO reads them. */
  private static List<NamedSequence> joined(List<Example> positives) {
    record Placed(Interval place, byte[] codes) {}
    List<Placed> sorted = new ArrayList<>();
    for (Example e : positives) {
      sorted.add(new Placed(required(e.place()), e.codes()));
    }
    sorted.sort(
        Comparator.comparing((Placed p) -> p.place.contig())
            .thenComparingInt(p -> p.place.start()));
    List<NamedSequence> out = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      Interval first = sorted.get(i).place;
      int end = first.end();
      int next = i + 1;
      while (next < sorted.size()
          && sorted.get(next).place.contig().equals(first.contig())
          && sorted.get(next).place.start() <= end) {
        end = Math.max(end, sorted.get(next).place.end());
        next++;
      }
      byte[] codes = new byte[end - first.start()];
      Arrays.fill(codes, Dna.N);
      for (Placed p : sorted.subList(i, next)) {
        System.arraycopy(p.codes, 0, codes, p.place.start() - first.start(), p.codes.length);
      }
      out.add(
          new NamedSequence(
              "%s:%d-%d".formatted(first.contig(), first.start() + 1, end), "", codes));
      i = next;
    }
    return out;
  }

  private static Interval required(@Nullable Interval place) {
    if (place == null) {
      throw new IllegalArgumentException("a window without a place");
    }
    return place;
  }
}
