package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of src/main/cuda as gcc builds them through src/test/cuda/shim.h, called as a driver
 * would: an emulation on the CPU. One for all tests.
 */
public final class ShimLibrary implements KernelLauncher {
  private static final Linker LINKER = Linker.nativeLinker();

  private static @Nullable ShimLibrary shared;

  private final MethodHandle launch;
  private final MethodHandle seed;

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
  }

  /** The library, built if it must be; tests are skipped where there is no gcc. */
  public static synchronized ShimLibrary shared() {
    if (shared == null) {
      shared = new ShimLibrary(Emulation.kernels());
    }
    return shared;
  }

  /** Another order of threads between the points where they meet. */
  public void seed(long value) {
    call(() -> {
      seed.invokeExact(value);
    });
  }

  @Override
  public int launch(String kernel, int grid, int block, int sharedBytes, Object... arguments) {
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
