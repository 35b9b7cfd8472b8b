package basewise.scan;

import basewise.genome.BlockSource;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.scan.kernel.HitKernel;
import basewise.scan.kernel.HitKernels;
import basewise.scan.kernel.OrientedMatrix;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Every site of many motifs, on both strands, with FIMO's scores, in the order of the sequences.
 * Nothing is capped. Thread-safe and reusable; memory depends on the motifs and the threads, not on
 * the sequences or the hits.
 */
public final class Scanner {
  /** How many codes a block holds. */
  public static final int BLOCK = 1 << 16;

  /** The most columns of a motif: sums of more would not fit a hit. */
  static final int MOST_COLUMNS = 2000;

  /** The most motifs. */
  private static final int MOST_MOTIFS = 1 << 20;

  private final ScanOptions options;
  private final List<ScanMotif> motifs;
  private final HitKernel kernel;

  private Scanner(ScanOptions options, List<ScanMotif> motifs, HitKernel kernel) {
    this.options = options;
    this.motifs = motifs;
    this.kernel = kernel;
  }

  /**
   * Prepares motifs; the order of the list is that of hits that start at one place.
   *
   * @throws InputException if there are more than 2^20 motifs, or one has over 2,000 columns
   */
  public static Scanner open(List<Motif> motifs, ScanOptions options) {
    check(motifs);
    List<ScanMotif> ready =
        motifs.stream().parallel().map(m -> ScanMotif.of(m, options).ofHits()).toList();
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int m = 0; m < ready.size(); m++) {
      for (Strand s : options.strands()) {
        ScanMotif motif = ready.get(m);
        if (motif.cutoff(s) <= motif.matrix(s).maximum()) {
          matrices.add(
              new OrientedMatrix(2 * m + s.ordinal(), motif.matrix(s).toArray(), motif.cutoff(s)));
        }
      }
    }
    return new Scanner(options, ready, HitKernels.plan(matrices));
  }

  private static void check(List<Motif> motifs) {
    if (motifs.size() > MOST_MOTIFS) {
      throw new InputException(
          "motifs",
          "are %d, and %d can be scanned".formatted(motifs.size(), MOST_MOTIFS),
          "split them");
    }
    for (Motif m : motifs) {
      if (m.width() > MOST_COLUMNS) {
        throw new InputException(
            "motif " + m.id(),
            "has %d columns, and %d can be scanned".formatted(m.width(), MOST_COLUMNS),
            "leave it out");
      }
    }
  }

  /** How motifs are scored. */
  public ScanOptions options() {
    return options;
  }

  /** The motifs as they are scanned, in order. */
  public List<ScanMotif> motifs() {
    return motifs;
  }

  /** How many bases blocks must share: one less than the widest motif has columns. */
  public int overlap() {
    return motifs.stream().mapToInt(ScanMotif::width).max().orElse(1) - 1;
  }

  /** What does the work, for {@code -v}. */
  public String describe() {
    return kernel.describe();
  }

  /**
   * Finds all hits.
   *
   * @param source made with an overlap of {@link #overlap}; not closed here
   * @param sink gets the hits
   * @param threads how many threads look; they change nothing but the time
   * @param progress hears the number of bases each finished block brought, from any thread
   * @return how many windows could be scored
   */
  public <T> WindowCounts scan(
      BlockSource source, HitSink<T> sink, int threads, LongConsumer progress) {
    return scan(source, sink, threads, progress, BLOCK);
  }

  /** As above, with blocks of some capacity; it changes nothing but the time. */
  <T> WindowCounts scan(
      BlockSource source, HitSink<T> sink, int threads, LongConsumer progress, int capacity) {
    return new BlockWorkers<>(this, ScanBlocks.of(source), sink, progress, capacity).run(threads);
  }

  /**
   * Finds all hits in sequences that were prepared once for many scans.
   *
   * @throws IllegalArgumentException if a motif is wider than they were prepared for
   */
  public <T> WindowCounts scan(PreparedSequences sequences, HitSink<T> sink, int threads) {
    if (overlap() >= sequences.widest()) {
      throw new IllegalArgumentException(
          "sequences prepared for %d columns, and a motif has %d"
              .formatted(sequences.widest(), overlap() + 1));
    }
    return new BlockWorkers<>(this, sequences.blocks(), sink, bases -> {}, 1).run(threads);
  }

  /** The hits of one block, sorted if asked for. */
  void find(ScanBlock block, HitBlock hits, boolean ordered) {
    hits.begin(block.block());
    kernel.scan(block.codes(), hits);
    if (ordered) {
      hits.sort();
    }
  }

  /** Counts of nothing yet. */
  WindowCounts noWindows() {
    return new WindowCounts(motifs.stream().mapToInt(ScanMotif::width));
  }
}
