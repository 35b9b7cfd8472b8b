package basewise.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Each launch in a process of its own (src/test/cuda/replay.cpp) that a sanitizer of gcc watches;
 * what it finds fails the test.
 */
public final class SanitizedShim implements KernelLauncher {
  private static final Path TESTS = Path.of("src/test/cuda");

  private final Path program;
  private final int sideBySide;
  private long seed = 1;

  private SanitizedShim(String sanitizers, int sideBySide) {
    program =
        Emulation.program(
            "replay",
            List.of(
                "-std=c++14",
                "-O1",
                "-g",
                "-fno-omit-frame-pointer",
                "-fsanitize=" + sanitizers,
                "-fno-sanitize-recover=all",
                "-ffp-contract=off",
                "-pthread",
                "-Isrc/main/cuda"),
            TESTS.resolve("shim.cpp"),
            TESTS.resolve("kernels.cpp"),
            TESTS.resolve("replay.cpp"));
    this.sideBySide = sideBySide;
  }

  /** Memory and undefined behaviour; the order of threads is another with each launch. */
  public static SanitizedShim memory() {
    return new SanitizedShim("address,undefined", 0);
  }

  /** Races of threads, which are the system's, in and between blocks. */
  public static SanitizedShim races(int sideBySide) {
    return new SanitizedShim("thread", sideBySide);
  }

  @Override
  public int launch(String kernel, int grid, int block, int sharedBytes, Object... arguments) {
    try {
      Path file = Files.createTempFile("replay", ".case");
      try {
        ByteBuffer bytes = bytes(kernel, grid, block, sharedBytes, arguments);
        Files.write(file, bytes.array());
        run(file);
        ByteBuffer after = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        after.position(32 + kernel.length());
        for (Object a : arguments) {
          after.getInt();
          long value = after.getLong();
          if (a instanceof MemorySegment buffer) {
            MemorySegment.copy(MemorySegment.ofBuffer(after), 0, buffer, 0, value);
            after.position(after.position() + (int) value);
          }
        }
        return 0;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer bytes(String kernel, int grid, int block, int shared, Object... arguments) {
    long size = 32 + kernel.length();
    for (Object a : arguments) {
      size += 12 + (a instanceof MemorySegment buffer ? buffer.byteSize() : 0);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(sideBySide).putLong(seed++).putInt(kernel.length());
    out.put(kernel.getBytes(StandardCharsets.US_ASCII));
    out.putInt(grid).putInt(block).putInt(shared).putInt(arguments.length);
    for (Object a : arguments) {
      switch (a) {
        case Integer x -> out.putInt(4).putLong(x & 0xffffffffL);
        case Long x -> out.putInt(8).putLong(x);
        case MemorySegment x ->
            out.putInt(0).putLong(x.byteSize()).put(x.toArray(ValueLayout.JAVA_BYTE));
        default -> throw new IllegalArgumentException("not an argument: " + a);
      }
    }
    return out;
  }

  private void run(Path file) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), file.toString());
    builder.environment().put("ASAN_OPTIONS", "detect_leaks=0");
    builder.environment().put("TSAN_OPTIONS", "halt_on_error=1");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Some systems lay memory out in ways that gcc's sanitizers do not know.
    Assumptions.assumeFalse(
        said.contains("unexpected memory mapping"), "skipped: " + said.lines().findFirst());
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
