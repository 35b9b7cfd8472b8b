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
  private static final int MOST_WARPS = 8;
  private static final int MOST_SEQUENCES = 4096;
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
  private final DeviceBuffer weights;
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
    warps = warps(model.hidden().out());
    CudaModule module = own(context.load(RESOURCE));
    kernel = module.kernel("ism");
    try (CudaStream stream = context.stream()) {
      float[] columns = tables.columns();
      weights = own(context.allocate((long) Float.BYTES * columns.length));
      stream.write(weights, 0, columns);
      offsets = own(context.allocate((long) Float.BYTES * tables.filters()));
      stream.write(offsets, 0, tables.offsets());
      hidden = own(DeviceDense.of(context, stream, model.hidden()));
      output = own(DeviceDense.of(context, stream, model.output()));
    }
  }

  /**
   * Whether a block has shared memory for a model's hidden units: 3,072 or fewer.
   *
   * @param model any
   */
  public static boolean fits(MotifModel model) {
    return warps(model.hidden().out()) > 0;
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

  private static int warps(int units) {
    int words = DeviceMotifModel.SHARED / Float.BYTES / units;
    return Math.min(MOST_WARPS, (words - 1) / 3);
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
    long each = length + (long) Float.BYTES * answers();
    int batch = Math.min(codes.size(), (int) Math.clamp(BATCH_BYTES / each, 1, MOST_SEQUENCES));
    while (true) {
      try {
        run(codes, batch, out);
        return out;
      } catch (CudaException e) {
        if (!e.outOfMemory() || batch == 1) {
          throw e;
        }
        batch = (batch + 1) / 2;
      }
    }
  }

  private int answers() {
    return length * BASES * tasks;
  }

  private void run(List<byte[]> codes, int batch, float[][] out) {
    try (Room room = new Room(batch);
        CudaStream stream = context.stream();
        PinnedBuffer in = context.pinned((long) batch * length);
        PinnedBuffer answer = context.pinned((long) batch * answers() * Float.BYTES)) {
      for (int from = 0; from < codes.size(); from += batch) {
        int n = Math.min(batch, codes.size() - from);
        for (int i = 0; i < n; i++) {
          in.put((long) i * length, codes.get(from + i), 0, length);
        }
        stream.toDevice(room.codes, 0, in, 0, (long) n * length);
        room.launch(stream, n);
        stream.toHost(answer, 0, room.found, 0, (long) n * answers() * Float.BYTES);
        stream.synchronize();
        for (int i = 0; i < n; i++) {
          float[] row = new float[answers()];
          answer.get((long) i * answers() * Float.BYTES, row, 0, row.length);
          out[from + i] = row;
        }
      }
    }
  }

  /**
   * How long the kernel alone takes.
   *
   * @return milliseconds a sequence
   */
  double milliseconds(List<byte[]> codes, int repeats) {
    try (Room room = new Room(codes.size());
        CudaStream stream = context.stream()) {
      for (int i = 0; i < codes.size(); i++) {
        stream.write(room.codes, (long) i * length, codes.get(i));
      }
      return Bandwidth.milliseconds(
              context, stream, repeats, () -> room.launch(stream, codes.size()))
          / codes.size();
    }
  }

  /** What a batch needs on the device. */
  private final class Room implements AutoCloseable {
    private final List<AutoCloseable> held = new ArrayList<>();
    private final long scratchFloats = (4L * pool + 1) * windows * tables.filters();
    private final int shared = (1 + 3 * warps) * hidden.out() * Float.BYTES;
    private final int blocks;
    private final DeviceBuffer codes;
    private final DeviceBuffer found;
    private final DeviceBuffer scratch;

    Room(int batch) {
      int resident =
          Math.clamp(
              kernel.blocksPerMultiprocessor(warps * DeviceMotifModel.WARP, shared),
              1,
              MOST_BLOCKS);
      long most =
          Math.min(
              Math.min(SCRATCH_BYTES, context.freeMemory() / 2) / (Float.BYTES * scratchFloats),
              (long) resident * context.device().multiprocessors());
      blocks = (int) Math.clamp(most, 1, batch);
      try {
        codes = hold((long) batch * length);
        found = hold((long) batch * answers() * Float.BYTES);
        scratch = hold(blocks * scratchFloats * Float.BYTES);
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    private DeviceBuffer hold(long bytes) {
      DeviceBuffer buffer = context.allocate(bytes);
      held.add(buffer);
      return buffer;
    }

    void launch(CudaStream stream, int n) {
      kernel.launch(
          stream,
          Math.min(blocks, n),
          warps * DeviceMotifModel.WARP,
          shared,
          codes,
          n,
          length,
          weights,
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
    DeviceResources.close(open);
  }
}
