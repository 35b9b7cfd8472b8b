package basewise.cuda;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The driver's library, loaded for good: every {@link DriverCall} found, and error codes named. */
final class DriverLibrary {
  static final int SUCCESS = 0;

  private static final AddressLayout TEXT =
      ValueLayout.ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

  private final Map<DriverCall, MemorySegment> addresses = new EnumMap<>(DriverCall.class);

  /** Bound beside the first calls: that takes milliseconds for each shape of a call. */
  private final Map<DriverCall, MethodHandle> calls = new ConcurrentHashMap<>();

  private final String name;

  /**
   * Loads a library.
   *
   * @param name as the system's loader takes it: a file name it looks for, or a path
   * @throws IllegalArgumentException if it cannot be loaded, or lacks a call (the message says
   *     which)
   */
  DriverLibrary(String name) {
    this.name = name;
    SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
    for (DriverCall call : DriverCall.values()) {
      addresses.put(
          call,
          symbols
              .find(call.symbol())
              .orElseThrow(() -> new IllegalArgumentException(name + " has no " + call.symbol())));
    }
    // While the driver starts, which takes longer.
    Thread.ofPlatform()
        .daemon()
        .name("cuda-bind")
        .start(() -> addresses.keySet().forEach(call -> calls.computeIfAbsent(call, this::bind)));
  }

  private MethodHandle bind(DriverCall call) {
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(Objects.requireNonNull(addresses.get(call)), call.descriptor());
    int count = call.parameters().length();
    MethodType boxed = MethodType.genericMethodType(count).changeReturnType(int.class);
    return handle.asType(boxed).asSpreader(Object[].class, count);
  }

  String name() {
    return name;
  }

  /**
   * Calls the driver.
   *
   * @param arguments Integer, Byte, Long and MemorySegment, as the call's parameters say
   * @return the CUresult
   */
  int call(DriverCall call, Object... arguments) {
    try {
      return (int) calls.computeIfAbsent(call, this::bind).invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(call.symbol() + " threw", e);
    }
  }

  /** Calls the driver, and throws what went wrong. */
  void require(DriverCall call, Object... arguments) {
    int code = call(call, arguments);
    if (code != SUCCESS) {
      throw failure(call, code, "");
    }
  }

  /** The exception of a result that is not success; {@code more} may be empty. */
  CudaException failure(DriverCall call, int code, String more) {
    return new CudaException(code, errorName(code), call.symbol(), describe(code) + more);
  }

  /** Such as CUDA_ERROR_OUT_OF_MEMORY; the number of a code the driver does not know. */
  String errorName(int code) {
    return text(DriverCall.ERROR_NAME, code, "CUDA error " + code);
  }

  /** Such as "out of memory". */
  String describe(int code) {
    return text(DriverCall.ERROR_STRING, code, "unknown to this driver");
  }

  private String text(DriverCall call, int code, String otherwise) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(TEXT);
      int result = call(call, code, out);
      MemorySegment text = out.get(TEXT, 0);
      return result != SUCCESS || text.address() == 0 ? otherwise : text.getString(0);
    }
  }

  /** An int that a call writes through its first parameter. */
  int readInt(DriverCall call, Object... others) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      require(call, prepend(out, others));
      return out.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /** A long or handle that a call writes through its first parameter. */
  long readLong(DriverCall call, Object... others) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      require(call, prepend(out, others));
      return out.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** A text that a call (buffer, its length, device) writes. */
  String readText(DriverCall call, int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(256);
      require(call, out, (int) out.byteSize(), device);
      return out.getString(0);
    }
  }

  private static Object[] prepend(Object first, Object[] others) {
    Object[] all = new Object[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
