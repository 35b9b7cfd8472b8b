package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A kernel of a module; alive as long as that. */
public final class CudaKernel {
  private static final int MOST_THREADS = 1024;

  private final CudaModule module;
  private final String name;
  private final long function;
  private final PtxParameters parameters;

  CudaKernel(CudaModule module, String name, long function, PtxParameters parameters) {
    this.module = module;
    this.name = name;
    this.function = function;
    this.parameters = parameters;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /**
   * Queues the kernel.
   *
   * @param stream where
   * @param gridX blocks, at least 1
   * @param blockX threads a block, 1 to 1,024
   * @param sharedBytes of dynamic shared memory a block; above 48 KiB ask {@link
   *     #setMaxDynamicShared} first
   * @param arguments Integer, Long, Float, Double, {@link DeviceBuffer} or {@link DeviceSlice}, one
   *     per parameter and of its size, which is checked
   */
  public void launch(
      CudaStream stream, int gridX, int blockX, int sharedBytes, Object... arguments) {
    if (gridX < 1 || blockX < 1 || blockX > MOST_THREADS || sharedBytes < 0) {
      throw new IllegalArgumentException(
          "%s: cannot launch %d blocks of %d threads with %d bytes"
              .formatted(name, gridX, blockX, sharedBytes));
    }
    parameters.check(name, arguments);
    module.open();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, arguments.length + 1L);
      MemorySegment pointers = arena.allocate(ValueLayout.JAVA_LONG, arguments.length + 1L);
      for (int i = 0; i < arguments.length; i++) {
        put(values, i, arguments[i]);
        pointers.setAtIndex(ValueLayout.JAVA_LONG, i, values.address() + 8L * i);
      }
      module
          .context()
          .require(
              DriverCall.LAUNCH,
              function,
              gridX,
              1,
              1,
              blockX,
              1,
              1,
              sharedBytes,
              stream.handle(),
              pointers,
              MemorySegment.NULL);
    }
  }

  private void put(MemorySegment values, int i, Object argument) {
    long at = 8L * i;
    switch (argument) {
      case Integer value -> values.set(ValueLayout.JAVA_INT, at, value);
      case Long value -> values.set(ValueLayout.JAVA_LONG, at, value);
      case Float value -> values.set(ValueLayout.JAVA_FLOAT, at, value);
      case Double value -> values.set(ValueLayout.JAVA_DOUBLE, at, value);
      case DeviceBuffer value -> values.set(ValueLayout.JAVA_LONG, at, address(value, 0));
      case DeviceSlice value ->
          values.set(ValueLayout.JAVA_LONG, at, address(value.buffer(), value.offset()));
      default ->
          throw new IllegalArgumentException(
              "%s: not an argument: %s".formatted(name, argument.getClass().getName()));
    }
  }

  private long address(DeviceBuffer buffer, long offset) {
    if (buffer.context() != module.context()) {
      throw new IllegalArgumentException(name + ": memory of another device");
    }
    return buffer.address(offset, 0);
  }

  /** Registers a thread. */
  public int registers() {
    return attribute(DriverConstant.CU_FUNC_ATTRIBUTE_NUM_REGS);
  }

  /** Bytes of static shared memory a block. */
  public int sharedBytes() {
    return attribute(DriverConstant.CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES);
  }

  /** Bytes of local memory a thread: spilled registers and arrays. */
  public int localBytes() {
    return attribute(DriverConstant.CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES);
  }

  /** Threads a block may have at most, by its registers. */
  public int maxThreads() {
    return attribute(DriverConstant.CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK);
  }

  /** Lets a launch have up to so many bytes of dynamic shared memory a block. */
  public void setMaxDynamicShared(int bytes) {
    module
        .context()
        .require(
            DriverCall.FUNCTION_SET,
            function,
            DriverConstant.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES.value(),
            bytes);
  }

  /** Blocks that a multiprocessor holds at a time. */
  public int blocksPerMultiprocessor(int blockX, int sharedBytes) {
    return module
        .context()
        .readInt(DriverCall.FUNCTION_OCCUPANCY, function, blockX, (long) sharedBytes);
  }

  private int attribute(DriverConstant attribute) {
    return module.context().readInt(DriverCall.FUNCTION_GET, attribute.value(), function);
  }

  @Override
  public String toString() {
    return "kernel " + name;
  }
}
