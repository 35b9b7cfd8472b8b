package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.KernelLauncher;
import basewise.cuda.ShimLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The device's scan on the CPU, through the shim: a block of codes is laid several times into one
 * batch, and every copy must have the same hits.
 */
final class EmulatedScan implements HitKernel {
  private static final int TILE = 1024;

  /** Blocks of a batch. */
  private static final int BLOCKS = 2;

  private final List<DeviceTables> tables;
  private final Shape shape;
  private final KernelLauncher launcher;

  /**
   * How kernels are launched.
   *
   * @param threads threads of a block
   * @param grid blocks
   * @param staged hits of a tile that shared memory holds
   * @param capacity hits that the first try has room for
   */
  record Shape(int threads, int grid, int staged, int capacity) {
    static final Shape USUAL = new Shape(256, 3, 512, 1 << 16);
  }

  EmulatedScan(List<DeviceTables> tables, Shape shape) {
    this(tables, shape, ShimLibrary.shared());
  }

  EmulatedScan(List<DeviceTables> tables, Shape shape, KernelLauncher launcher) {
    this.tables = tables;
    this.shape = shape;
    this.launcher = launcher;
  }

  /** What lies on the device of one batch. */
  private final class Batch {
    final int stride;
    final int n;
    final MemorySegment bases;
    final MemorySegment unknown;
    final MemorySegment limits;

    Batch(Arena arena, BlockCodes block) {
      stride = (block.length() + 256) / TILE * TILE + TILE;
      n = BLOCKS * stride;
      MemorySegment codes = arena.allocate(n, 16).fill((byte) 4);
      limits = arena.allocate(ValueLayout.JAVA_INT, BLOCKS);
      for (int b = 0; b < BLOCKS; b++) {
        MemorySegment.copy(
            block.codes(), 0, codes, ValueLayout.JAVA_BYTE, (long) b * stride, block.length());
        int limit = Math.min(block.startLimit(), block.length());
        limits.setAtIndex(ValueLayout.JAVA_INT, b, b * stride + limit);
      }
      bases = arena.allocate(4L * (n / 16 + 260), 16).fill((byte) 0x5a);
      unknown = arena.allocate(4L * (n / 32 + 130), 16).fill((byte) 0x5a);
      launch("encode_codes", 2, 128, 0, codes, n, bases, unknown);
    }

    int tiles() {
      return n / TILE;
    }
  }

  private void launch(String kernel, int grid, int block, int shared, Object... arguments) {
    assertThat(launcher.launch(kernel, grid, block, shared, arguments)).as(kernel).isZero();
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    List<long[]> found = List.of();
    int capacity = shape.capacity;
    while (true) {
      try (Arena arena = Arena.ofConfined()) {
        List<long[]> lists = new ArrayList<>();
        long wanted = attempt(arena, block, capacity, lists);
        if (wanted <= capacity) {
          found = lists;
          break;
        }
        capacity = (int) wanted;
      }
    }
    for (int b = 1; b < BLOCKS; b++) {
      assertThat(found.get(b)).as("hits of copy %d", b).isEqualTo(found.get(0));
    }
    for (long h : found.get(0)) {
      hits.add((int) (h >>> 42), (int) (h >>> 21) & 0x1fffff, (int) h & 0x1fffff);
    }
  }

  /** Hits wanted; those of each block, sorted, if there was room for all. */
  private long attempt(Arena arena, BlockCodes block, int capacity, List<long[]> lists) {
    Batch batch = new Batch(arena, block);
    int tiles = batch.tiles();
    MemorySegment room = arena.allocate(8L * Math.max(1, capacity), 16);
    MemorySegment counter = arena.allocate(ValueLayout.JAVA_LONG);
    List<MemorySegment> firsts = new ArrayList<>();
    List<MemorySegment> counts = new ArrayList<>();
    for (DeviceTables t : tables) {
      MemorySegment first = arena.allocate(ValueLayout.JAVA_INT, tiles).fill((byte) 0x5a);
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT, tiles).fill((byte) 0x5a);
      launch(
          t.hitsKernel(),
          shape.grid,
          shape.threads,
          t.sharedBytes(shape.threads, shape.staged),
          words(arena, t),
          batch.bases,
          batch.unknown,
          batch.limits,
          batch.stride,
          tiles,
          shape.staged,
          room,
          (long) capacity,
          first,
          count,
          counter);
      firsts.add(first);
      counts.add(count);
    }
    long wanted = counter.get(ValueLayout.JAVA_LONG, 0);
    long told = 0;
    for (MemorySegment c : counts) {
      for (int i = 0; i < tiles; i++) {
        told += c.getAtIndex(ValueLayout.JAVA_INT, i);
      }
    }
    assertThat(told).as("hits by tiles").isEqualTo(wanted);
    if (wanted <= capacity) {
      for (int b = 0; b < BLOCKS; b++) {
        lists.add(hits(batch, room, firsts, counts, b));
      }
    }
    return wanted;
  }

  private static long[] hits(
      Batch batch,
      MemorySegment room,
      List<MemorySegment> firsts,
      List<MemorySegment> counts,
      int block) {
    int tiles = batch.stride / TILE;
    long[] out = new long[0];
    for (int l = 0; l < firsts.size(); l++) {
      for (int tile = block * tiles; tile < (block + 1) * tiles; tile++) {
        int n = counts.get(l).getAtIndex(ValueLayout.JAVA_INT, tile);
        if (n > 0) {
          long first = firsts.get(l).getAtIndex(ValueLayout.JAVA_INT, tile);
          int size = out.length;
          out = Arrays.copyOf(out, size + n);
          MemorySegment.copy(room, ValueLayout.JAVA_LONG, 8 * first, out, size, n);
        }
      }
    }
    Arrays.sort(out);
    return out;
  }

  private static MemorySegment words(Arena arena, DeviceTables t) {
    MemorySegment words = arena.allocate(4L * t.words().length, 256);
    MemorySegment.copy(t.words(), 0, words, ValueLayout.JAVA_INT, 0, t.words().length);
    return words;
  }

  /** Counts hits; each once, though the batch has copies. */
  void histogram(BlockCodes block, boolean bySum, DeviceTables.BinReceiver receiver) {
    try (Arena arena = Arena.ofConfined()) {
      Batch batch = new Batch(arena, block);
      for (DeviceTables t : tables) {
        MemorySegment bins = arena.allocate(ValueLayout.JAVA_LONG, t.bins(bySum));
        launch(
            t.histogramKernel(),
            shape.grid,
            shape.threads,
            t.sharedBytes(shape.threads, 0),
            words(arena, t),
            batch.bases,
            batch.unknown,
            batch.limits,
            batch.stride,
            batch.tiles(),
            bins,
            bySum ? 1 : 0);
        t.readBins(
            bins.toArray(ValueLayout.JAVA_LONG),
            bySum,
            (oriented, sum, count) -> {
              assertThat(count % BLOCKS).isZero();
              receiver.add(oriented, sum, count / BLOCKS);
            });
      }
    }
  }

  @Override
  public String describe() {
    return "emulated";
  }
}
