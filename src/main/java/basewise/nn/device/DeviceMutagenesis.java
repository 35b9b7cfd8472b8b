package basewise.nn.device;

import basewise.cuda.Bandwidth;
import basewise.cuda.CudaContext;
import basewise.cuda.CudaException;
import basewise.cuda.CudaKernel;
import basewise.cuda.CudaModule;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.PinnedBuffer;
import basewise.nn.MotifModel;
import basewise.nn.kernel.FilterActivation;
import java.util.ArrayList;
import java.util.List;

/**
 * In-silico mutagenesis of a {@code motif} model on a GPU: {@link PlainMutagenesis} bit for bit
 * (but for the exponential activation's last place), and within 1e-5 of passing every mutant
 * through the network. A batch that the device has no memory for is made smaller. For one thread at
 * a time.
 */
public final class DeviceMutagenesis implements AutoCloseable {
  static final String RESOURCE = "/basewise/cuda/ism.ptx";

  private static final int BASES = 4;
  private static final int MOST_WARPS = 4;
  private static final int MOST_SEQUENCES = 1024;
  private static final long BATCH_BYTES = 64 << 20;

  /** For the scores and maxima of the blocks that run at a time. */
  private static final long SCRATCH_BYTES = 2L << 30;

  /** Of a multiprocessor: more would push each other out of its cache. */
  private static final int MOST_BLOCKS = 4;

  private final CudaContext context;
  private final MotifTables tables;
  private final int length;
  private final int pool;
  private final int windows;
  private final int tasks;
  private final int warps;
  private final CudaKernel kernel;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Room> rooms = new ArrayList<>();

  /** Sequences of a batch; 0 before the first. */
  private int most;

  private final DeviceBuffer weights;
  private final DeviceBuffer byColumn;

  /** Of weights that a block keeps in shared memory; 0 where they do not fit. */
  private final int cachedBytes;

  /** Of a block. */
  private final int shared;

  private final DeviceBuffer offsets;
  private final DeviceDense hidden;
  private final DeviceDense output;

  private DeviceMutagenesis(CudaContext context, MotifModel model) {
    this.context = context;
    tables = MotifTables.of(model.filters());
    length = model.width();
    windows = model.architecture().windows(length);
    int asked = model.architecture().pool();
    pool = asked == 0 ? model.filters().positions(length) : asked;
    tasks = model.tasks().size();
    warps = warps(model);
    CudaModule module = own(context.load(RESOURCE));
    kernel = module.kernel("ism");
    int rest = sharedBytes(warps, model.hidden().out(), length);
    int all = tables.filters() * tables.width() * BASES * Float.BYTES;
    cachedBytes = all + rest <= context.device().sharedPerBlock() ? all : 0;
    shared = cachedBytes + rest;
    if (shared > DeviceMotifModel.SHARED) {
      kernel.setMaxDynamicShared(shared);
    }
    try (CudaStream stream = context.stream()) {
      float[] columns = tables.columns();
      weights = own(context.allocate((long) Float.BYTES * columns.length));
      stream.write(weights, 0, columns);
      float[] byFilter = tables.columnWeights();
      byColumn = own(context.allocate((long) Float.BYTES * byFilter.length));
      stream.write(byColumn, 0, byFilter);
      offsets = own(context.allocate((long) Float.BYTES * tables.filters()));
      stream.write(offsets, 0, tables.offsets());
      hidden = own(DeviceDense.of(context, stream, model.hidden()));
      output = own(DeviceDense.of(context, stream, model.output()));
    }
  }

  /**
   * Whether a block has shared memory for a model's hidden units, 3,072 or fewer, and its window.
   *
   * @param model any
   */
  public static boolean fits(MotifModel model) {
    return warps(model) > 0;
  }

  /**
   * Puts a model on a device.
   *
   * @param model one that {@link #fits}
   */
  public static DeviceMutagenesis open(CudaContext context, MotifModel model) {
    if (!fits(model)) {
      throw new IllegalArgumentException(model.hidden().out() + " hidden units");
    }
    return new DeviceMutagenesis(context, model);
  }

  /** As many as shared memory lets a block have; 0 if none. */
  private static int warps(MotifModel model) {
    int warps = MOST_WARPS;
    while (warps > 0
        && sharedBytes(warps, model.hidden().out(), model.width()) > DeviceMotifModel.SHARED) {
      warps--;
    }
    return warps;
  }

  /** Hidden units and their changes under three mutants of each warp, and the sequence. */
  private static int sharedBytes(int warps, int units, int length) {
    return (1 + 3 * warps) * units * Float.BYTES + length;
  }

  private <T extends AutoCloseable> T own(T resource) {
    open.add(resource);
    return resource;
  }

