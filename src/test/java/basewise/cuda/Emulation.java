package basewise.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * An emulated driver on the CPU for tests, never a GPU: src/test/cuda/standin.cpp over kernels that
 * gcc built. Tests that ask for it where there is no g++ are skipped, and say so. One at a time:
 * its state is the process's.
 */
public final class Emulation implements AutoCloseable {
  private static final Path SOURCES = Path.of("src/test/cuda");
  private static final Path KERNELS = Path.of("src/main/cuda");
  private static final Path BUILT = Path.of("target/cuda");

  private final Path library;
  private final MethodHandle reset;
  private final MethodHandle faults;
  private final MethodHandle count;

  private Emulation(Path library) {
    this.library = library;
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    Linker linker = Linker.nativeLinker();
    reset =
        linker.downcallHandle(
            symbols.findOrThrow("standin_reset"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    faults =
        linker.downcallHandle(
            symbols.findOrThrow("standin_faults"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    count =
        linker.downcallHandle(
            symbols.findOrThrow("standin_count"),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, library.toString());
    reset("");
  }

  /** The ways in which the driver can fail, each at the n-th call; for {@link #reset}. */
  public static Stream<String> everyFault() {
    return Stream.of(
        "oom_at",
        "oom_from",
        "pinned_oom_at",
        "launch_at",
        "launch_refused_at",
        "copy_at",
        "lost_at");
  }

  /** A driver whose kernels are Basewise's own, built through the shim. Close it after the test. */
  public static Emulation ofKernels() {
    return new Emulation(standIn(kernels()));
  }

  /** A driver with the kernels of another library that was built through the shim. */
  public static Emulation over(Path kernels) {
    return new Emulation(standIn(kernels));
  }

  /** A driver with the kernels of probe.cu, for tests of the host path alone. */
  public static Emulation ofProbe() {
    return new Emulation(standIn(shim("probe.so", "probe.cpp")));
  }

  /** The library of Basewise's kernels, built by gcc through the shim. */
  public static Path kernels() {
    return shim("kernels.so", "kernels.cpp");
  }

  private static Path shim(String name, String source) {
    return build(
        name,
        List.of("-std=c++14", "-O2", "-ffp-contract=off", "-pthread", "-I" + KERNELS),
        SOURCES.resolve("shim.cpp"),
        SOURCES.resolve(source));
  }

  /** A driver's library over kernels: what the system property takes in another process. */
  public static Path standIn(Path kernels) {
    return build(
        "libcuda.so.1",
        List.of(
            "-std=c++17",
            "-O1",
            "-pthread",
            "-fvisibility=hidden",
            "-DBASEWISE_KERNELS=\"" + kernels.toAbsolutePath() + "\""),
        SOURCES.resolve("standin.cpp"));
  }

  /** What {@link CudaDriver} finds: this. */
  public CudaAvailability availability() {
    return CudaDriver.availability();
  }

  /** The first device; the driver must be there. */
  public CudaDevice device() {
    return availability().required().devices().getFirst();
  }

  /** The library. */
  public Path library() {
    return library;
  }

  /**
   * Starts afresh with other faults, as a new process would.
   *
   * @param faults as standin.cpp lists them
   */
  public void reset(String faults) {
    try (Arena arena = Arena.ofConfined()) {
      int left = (int) reset.invokeExact(arena.allocateFrom(faults));
      if (left != 0) {
        throw new IllegalStateException("a test left streams or memory open");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes new faults in the middle of work: they count from here on. */
  public void faults(String newFaults) {
    try (Arena arena = Arena.ofConfined()) {
      faults.invokeExact(arena.allocateFrom(newFaults));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A count of standin.cpp: alloc, pinned, launch, copy, fill, live, bytes, streams, ... */
  public long count(String what) {
    try (Arena arena = Arena.ofConfined()) {
      return (long) count.invokeExact(arena.allocateFrom(what));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails if anything was left open, or anything was done that a driver would not forgive. */
  @Override
  public void close() {
    System.clearProperty(CudaDriver.LIBRARY_PROPERTY);
    List<String> wrong = new ArrayList<>();
    for (String what : List.of("violations", "live", "streams", "events", "modules", "retained")) {
      if (count(what) != 0) {
        wrong.add(count(what) + " " + what);
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError("the emulated driver has " + String.join(", ", wrong));
    }
  }

  /**
   * Builds a shared library with g++ into target/cuda, once for each state of the sources.
   *
   * @param name of the file
   * @param options of the compiler
   */
  public static Path build(String name, List<String> options, Path... sources) {
    List<String> all = new ArrayList<>(List.of("-fPIC", "-shared"));
    all.addAll(options);
    return program(name, all, sources);
  }

  /** As {@link #build}, but a program. */
  public static Path program(String name, List<String> options, Path... sources) {
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(options);
    Stream.of(sources).map(Path::toString).forEach(command::add);
    try {
      Path folder = BUILT.resolve(fingerprint(command));
      Path result = folder.resolve(name).toAbsolutePath();
      if (!Files.exists(result)) {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, name, ".building");
        command.addAll(List.of("-o", fresh.toString(), "-ldl"));
        compile(command);
        Files.move(fresh, result, StandardCopyOption.ATOMIC_MOVE);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a compiler; a test is skipped where there is none, and fails where it refuses. */
  static void compile(List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("skipped: no " + command.getFirst() + " on the PATH");
      throw e;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ":\n" + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String fingerprint(List<String> command) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.join("\n", command).getBytes(StandardCharsets.UTF_8));
      for (Path folder : List.of(SOURCES, KERNELS)) {
        if (!Files.isDirectory(folder)) {
          continue;
        }
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
