package basewise.scan.kernel;

import basewise.cuda.Emulation;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The kernels of src/main/cuda as gcc builds them through src/test/cuda/shim.h, called as a driver
 * would: an emulation on the CPU. One for all tests.
 */
final class ShimLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  private final MethodHandle launch;
  private final MethodHandle seed;
  private final MethodHandle threads;

  private ShimLibrary(Path library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    launch =
        LINKER.downcallHandle(
            symbols.findOrThrow("basewise_launch"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));
    seed =
        LINKER.downcallHandle(
            symbols.findOrThrow("basewise_seed"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
    threads =
        LINKER.downcallHandle(
            symbols.findOrThrow("basewise_threads"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }

  /** The library, built if it must be; tests are skipped where there is no gcc. */
  static ShimLibrary open() {
    return new ShimLibrary(Emulation.kernels());
  }

  /** Another order of threads between the points where they meet. */
  void seed(long value) {
    call(() -> {
      seed.invokeExact(value);
    });
  }

  /** Threads of a block become system threads, so many blocks side by side; 0 for fibers. */
  void systemThreads(int blocks) {
    call(() -> {
      threads.invokeExact(blocks);
    });
  }

  /**
   * Launches a kernel and waits for it.
   *
   * @param arguments Integer, Long or MemorySegment
   * @return 0 or a driver's error code
   */
  int launch(String kernel, int grid, int block, int sharedBytes, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(ValueLayout.ADDRESS, arguments.length);
      for (int i = 0; i < arguments.length; i++) {
        MemorySegment value =
            switch (arguments[i]) {
              case Integer x -> arena.allocateFrom(ValueLayout.JAVA_INT, x);
              case Long x -> arena.allocateFrom(ValueLayout.JAVA_LONG, x);
              case MemorySegment x -> arena.allocateFrom(ValueLayout.ADDRESS, x);
              default -> throw new IllegalArgumentException("not an argument: " + arguments[i]);
            };
        params.setAtIndex(ValueLayout.ADDRESS, i, value);
      }
      MemorySegment name = arena.allocateFrom(kernel);
      int[] code = new int[1];
      call(() -> code[0] = (int) launch.invokeExact(name, grid, block, sharedBytes, params));
      return code[0];
    }
  }

  private interface Call {
    void run() throws Throwable;
  }

  private static void call(Call call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
