package basewise.nn.device;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.KernelLauncher;
import basewise.nn.MotifModel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The network's kernels, launched in any shape that they allow: what the host path would choose for
 * some device is one of many.
 */
final class NeuralLaunch {
  private static final int WARP = 32;

  private final KernelLauncher launcher;
  private final SeededModel seeded;
  private final MotifModel model;
  private final MotifTables tables;
  private final List<byte[]> codes;
  private final int pool;
  private final int windows;

  NeuralLaunch(KernelLauncher launcher, SeededModel seeded, int sequences) {
    this.launcher = launcher;
    this.seeded = seeded;
    model = seeded.model();
    tables = MotifTables.of(model.filters());
    codes = seeded.sequences(sequences);
    int asked = model.architecture().pool();
    pool = asked == 0 ? model.filters().positions(seeded.length()) : asked;
    windows = model.architecture().windows(seeded.length());
  }

  MotifModel model() {
    return model;
  }

  List<byte[]> codes() {
    return codes;
  }

  private static MemorySegment floats(Arena arena, float[] values) {
    MemorySegment out = arena.allocate(4L * Math.max(1, values.length), 16);
    MemorySegment.copy(values, 0, out, ValueLayout.JAVA_FLOAT, 0, values.length);
    return out;
  }

  /** Memory as a device gives it: of no particular content. */
  private static MemorySegment room(Arena arena, long floats) {
    return arena.allocate(4 * floats, 16).fill((byte) 0x5a);
  }

  private MemorySegment codes(Arena arena) {
    MemorySegment out = arena.allocate((long) codes.size() * seeded.length(), 16);
    for (int i = 0; i < codes.size(); i++) {
      MemorySegment.copy(
          codes.get(i), 0, out, ValueLayout.JAVA_BYTE, (long) i * seeded.length(), seeded.length());
    }
    return out;
  }

  private float[][] rows(MemorySegment from) {
    float[] all = from.toArray(ValueLayout.JAVA_FLOAT);
    int each = all.length / codes.size();
    float[][] rows = new float[codes.size()][each];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(all, i * each, rows[i], 0, each);
    }
    return rows;
  }

  private void launch(String kernel, int grid, int warps, int shared, Object... arguments) {
    assertThat(launcher.launch(kernel, grid, warps * WARP, shared, arguments)).as(kernel).isZero();
  }

  /**
   * As {@link PlainMutagenesis}.
   *
   * @param cached whether a block has the weights in shared memory
   */
  float[][] ism(int grid, int warps, boolean cached) {
    try (Arena arena = Arena.ofConfined()) {
      int filters = tables.filters();
      int units = model.hidden().out();
      int tasks = model.tasks().size();
      long scratch = (4L * pool + 1) * windows * filters;
      MemorySegment out = room(arena, (long) codes.size() * seeded.length() * 4 * tasks);
      launch(
          "ism",
          grid,
          warps,
          (cached ? 16 * filters * tables.width() : 0)
              + (1 + 3 * warps) * units * Float.BYTES
              + seeded.length(),
          codes(arena),
          codes.size(),
          seeded.length(),
          floats(arena, tables.columns()),
          floats(arena, tables.columnWeights()),
          cached ? 1 : 0,
          filters,
          tables.width(),
          tables.both() ? 1 : 0,
          pool,
          windows,
          floats(arena, tables.offsets()),
          tables.activationCode(),
          floats(arena, model.hidden().weights()),
          floats(arena, model.hidden().bias()),
          units,
          floats(arena, model.output().weights()),
          tasks,
          room(arena, grid * scratch),
          scratch,
          out);
      return rows(out);
    }
  }

  /**
   * As {@link MotifModel#pooled}.
   *
   * @param wide whether the tables stay where they are
   * @param groups blocks that share a tile of filters
   * @param stage positions whose row numbers a warp keeps
   */
  float[][] pooled(boolean wide, int groups, int warps, int stage) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = room(arena, (long) codes.size() * windows * tables.filters());
      launch(
          wide ? "onehot_conv_wide" : "onehot_conv",
          tables.tiles() * groups,
          warps,
          (wide ? 0 : tables.tileBytes()) + warps * Short.BYTES * (stage + 2 * tables.pairs() + 8),
          codes(arena),
          codes.size(),
          seeded.length(),
          floats(arena, tables.pairTables()),
          tables.tiles(),
          tables.filters(),
          tables.width(),
          tables.both() ? 1 : 0,
          pool,
          windows,
          floats(arena, tables.offsets()),
          tables.activationCode(),
          stage,
          values,
          0L);
      return rows(values);
    }
  }

  /**
   * As {@link MotifModel#logits}, of pooled values.
   *
   * @param pooled [sequence][window * filters + filter]
   */
  float[][] head(float[][] pooled, int grid, int warps) {
    try (Arena arena = Arena.ofConfined()) {
      int in = pooled[0].length;
      float[] all = new float[pooled.length * in];
      for (int i = 0; i < pooled.length; i++) {
        System.arraycopy(pooled[i], 0, all, i * in, in);
      }
      int units = model.hidden().out();
      MemorySegment logits = room(arena, (long) codes.size() * model.tasks().size());
      launch(
          "motif_head",
          grid,
          warps,
          warps * Float.BYTES * units,
          floats(arena, all),
          codes.size(),
          in,
          floats(arena, model.hidden().weights()),
          floats(arena, model.hidden().bias()),
          units,
          floats(arena, model.output().weights()),
          floats(arena, model.output().bias()),
          model.tasks().size(),
          logits);
      return rows(logits);
    }
  }
}