  /**
   * Outputs of each substitution minus outputs of the sequence.
   *
   * @param codes sequences of as many bases as the model reads
   * @return [sequence][(position * 4 + base) * tasks + task]; 0 for the base that is there and at N
   */
  public float[][] differences(List<byte[]> codes) {
    float[][] out = new float[codes.size()][];
    if (codes.isEmpty()) {
      return out;
    }
    for (byte[] c : codes) {
      if (c.length != length) {
        throw new IllegalArgumentException(
            "a sequence of %d bases for a model of %d".formatted(c.length, length));
      }
    }
    if (most == 0) {
      long each = length + (long) Float.BYTES * answers();
      most = (int) Math.clamp(BATCH_BYTES / each, 1, MOST_SEQUENCES);
    }
    while (true) {
      try {
        run(codes, Math.min(codes.size(), most), out);
        return out;
      } catch (CudaException e) {
        if (!e.outOfMemory() || most == 1) {
          throw e;
        }
        letGo();
        most = (Math.min(codes.size(), most) + 1) / 2;
      }
    }
  }

  private int answers() {
    return length * BASES * tasks;
  }

  /** In batches, of which two are under way at a time. */
  private void run(List<byte[]> codes, int batch, float[][] out) {
    int under = codes.size() > batch ? 2 : 1;
    if (rooms.size() < under || rooms.getFirst().batch < batch) {
      letGo();
      for (int i = 0; i < under; i++) {
        rooms.add(new Room(batch));
      }
    }
    int next = 0;
    for (int from = 0; from < codes.size(); from += batch) {
      Room room = rooms.get(next++ % under);
      room.finish(out);
      room.start(codes, from, Math.min(batch, codes.size() - from));
    }
    for (int i = 0; i < under; i++) {
      rooms.get(next++ % under).finish(out);
    }
  }

  private void letGo() {
    rooms.forEach(Room::close);
    rooms.clear();
  }

  /**
   * How long the kernel alone takes.
   *
   * @return milliseconds a sequence
   */
  double milliseconds(List<byte[]> codes, int repeats) {
    try (Room room = new Room(codes.size())) {
      for (int i = 0; i < codes.size(); i++) {
        room.stream.write(room.codes, (long) i * length, codes.get(i));
      }
      return Bandwidth.milliseconds(context, room.stream, repeats, () -> room.launch(codes.size()))
          / codes.size();
    }
  }

  /** What a batch needs; kept between calls, for pinned memory is slow to get. */
  private final class Room implements AutoCloseable {
    private final int batch;
    private final List<AutoCloseable> held = new ArrayList<>();
    private final long scratchFloats = (4L * pool + 1) * windows * tables.filters();
    private final int blocks;
    private final CudaStream stream;
    private final PinnedBuffer in;
    private final PinnedBuffer answer;
    private final DeviceBuffer codes;
    private final DeviceBuffer found;
    private final DeviceBuffer scratch;
    private int first;
    private int n;

    Room(int batch) {
      this.batch = batch;
      int resident =
          Math.clamp(
              kernel.blocksPerMultiprocessor(warps * DeviceMotifModel.WARP, shared),
              1,
              MOST_BLOCKS);
      long room =
          Math.min(
              Math.min(SCRATCH_BYTES, context.freeMemory() / 2) / (Float.BYTES * scratchFloats),
              (long) resident * context.device().multiprocessors());
      blocks = (int) Math.clamp(room, 1, batch);
      try {
        stream = hold(context.stream());
        in = hold(context.pinned((long) batch * length));
        answer = hold(context.pinned((long) batch * answers() * Float.BYTES));
        codes = hold(context.allocate((long) batch * length));
        found = hold(context.allocate((long) batch * answers() * Float.BYTES));
        scratch = hold(context.allocate(blocks * scratchFloats * Float.BYTES));
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    private <T extends AutoCloseable> T hold(T resource) {
      held.add(resource);
      return resource;
    }

    void start(List<byte[]> all, int from, int count) {
      first = from;
      n = count;
      for (int i = 0; i < n; i++) {
        in.put((long) i * length, all.get(from + i), 0, length);
      }
      stream.toDevice(codes, 0, in, 0, (long) n * length);
      launch(n);
      stream.toHost(answer, 0, found, 0, (long) n * answers() * Float.BYTES);
    }

    void finish(float[][] out) {
      if (n > 0) {
        stream.synchronize();
        for (int i = 0; i < n; i++) {
          float[] row = new float[answers()];
          answer.get((long) i * answers() * Float.BYTES, row, 0, row.length);
          out[first + i] = row;
        }
        n = 0;
      }
    }

    void launch(int sequences) {
      kernel.launch(
          stream,
          Math.min(blocks, sequences),
          warps * DeviceMotifModel.WARP,
          shared,
          codes,
          sequences,
          length,
          weights,
          byColumn,
          cachedBytes > 0 ? 1 : 0,
          tables.filters(),
          tables.width(),
          tables.both() ? 1 : 0,
          pool,
          windows,
          offsets,
          tables.activationCode(),
          hidden.weights(),
          hidden.bias(),
          hidden.out(),
          output.weights(),
          tasks,
          scratch,
          scratchFloats,
          found);
    }

    @Override
    public void close() {
      DeviceResources.close(held);
    }
  }

  /** Whether no rounding may differ from the CPU's. */
  boolean exact() {
    return tables.activation() == FilterActivation.RELU;
  }

  @Override
  public void close() {
    letGo();
    DeviceResources.close(open);
  }
}
