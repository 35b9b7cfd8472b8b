package basewise.nn.device;

import basewise.cuda.Bandwidth;
import basewise.cuda.CudaContext;
import basewise.cuda.CudaException;
import basewise.cuda.CudaKernel;
import basewise.cuda.CudaModule;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.nn.BestSites;
import basewise.nn.MotifModel;
import basewise.nn.kernel.FilterActivation;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code motif} model on a GPU: the answers of {@link MotifModel}, bit for bit (with the
 * exponential activation an activated value may differ by one unit of the last place of a float).
 * Sequences pass in batches, two under way at a time; a batch that the device has no memory for is
 * made smaller. For one thread at a time.
 */
public final class DeviceMotifModel implements AutoCloseable {
  static final String RESOURCE = "/basewise/cuda/onehot_conv.ptx";
  static final int WARP = 32;

  /** Shared memory of a block that needs no asking for. */
  static final int SHARED = 48 << 10;

  private static final int WARPS = 8;
  private static final int AT_ONCE = 8;
  private static final int LONGEST_STAGE = 256;
  private static final int SHORTEST_STAGE = 64;
  private static final int MOST_SEQUENCES = 16_384;
  private static final long BATCH_BYTES = 64 << 20;

  /** Nothing follows the offset. */
  private static final int IDENTITY = 0;

  private final CudaContext context;
  private final MotifModel model;
  private final MotifTables tables;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final CudaKernel kernel;
  private final CudaKernel head;
  private final DeviceBuffer pairs;
  private final DeviceBuffer offsets;
  private final DeviceDense hidden;
  private final DeviceDense output;

  /** What a pass is asked for. */
  enum Answer {
    /** Raw outputs. */
    LOGITS,
    /** Activated values of the maxima. */
    POOLED,
    /** Values before the activation, and where. */
    SITES
  }

  private DeviceMotifModel(CudaContext context, MotifModel model) {
    this.context = context;
    this.model = model;
    tables = MotifTables.of(model.filters());
    CudaModule module = own(context.load(RESOURCE));
    // Filters too wide for the shared memory of this device are read through its cache.
    boolean fits =
        tables.tileBytes() + stageBytes(SHORTEST_STAGE) <= context.device().sharedPerBlock();
    kernel = module.kernel(fits ? "onehot_conv" : "onehot_conv_wide");
    head = module.kernel("motif_head");
    try (CudaStream stream = context.stream()) {
      float[] all = tables.pairTables();
      pairs = own(context.allocate((long) Float.BYTES * all.length));
      stream.write(pairs, 0, all);
      offsets = own(context.allocate((long) Float.BYTES * tables.filters()));
      stream.write(offsets, 0, tables.offsets());
      hidden = own(DeviceDense.of(context, stream, model.hidden()));
      output = own(DeviceDense.of(context, stream, model.output()));
    }
    if (tableBytes() + stageBytes(stage(LONGEST_STAGE)) > SHARED) {
      kernel.setMaxDynamicShared(tableBytes() + stageBytes(stage(LONGEST_STAGE)));
    }
  }

  /** Whether the kernels have shared memory for a model's hidden units: 12,288 or fewer. */
  public static boolean fits(MotifModel model) {
    return model.hidden().out() <= SHARED / Float.BYTES;
  }

  /** Puts a model on a device; one that {@link #fits}. */
  public static DeviceMotifModel open(CudaContext context, MotifModel model) {
    return new DeviceMotifModel(context, model);
  }

  private <T extends AutoCloseable> T own(T resource) {
    open.add(resource);
    return resource;
  }

  /** Of tables in shared memory. */
  private int tableBytes() {
    return kernel.name().equals("onehot_conv") ? tables.tileBytes() : 0;
  }

  private int stageBytes(int stage) {
    return WARPS * Short.BYTES * (stage + 2 * tables.pairs() + AT_ONCE);
  }

  /**
   * Positions whose row numbers a warp keeps: as many as the window has and shared memory takes.
   */
  private int stage(int pool) {
    int stage = LONGEST_STAGE;
    while (stage > SHORTEST_STAGE
        && (stage / 2 >= pool
            || tableBytes() + stageBytes(stage) > context.device().sharedPerBlock())) {
      stage /= 2;
    }
    return stage;
  }

  /**
   * Raw outputs, as {@link MotifModel#logits}.
   *
   * @param codes sequences of one length
   * @return [sequence][task]
   */
  public float[][] logits(List<byte[]> codes) {
    float[][] out = new float[codes.size()][];
    run(codes, Answer.LOGITS, (sequence, values, sites) -> out[sequence] = values);
    return out;
  }

  /**
   * Activated values after the maximum, as {@link MotifModel#pooled}.
   *
   * @param codes sequences of one length
   * @return [sequence][window * filters + filter]
   */
  public float[][] pooled(List<byte[]> codes) {
    float[][] out = new float[codes.size()][];
    run(codes, Answer.POOLED, (sequence, values, sites) -> out[sequence] = values);
    return out;
  }

