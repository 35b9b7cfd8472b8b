package basewise.scan;

import basewise.genome.BlockSource;
import basewise.genome.PackedSource;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.scan.device.HitDevice;
import basewise.scan.device.HitDevices;
import basewise.scan.device.LaneLog;
import basewise.scan.kernel.HitKernel;
import basewise.scan.kernel.HitKernels;
import basewise.scan.kernel.OrientedMatrix;
import basewise.scan.kernel.Rehearsal;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every site of many motifs, on both strands, with FIMO's scores, in the order of the sequences.
 * Nothing is capped. Thread-safe and reusable; memory depends on the motifs and the threads, not on
 * the sequences or the hits. Only one that scans by devices needs to be closed.
 */
public final class Scanner implements AutoCloseable {
  /** How many codes a block holds. */
  public static final int BLOCK = 1 << 16;

  /** How many codes a block holds whose sums a device counts. */
  private static final int LONG_BLOCK = 1 << 18;

  /** How many bases a packed block has. */
  private static final int PACKED = 1 << 20;

  /** The most columns of a motif: sums of more would not fit a hit. */
  static final int MOST_COLUMNS = 2000;

  /** From so many motifs on, preparing them takes longer than a rehearsal. */
  private static final int WORTH_A_REHEARSAL = 200;

  /** The most motifs. */
  private static final int MOST_MOTIFS = 1 << 20;

  private final ScanOptions options;
  private final List<ScanMotif> motifs;

  /** Where hits are found: the devices, or this where there are none. */
  private final @Nullable HitKernel kernel;

  private final List<HitDevice> devices;
  private final LaneLog log = new LaneLog();

  /** Devices count the sums of one scan at a time. */
  private final Object tallying = new Object();

  private Scanner(
      ScanOptions options,
      List<ScanMotif> motifs,
      @Nullable HitKernel kernel,
      List<HitDevice> devices) {
    this.options = options;
    this.motifs = motifs;
    this.kernel = kernel;
    this.devices = devices;
  }

  /**
   * Prepares motifs; the order of the list is that of hits that start at one place.
   *
   * @throws InputException if there are more than 2^20 motifs, or one has over 2,000 columns
   */
  public static Scanner open(List<Motif> motifs, ScanOptions options) {
    return open(motifs, options, HitDevices.none());
  }

  /**
   * As above, where devices find the hits; they change nothing but the time.
   *
   * @param where the devices; none for the processor
   * @throws basewise.cuda.CudaMissingException if a GPU was asked for and cannot be used
   */
  public static Scanner open(List<Motif> motifs, ScanOptions options, HitDevices where) {
    check(motifs);
    boolean rehearsed = !where.any() && motifs.size() >= WORTH_A_REHEARSAL;
    try (Rehearsal kernels = rehearsed ? Rehearsal.start() : null) {
      List<ScanMotif> ready =
          motifs.stream().parallel().map(m -> ScanMotif.of(m, options).ofHits()).toList();
      List<OrientedMatrix> matrices = matrices(ready, options);
      List<HitDevice> devices = matrices.isEmpty() ? List.of() : where.open(matrices);
      HitKernel kernel = devices.isEmpty() ? HitKernels.plan(matrices, !rehearsed) : null;
      return new Scanner(options, ready, kernel, devices);
    }
  }

  private static List<OrientedMatrix> matrices(List<ScanMotif> ready, ScanOptions options) {
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
    return matrices;
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
    return kernel != null
        ? kernel.describe()
        : devices.stream().map(HitDevice::describe).collect(Collectors.joining("; "));
  }

