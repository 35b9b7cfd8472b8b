package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** PTX, compiled for a device by its driver: kernels by name. */
public final class CudaModule extends Resource {
  private static final int LOG = 16 << 10;

  private final long module;
  private final Map<String, PtxParameters> kernels;

  private CudaModule(CudaContext context, long module, Map<String, PtxParameters> kernels) {
    super(context);
    this.module = module;
    this.kernels = kernels;
  }

  static CudaModule load(CudaContext context, byte[] ptx) {
    Map<String, PtxParameters> kernels =
        PtxParameters.ofEntries(new String(ptx, StandardCharsets.US_ASCII));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment image = arena.allocate(ptx.length + 1L); // ends with a zero
      MemorySegment.copy(ptx, 0, image, ValueLayout.JAVA_BYTE, 0, ptx.length);
      MemorySegment log = arena.allocate(LOG);
      MemorySegment options = arena.allocate(ValueLayout.JAVA_INT, 2);
      options.setAtIndex(ValueLayout.JAVA_INT, 0, DriverConstant.CU_JIT_ERROR_LOG_BUFFER.value());
      options.setAtIndex(
          ValueLayout.JAVA_INT, 1, DriverConstant.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES.value());
      // Values are void*; a number is put in the pointer itself.
      MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, 2);
      values.setAtIndex(ValueLayout.JAVA_LONG, 0, log.address());
      values.setAtIndex(ValueLayout.JAVA_LONG, 1, LOG);
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      int code = context.call(DriverCall.MODULE_LOAD, out, image, 2, options, values);
      if (code != DriverLibrary.SUCCESS) {
        throw failure(context, code, log.getString(0).strip());
      }
      return new CudaModule(context, out.get(ValueLayout.JAVA_LONG, 0), kernels);
    }
  }

  private static RuntimeException failure(CudaContext context, int code, String log) {
    CudaException e =
        context
            .library()
            .failure(DriverCall.MODULE_LOAD, code, log.isEmpty() ? "" : "; the compiler: " + log);
    if (!e.unsuitable()) {
      return e;
    }
    return new CudaMissingException(
        "the driver cannot compile our kernels for device %d (%s); update it: %s"
            .formatted(
                context.device().ordinal(),
                context.device().name(),
                String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " | ")),
        e);
  }

  /**
   * A kernel.
   *
   * @param name as declared {@code extern "C"}
   * @throws IllegalArgumentException if the PTX has none of this name
   */
  public CudaKernel kernel(String name) {
    open();
    PtxParameters parameters = kernels.get(name);
    if (parameters == null) {
      throw new IllegalArgumentException("the PTX has no kernel " + name);
    }
    try (Arena arena = Arena.ofConfined()) {
      long function =
          context().readLong(DriverCall.MODULE_FUNCTION, module, arena.allocateFrom(name));
      return new CudaKernel(this, name, function, parameters);
    }
  }

  @Override
  void release() {
    context().call(DriverCall.MODULE_UNLOAD, module);
  }

  @Override
  public String toString() {
    return "module of " + kernels.keySet();
  }
}