  /**
   * The best window of every filter in every sequence, as {@link basewise.nn.FilterBank#best}.
   *
   * @param codes sequences of one length, at least as long as the filters
   */
  public BestSites best(List<byte[]> codes) {
    int filters = tables.filters();
    float[] values = new float[codes.size() * filters];
    int[] sites = new int[values.length];
    run(
        codes,
        Answer.SITES,
        (sequence, v, s) -> {
          System.arraycopy(v, 0, values, sequence * filters, filters);
          System.arraycopy(s, 0, sites, sequence * filters, filters);
        });
    return new BestSites(filters, values, sites);
  }

  /** What becomes of a sequence's answer. */
  @FunctionalInterface
  interface Taker {
    void take(int sequence, float[] values, int[] sites);
  }

  private void run(List<byte[]> codes, Answer answer, Taker taker) {
    if (codes.isEmpty()) {
      return;
    }
    int length = codes.getFirst().length;
    Shape shape = shape(length, answer);
    for (byte[] c : codes) {
      if (c.length != length) {
        throw new IllegalArgumentException(
            "%d and %d bases in a batch".formatted(length, c.length));
      }
    }
    int most = (int) Math.clamp(BATCH_BYTES / shape.bytes(), 1, MOST_SEQUENCES);
    int batch = Math.min(codes.size(), most);
    while (true) {
      try (MotifBatches batches = new MotifBatches(this, context, shape, batch)) {
        batches.run(codes, taker);
        return;
      } catch (CudaException e) {
        if (!e.outOfMemory() || batch == 1) {
          throw e;
        }
        batch = (batch + 1) / 2;
      }
    }
  }

  private Shape shape(int length, Answer answer) {
    int asked = model.architecture().pool();
    boolean global = answer == Answer.SITES || asked == 0;
    int positions = model.filters().positions(length);
    if (positions == 0 || !global && length != model.width()) {
      throw new IllegalArgumentException(
          "a sequence of %d bases for a model of %d".formatted(length, model.width()));
    }
    int pool = global ? positions : asked;
    int windows = global ? 1 : positions / pool;
    return new Shape(answer, length, pool, windows, tables.filters(), output.out());
  }

  /**
   * A pass.
   *
   * @param pool positions a window of the maximum
   */
  record Shape(Answer answer, int length, int pool, int windows, int filters, int tasks) {
    int values() {
      return windows * filters;
    }

    /** Numbers of an answer per sequence. */
    int answers() {
      return answer == Answer.LOGITS ? tasks : values();
    }

    /** Bytes per sequence, on the device. */
    long bytes() {
      return length + (long) Float.BYTES * (values() * (answer == Answer.SITES ? 2L : 1L) + tasks);
    }
  }

  /** Queues what comes between codes and answers. */
  void queue(
      CudaStream stream,
      Shape shape,
      int n,
      DeviceBuffer codes,
      DeviceBuffer values,
      Object sites,
      DeviceBuffer logits) {
    int stage = stage(shape.pool());
    int shared = tableBytes() + stageBytes(stage);
    int tasks = n * shape.windows();
    int resident =
        context.device().multiprocessors()
            * Math.max(1, kernel.blocksPerMultiprocessor(WARPS * WARP, shared));
    int tiles = tables.tiles();
    int groups = Math.clamp(resident / tiles, 1, (tasks + WARPS - 1) / WARPS);
    kernel.launch(
        stream,
        tiles * groups,
        WARPS * WARP,
        shared,
        codes,
        n,
        shape.length(),
        pairs,
        tiles,
        tables.filters(),
        tables.width(),
        tables.both() ? 1 : 0,
        shape.pool(),
        shape.windows(),
        offsets,
        shape.answer() == Answer.SITES ? IDENTITY : tables.activationCode(),
        stage,
        values,
        sites);
    if (shape.answer() == Answer.LOGITS) {
      int warps = Math.clamp(SHARED / (Float.BYTES * hidden.out()), 1, WARPS);
      head.launch(
          stream,
          Math.min((n + warps - 1) / warps, 64 * context.device().multiprocessors()),
          warps * WARP,
          warps * Float.BYTES * hidden.out(),
          values,
          n,
          shape.values(),
          hidden.weights(),
          hidden.bias(),
          hidden.out(),
          output.weights(),
          output.bias(),
          output.out(),
          logits);
    }
  }

  /**
   * How long the kernels alone take.
   *
   * @return milliseconds for all of {@code codes}
   */
  double milliseconds(List<byte[]> codes, Answer answer, int repeats) {
    Shape shape = shape(codes.getFirst().length, answer);
    int n = codes.size();
    try (CudaStream stream = context.stream();
        DeviceBuffer in = context.allocate((long) n * shape.length());
        DeviceBuffer values = context.allocate((long) n * Float.BYTES * shape.values());
        DeviceBuffer logits = context.allocate((long) n * Float.BYTES * shape.tasks())) {
      byte[] all = new byte[n * shape.length()];
      for (int i = 0; i < n; i++) {
        System.arraycopy(codes.get(i), 0, all, i * shape.length(), shape.length());
      }
      stream.write(in, 0, all);
      return Bandwidth.milliseconds(
          context,
          stream,
          repeats,
          () -> queue(stream, shape, n, in, values, MotifBatches.NONE, logits));
    }
  }

  /** Whether no rounding may differ from the CPU's. */
  boolean exact() {
    return tables.activation() == FilterActivation.RELU;
  }

  @Override
  public void close() {
    DeviceResources.close(open);
  }
}