  /** What devices did since it was opened, for {@code -v}; empty without devices. */
  public String work() {
    return devices.isEmpty() ? "" : log.text();
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

  /**
   * As above, one of two scans of the same sequences: a first that takes a tally and one that takes
   * hits, which need not be sent to a device twice.
   *
   * @param kept by both, from {@link #keeping}
   */
  public <T> WindowCounts scan(
      BlockSource source, HitSink<T> sink, int threads, LongConsumer progress, KeptSequences kept) {
    if (devices.isEmpty()) {
      return scan(source, sink, threads, progress);
    }
    PackedSource packed = source.packed().orElse(null);
    if (kept.numbered() && packed != null) {
      // Such blocks are cut as ever, not as packed ones; and these are read much faster.
      return scan(source, sink, threads, progress);
    }
    boolean chunked = threads > 1 && !kept.numbered();
    BlockSource blocks = chunked ? source.chunks().orElse(source) : source;
    int capacity = kept.numbered() ? BLOCK : codesOfHits();
    if (packed != null) {
      capacity = Math.max(HitDevice.TILE, capacity / HitDevice.TILE * HitDevice.TILE);
    }
    DeviceSizes sizes = DeviceSizes.of(motifs, options, capacity, devices.size());
    DeviceInput input =
        packed != null && sink.tally() != null
            ? new PackedInput(packed, capacity)
            : new CodeInput(ScanBlocks.of(blocks), capacity, packed != null);
    return scan(input, sink, threads, progress, sizes, kept);
  }

  /**
   * Lets devices keep sequences for a second scan; without devices there is nothing to keep. Closed
   * after that; one at a time.
   *
   * @param numbered whether the second scan's sink is {@link HitSink#numbered}
   */
  public KeptSequences keeping(boolean numbered) {
    return new KeptSequences(devices, numbered);
  }

  /** As above, with blocks of some capacity; it changes nothing but the time. */
  <T> WindowCounts scan(
      BlockSource source, HitSink<T> sink, int threads, LongConsumer progress, int capacity) {
    if (kernel != null) {
      return scan(ScanBlocks.of(source), sink, threads, progress, capacity);
    }
    boolean tallied = sink.tally() != null;
    PackedSource packed = tallied ? source.packed().orElse(null) : null;
    if (packed != null) {
      DeviceSizes sizes = DeviceSizes.tallied(PACKED, true, devices.size());
      return scan(new PackedInput(packed, PACKED), sink, threads, progress, sizes);
    }
    boolean chunked = threads > 1 && !sink.numbered();
    BlockSource blocks = chunked ? source.chunks().orElse(source) : source;
    return scan(ScanBlocks.of(blocks), sink, threads, progress, codes(sink, capacity));
  }

  /**
   * How many codes blocks have that go to a device: many where sums are counted, fewer where every
   * base has dozens of hits, as with p-values up to 1; as ever where the blocks' numbers count.
   */
  private int codes(HitSink<?> sink, int capacity) {
    if (sink.numbered() || capacity != BLOCK) {
      return capacity;
    }
    if (sink.tally() != null) {
      return LONG_BLOCK;
    }
    return codesOfHits();
  }

  private int codesOfHits() {
    double few = DeviceSizes.HITS / DeviceSizes.density(motifs, options);
    return (int) Math.clamp(few, Math.min(BLOCK, 4 * overlap() + HitDevice.TILE), BLOCK);
  }

  private <T> WindowCounts scan(
      ScanBlocks source, HitSink<T> sink, int threads, LongConsumer progress, int capacity) {
    if (kernel != null) {
      return new BlockWorkers<>(this, source, sink, progress, capacity, threads).run();
    }
    DeviceSizes sizes =
        sink.tally() == null
            ? DeviceSizes.of(motifs, options, capacity, devices.size())
            : DeviceSizes.tallied(capacity, false, devices.size());
    return scan(new CodeInput(source, capacity), sink, threads, progress, sizes);
  }

  /** By devices, with so much under way; it changes nothing but the time. */
  <T> WindowCounts scan(
      DeviceInput input, HitSink<T> sink, int threads, LongConsumer progress, DeviceSizes sizes) {
    return scan(input, sink, threads, progress, sizes, null);
  }

  /** As above, with what is kept. */
  <T> WindowCounts scan(
      DeviceInput input,
      HitSink<T> sink,
      int threads,
      LongConsumer progress,
      DeviceSizes sizes,
      @Nullable KeptSequences kept) {
    DeviceWorkers<T> workers =
        new DeviceWorkers<>(this, devices, input, sink, progress, threads, sizes, log, kept);
    if (sink.tally() == null) {
      return workers.run();
    }
    synchronized (tallying) {
      return workers.run();
    }
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
    int capacity = kernel != null ? 1 : BLOCK; // of blocks to be filled: there are none
    return scan(sequences.blocks(), sink, threads, bases -> {}, capacity);
  }

  /** The hits of one block, sorted if asked for. */
  void find(ScanBlock block, HitBlock hits, boolean ordered) {
    if (kernel == null) {
      throw new IllegalStateException("devices find the hits");
    }
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

  /** Gives back the devices; not while a scan is running. */
  @Override
  public void close() {
    devices.forEach(HitDevice::close);
  }
}
