package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaEvent;
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

  private final CudaCode code;
  private final CudaContext context;
  private final Map<String, CudaKernel> encoders = new HashMap<>();
  private final List<Pass> passes = new ArrayList<>();
  private final CudaEvent epoch;
  private final CudaKeep keep;
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

  private CudaHitDevice(CudaCode code) {
    this.code = code;
    context = code.context();
    epoch = context.event();
    keep = new CudaKeep(context);
    CudaModule module = code.module("encode");
    for (String name : List.of("encode_codes", "encode_2bit", "mark_unknown")) {
      encoders.put(name, module.kernel(name));
    }
  }

  /** Starts a device and brings tables to it. */
  static CudaHitDevice open(CudaDevice device, List<DeviceTables> tables) {
    CudaCode code = CudaCode.start(device);
    try {
      return open(code, tables);
    } catch (RuntimeException e) {
      code.close();
      throw e;
    }
  }

  /**
   * Brings tables to a device that was started.
   *
   * @param code is closed with this
   */
  static CudaHitDevice open(CudaCode code, List<DeviceTables> tables) {
    try {
      CudaHitDevice device = new CudaHitDevice(code);
      try (CudaStream stream = code.context().stream()) {
        stream.record(device.epoch);
        for (DeviceTables t : tables) {
          device.passes.add(device.pass(t, stream));
        }
        stream.synchronize();
      }
      return device;
    } catch (CudaException e) {
      throw failure(code.device(), e);
    }
  }

  private Pass pass(DeviceTables tables, CudaStream stream) {
    CudaModule module = code.module(tables.resource());
    int[] words = tables.words();
    DeviceBuffer memory = context.allocate((long) Integer.BYTES * words.length);
    stream.write(memory, 0, words);
    int threads = tables.threads();
    return new Pass(
        tables,
        memory,
        launch(module.kernel(tables.hitsKernel()), threads, tables.sharedBytes(threads, STAGED)),
        launch(module.kernel(tables.histogramKernel()), threads, tables.sharedBytes(threads, 0)),
        context.allocate(Long.BYTES * Math.max(1, tables.bins(true))));
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
    return new CudaMissingException("%s failed: %s; try again".formatted(who, e.getMessage()), e);
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

  /** A mark that was left when the device was opened. */
  CudaEvent epoch() {
    return epoch;
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

  /** What stays on the device. */
  CudaKeep keep() {
    return keep;
  }

  @Override
  public void restartKeeping() {
    try {
      keep.restart();
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
    code.close();
  }
}
