package basewise.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device in use: its primary context. Any thread may use it and what it gives out; two threads
 * must not use one stream, buffer or kernel at the same time without an order of their own. Closing
 * it gives back everything it gave out.
 */
public final class CudaContext implements AutoCloseable {
  private final CudaDevice device;
  private final DriverLibrary library;
  private final int handle;
  private final long context;
  private final Set<Resource> owned = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private CudaContext(CudaDevice device, int handle, long context) {
    this.device = device;
    this.library = device.driver().library();
    this.handle = handle;
    this.context = context;
  }

  /**
   * Starts using a device. Threads that wait for it sleep.
   *
   * @throws CudaMissingException if it cannot be had, such as when another process holds it
   */
  public static CudaContext open(CudaDevice device) {
    DriverLibrary library = device.driver().library();
    try {
      int handle = library.readInt(DriverCall.DEVICE_GET, device.ordinal());
      // Refused where something else in this process has the context already; only slower then.
      int _ =
          library.call(
              DriverCall.PRIMARY_FLAGS, handle, DriverConstant.CU_CTX_SCHED_BLOCKING_SYNC.value());
      long context = library.readLong(DriverCall.PRIMARY_RETAIN, handle);
      return new CudaContext(device, handle, context);
    } catch (CudaException e) {
      throw new CudaMissingException(
          "device %d (%s) cannot be used: %s%s"
              .formatted(device.ordinal(), device.name(), e.getMessage(), Remedies.of(e.code())),
          e);
    }
  }

  /** The device. */
  public CudaDevice device() {
    return device;
  }

  /**
   * Loads PTX.
   *
   * @param ptx its text, ASCII
   * @throws CudaMissingException if the driver cannot make code for this device from it
   * @throws CudaException with the compiler's log, if it is wrong
   */
  public CudaModule load(byte[] ptx) {
    return CudaModule.load(this, ptx);
  }

  /**
   * Loads PTX that lies on the class path.
   *
   * @param resource such as {@code /basewise/cuda/scan.ptx}
   */
  public CudaModule load(String resource) {
    try (InputStream in = CudaContext.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      return load(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Memory on the device, not initialised.
   *
   * @param bytes at least 1
   * @throws CudaException {@link CudaException#outOfMemory()} if there is not enough
   */
  public DeviceBuffer allocate(long bytes) {
    return new DeviceBuffer(this, bytes);
  }

  /**
   * Memory of the host that the device reaches by itself, not initialised. Copies that do not wait
   * need it.
   *
   * @param bytes at least 1
   * @throws CudaException {@link CudaException#outOfMemory()} if there is not enough
   */
  public PinnedBuffer pinned(long bytes) {
    return new PinnedBuffer(this, bytes);
  }

  /** A new queue of work, in order within itself and independent of others. */
  public CudaStream stream() {
    return new CudaStream(this);
  }

  /** A new mark that a stream can leave, wait for and be timed by. */
  public CudaEvent event() {
    return new CudaEvent(this);
  }

  /** Bytes of the device's memory that are free now, for all processes. */
  public long freeMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment total = arena.allocate(ValueLayout.JAVA_LONG);
      require(DriverCall.MEMORY_INFO, free, total);
      return free.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** Waits until all streams are done; what went wrong in a kernel is thrown here at the latest. */
  public void synchronize() {
    require(DriverCall.CONTEXT_SYNCHRONIZE);
  }

  /** Waits for the device, gives back all that is open, and lets the device go. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    call(DriverCall.CONTEXT_SYNCHRONIZE);
    for (Resource resource : List.copyOf(owned)) {
      resource.close();
    }
    closed = true;
    int _ = library.call(DriverCall.PRIMARY_RELEASE, handle);
  }

  void own(Resource resource) {
    owned.add(resource);
  }

  void disown(Resource resource) {
    owned.remove(resource);
  }

  DriverLibrary library() {
    return library;
  }

  /** Calls the driver in this context, on this thread, and throws what went wrong. */
  void require(DriverCall call, Object... arguments) {
    enter();
    library.require(call, arguments);
  }

  /**
   * As {@link #require}, and gives the long or handle the call writes through its first parameter.
   */
  long readLong(DriverCall call, Object... others) {
    enter();
    return library.readLong(call, others);
  }

  /** As {@link #readLong}, of an int. */
  int readInt(DriverCall call, Object... others) {
    enter();
    return library.readInt(call, others);
  }

  /** Calls the driver in this context and gives the CUresult; for giving things back. */
  int call(DriverCall call, Object... arguments) {
    int code = library.call(DriverCall.CONTEXT_CURRENT, context);
    return code == DriverLibrary.SUCCESS ? library.call(call, arguments) : code;
  }

  private void enter() {
    if (closed) {
      throw new IllegalStateException("the context of " + device.name() + " is closed");
    }
    library.require(DriverCall.CONTEXT_CURRENT, context);
  }
}
