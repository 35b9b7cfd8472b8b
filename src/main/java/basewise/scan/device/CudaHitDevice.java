package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaException;
import basewise.cuda.CudaKernel;
import basewise.cuda.CudaMissingException;
import basewise.cuda.CudaModule;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.scan.kernel.DeviceTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A GPU that finds hits: its kernels, tables and bins. */
final class CudaHitDevice implements HitDevice {
  /** Hits of a tile that a block of threads keeps in shared memory before they are written. */
  static final int STAGED = 512;

  /** Dynamic shared memory that needs no leave. */
  private static final int PLAIN_SHARED = 48 << 10;

  private final CudaContext context;
  private final Map<String, CudaKernel> encoders = new HashMap<>();
  private final List<Pass> passes = new ArrayList<>();
  private volatile boolean bySum;

  /**
   * A set of tables, and how they are gone through.
   *
   * @param words the tables on the device
   * @param bins where hits are counted
   */
  record Pass(
      DeviceTables tables, DeviceBuffer words, Launch hits, Launch histogram, DeviceBuffer bins) {}

  /** A kernel and its shape; the grid is that of a device full of blocks. */
  record Launch(CudaKernel kernel, int grid, int threads, int shared) {}

  private CudaHitDevice(CudaContext context) {
    this.context = context;
    CudaModule module = context.load(resource("encode"));
    for (String name : List.of("encode_codes", "encode_2bit", "mark_unknown")) {
      encoders.put(name, module.kernel(name));
    }
  }

  /**
   * Brings tables to a device.
   *
   * @param context is closed with this, and at once if it cannot be done
   */
  static CudaHitDevice open(CudaContext context, List<DeviceTables> tables) {
    try {
      Map<String, CudaModule> modules = new HashMap<>();
      CudaHitDevice device =
          new CudaHitDevice(context);
      try (CudaStream stream = context.stream()) {
        for (DeviceTables t : tables) {
          CudaModule module =
              modules.computeIfAbsent(t.resource(), name -> context.load(resource(name)));
          int[] words = t.words();
          DeviceBuffer memory = context.allocate(4L * words.length);
          stream.write(memory, 0, words);
          int threads = t.threads();
          device.passes.add(
              new Pass(
                  t,
                  memory,
                  device.launch(
                      module.kernel(t.hitsKernel()), threads, t.sharedBytes(threads, STAGED)),
                  device.launch(
                      module.kernel(t.histogramKernel()), threads, t.sharedBytes(threads, 0)),
                  context.allocate(8L * Math.max(1, t.bins(true)))));
        }
      }
      return device;
    } catch (CudaException e) {
      context.close();
      throw failure(context.device(), e);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static String resource(String name) {
    return "/basewise/cuda/" + name + ".ptx";
  }

  private Launch launch(CudaKernel kernel, int threads, int shared) {
    if (shared > PLAIN_SHARED) {
      kernel.setMaxDynamicShared(shared);
    }
    int blocks = Math.max(1, kernel.blocksPerMultiprocessor(threads, shared));
    return new Launch(kernel, blocks * context.device().multiprocessors(), threads, shared);
  }

  RuntimeException failure(CudaException e) {
    return failure(context.device(), e);
  }

  /** What a failure of the driver means: want of memory, or the end. */
  static RuntimeException failure(CudaDevice device, CudaException e) {
    String who = "cuda:%d (%s)".formatted(device.ordinal(), device.name());
    if (e.outOfMemory()) {
      return new DeviceMemoryException(who + " has not enough memory", e);
    }
    return new CudaMissingException(
        "%s failed: %s; nothing was written: try again, or with --device cpu"
            .formatted(who, e.getMessage()),
        e);
  }

  CudaContext context() {
    return context;
  }

  CudaKernel encode(String name) {
    CudaKernel kernel = encoders.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(name);
    }
    return kernel;
  }

  List<Pass> passes() {
    return passes;
  }

  boolean bySum() {
    return bySum;
  }

  @Override
  public HitLane lane(LaneLog log) {
    try {
      return new CudaLane(this, log);
    } catch (CudaException e) {
      throw failure(e);
    }
  }

  @Override
  public HostBuffer host(long bytes) {
    try {
      return new CudaHostBuffer(context.pinned(bytes));
    } catch (CudaException e) {
      throw failure(e);
    }
  }

  @Override
  public void beginTally(boolean sums) {
    bySum = sums;
    try (CudaStream stream = context.stream()) {
      for (Pass p : passes) {
        stream.zero(p.bins, 0, p.bins.bytes());
      }
      stream.synchronize();
    } catch (CudaException e) {
      throw failure(e);
    }
  }

  @Override
  public void tallied(SumTally to) {
    try (CudaStream stream = context.stream()) {
      for (Pass p : passes) {
        long[] bins = new long[Math.toIntExact(p.tables.bins(bySum))];
        stream.read(p.bins, 0, bins);
        p.tables.readBins(bins, bySum, to::add);
      }
    } catch (CudaException e) {
      throw failure(e);
    }
  }

  @Override
  public String describe() {
    CudaDevice device = context.device();
    return "cuda:%d (%s): %s"
        .formatted(
            device.ordinal(),
            device.name(),
            passes.stream().map(p -> p.tables.describe()).collect(Collectors.joining(", ")));
  }

  @Override
  public void close() {
    context.close();
  }
}
