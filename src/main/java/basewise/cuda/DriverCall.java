package basewise.cuda;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;

/**
 * The calls of the CUDA driver API that are used, by the names the library exports (with {@code
 * _v2} where cuda.h renames them). All return a CUresult. A letter per parameter: {@code i} 32 bits
 * (int, unsigned, enum, CUdevice), {@code b} 8 bits, {@code l} 64 bits (size_t, CUdeviceptr and the
 * opaque handles), {@code p} an address in the host's memory. A test holds this table against C.
 */
enum DriverCall {
  INIT("cuInit", "i"),
  DRIVER_VERSION("cuDriverGetVersion", "p"),
  ERROR_NAME("cuGetErrorName", "ip"),
  ERROR_STRING("cuGetErrorString", "ip"),
  DEVICE_COUNT("cuDeviceGetCount", "p"),
  DEVICE_GET("cuDeviceGet", "pi"),
  DEVICE_NAME("cuDeviceGetName", "pii"),
  DEVICE_MEMORY("cuDeviceTotalMem_v2", "pi"),
  DEVICE_ATTRIBUTE("cuDeviceGetAttribute", "pii"),
  DEVICE_BUS_ID("cuDeviceGetPCIBusId", "pii"),
  PRIMARY_FLAGS("cuDevicePrimaryCtxSetFlags_v2", "ii"),
  PRIMARY_RETAIN("cuDevicePrimaryCtxRetain", "pi"),
  PRIMARY_RELEASE("cuDevicePrimaryCtxRelease_v2", "i"),
  CONTEXT_CURRENT("cuCtxSetCurrent", "l"),
  CONTEXT_SYNCHRONIZE("cuCtxSynchronize", ""),
  MODULE_LOAD("cuModuleLoadDataEx", "ppipp"),
  MODULE_UNLOAD("cuModuleUnload", "l"),
  MODULE_FUNCTION("cuModuleGetFunction", "plp"),
  FUNCTION_GET("cuFuncGetAttribute", "pil"),
  FUNCTION_SET("cuFuncSetAttribute", "lii"),
  FUNCTION_OCCUPANCY("cuOccupancyMaxActiveBlocksPerMultiprocessor", "plil"),
  MEMORY_INFO("cuMemGetInfo_v2", "pp"),
  ALLOCATE("cuMemAlloc_v2", "pl"),
  FREE("cuMemFree_v2", "l"),
  HOST_ALLOCATE("cuMemHostAlloc", "pli"),
  HOST_FREE("cuMemFreeHost", "p"),
  COPY_TO_DEVICE("cuMemcpyHtoDAsync_v2", "lpll"),
  COPY_TO_HOST("cuMemcpyDtoHAsync_v2", "plll"),
  COPY_ON_DEVICE("cuMemcpyDtoDAsync_v2", "llll"),
  FILL("cuMemsetD8Async", "lbll"),
  STREAM_CREATE("cuStreamCreate", "pi"),
  STREAM_DESTROY("cuStreamDestroy_v2", "l"),
  STREAM_SYNCHRONIZE("cuStreamSynchronize", "l"),
  STREAM_WAIT("cuStreamWaitEvent", "lli"),
  EVENT_CREATE("cuEventCreate", "pi"),
  EVENT_DESTROY("cuEventDestroy_v2", "l"),
  EVENT_RECORD("cuEventRecord", "ll"),
  EVENT_QUERY("cuEventQuery", "l"),
  EVENT_SYNCHRONIZE("cuEventSynchronize", "l"),
  EVENT_ELAPSED("cuEventElapsedTime", "pll"),
  LAUNCH("cuLaunchKernel", "liiiiiiilpp");

  private final String symbol;
  private final String parameters;

  DriverCall(String symbol, String parameters) {
    this.symbol = symbol;
    this.parameters = parameters;
  }

  /** The exported name. */
  String symbol() {
    return symbol;
  }

  /** A letter per parameter, as above. */
  String parameters() {
    return parameters;
  }

  FunctionDescriptor descriptor() {
    MemoryLayout[] layouts =
        parameters.chars().mapToObj(DriverCall::layout).toArray(MemoryLayout[]::new);
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
  }

  private static MemoryLayout layout(int letter) {
    return switch (letter) {
      case 'i' -> ValueLayout.JAVA_INT;
      case 'b' -> ValueLayout.JAVA_BYTE;
      case 'l' -> ValueLayout.JAVA_LONG;
      case 'p' -> ValueLayout.ADDRESS;
      default -> throw new IllegalStateException("no such parameter: " + (char) letter);
    };
  }
}
