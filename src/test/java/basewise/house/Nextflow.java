package basewise.house;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real engine: Nextflow 24.10.0, fetched by Maven into {@code target/nextflow} once, run
 * offline on a JDK 17 to 23, which is looked for where {@code ./basewise} looks for its own. It
 * finds {@code basewise} on its PATH: a script that notes each call and starts the classes under
 * test.
 */
final class Nextflow {
  static final String VERSION = "24.10.0";
  private static final String CALLS = "calls.txt";
  private static final Path LIBRARY = Path.of("target/nextflow/lib").toAbsolutePath();

  /** What Nextflow's own launcher opens of java.base. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.io",
          "java.nio",
          "java.net",
          "java.util",
          "java.util.concurrent.locks",
          "java.util.concurrent.atomic",
          "java.util.regex",
          "sun.nio.ch",
          "sun.nio.fs",
          "sun.net.www.protocol.http",
          "sun.net.www.protocol.https",
          "sun.net.www.protocol.ftp",
          "sun.net.www.protocol.file",
          "jdk.internal.misc",
          "jdk.internal.vm");

  private final Path java;
  private final Path folder;

  /** The repository, or a copy, whose modules are run. */
  private final Path repository;

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Nextflow(Path java, Path folder, Path repository) {
    this.java = java;
    this.folder = folder;
    this.repository = repository;
  }

  /** What a run said. */
  record Said(int code, String text) {}

  /** The engine, working in a folder; skips the test where there is no JDK or it cannot be had. */
  static Nextflow in(Path folder) throws IOException, InterruptedException {
    Path java = java();
    boolean found = java != null;
    if (!found) {
      System.err.println(
          "skipped: no JDK 17 to 23 for Nextflow "
              + VERSION
              + " (Debian: openjdk-17-jre-headless; or name one in NXF_JAVA_HOME)");
    }
    assumeTrue(found, "no JDK 17 to 23 for Nextflow");
    boolean fetched = fetch();
    if (!fetched) {
      System.err.println("skipped: Maven could not fetch io.nextflow:nextflow:" + VERSION);
    }
    assumeTrue(fetched, "no Nextflow");
    writeProgram(folder, Files.createDirectories(folder.resolve("bin")));
    return new Nextflow(java, folder, Path.of("").toAbsolutePath());
  }

  /** The same with no {@code basewise} on the PATH, but one in a copy of the repository. */
  Nextflow withProgramInRepository() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("repository"));
    Path from = Path.of("workflows");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, copy.resolve("workflows").resolve(from.relativize(file).toString()));
      }
    }
    writeProgram(folder, copy);
    Files.delete(folder.resolve("bin/basewise"));
    return new Nextflow(java, folder, copy);
  }

  /** A {@code basewise} in {@code bin}: what follows its process id in a line is the call. */
  static void writeProgram(Path folder, Path bin) throws IOException {
    Path script = bin.resolve("basewise");
    Files.writeString(
        script,
        """
        #!/bin/bash
        echo "$$ $*" >> '%s'
        heap=1g; before=
        for a in "$@"; do [ "$before" = --memory ] && heap=$a; before=$a; done
        export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive
        exec '%s' -Xmx$heap --add-modules jdk.incubator.vector \\
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
        -Dorg.bytedeco.javacpp.nopointergc=true -Dbasewise.home='%s' -cp '%s' basewise.cli.Main "$@"
        """
            .formatted(
                folder.resolve(CALLS),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("").toAbsolutePath(),
                classPath()));
    script.toFile().setExecutable(true);
  }

  /** The class path with every entry absolute. */
  private static String classPath() {
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        all.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static @Nullable Path java() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (String named : List.of("NXF_JAVA_HOME", "JAVA_HOME")) {
      if (System.getenv(named) != null) {
        homes.add(Path.of(System.getenv(named)));
      }
    }
    Path user = Path.of(System.getProperty("user.home"));
    for (Path usual :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            Path.of("/Library/Java/JavaVirtualMachines"))) {
      if (Files.isDirectory(usual)) {
        try (Stream<Path> all = Files.list(usual)) {
          all.sorted().flatMap(h -> Stream.of(h, h.resolve("Contents/Home"))).forEach(homes::add);
        }
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isReadable(release)
          && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(17|18|19|2[0-3])[.\"].*")) {
        return home.resolve("bin/java");
      }
    }
    return null;
  }

  /** Maven copies the engine and what it needs; it is never on the product's class path. */
  private static synchronized boolean fetch() throws IOException, InterruptedException {
    Path mark = LIBRARY.resolveSibling("complete-" + VERSION);
    if (Files.exists(mark)) {
      return true;
    }
    Files.createDirectories(LIBRARY);
    Path pom = LIBRARY.resolveSibling("pom.xml");
    Files.writeString(
        pom,
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
        <groupId>basewise</groupId><artifactId>nextflow-for-tests</artifactId><version>1</version>
        <dependencies><dependency><groupId>io.nextflow</groupId><artifactId>nextflow</artifactId>
        <version>%s</version></dependency></dependencies></project>
        """
            .formatted(VERSION));
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies",
                "-DoutputDirectory=" + LIBRARY)
            .redirectErrorStream(true)
            .redirectOutput(LIBRARY.resolveSibling("fetch.log").toFile())
            .start();
    if (!maven.waitFor(5, TimeUnit.MINUTES)) {
      maven.destroyForcibly();
      return false;
    }
    if (maven.exitValue() == 0) {
      Files.createFile(mark);
    }
    return maven.exitValue() == 0;
  }

  /** Starts a run; what it says goes to {@code log} in its folder. */
  Process start(String log, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(java.toString(), "-Xmx500m"));
    line.add("-XX:TieredStopAtLevel=1");
    OPENED.forEach(p -> line.add("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
    line.addAll(List.of("-cp", LIBRARY + "/*", "nextflow.cli.Launcher"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("NXF_OFFLINE", "true");
    builder.environment().put("NXF_ANSI_LOG", "false");
    builder.environment().put("NXF_HOME", folder.resolve("home").toString());
    builder.environment().put("BASEWISE", repository.toString());
    builder.environment().merge("PATH", folder + "/bin", (old, mine) -> mine + ":" + old);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
  }

  /** Runs to the end. */
  Said run(String... arguments) throws IOException, InterruptedException {
    Process process = start("run.log", arguments);
    if (!process.waitFor(LONGEST)) {
      kill(process);
      throw new IllegalStateException(Files.readString(folder.resolve("run.log")));
    }
    return new Said(process.exitValue(), Files.readString(folder.resolve("run.log")));
  }

  /**
   * Waits until {@code count} tasks of the sample have reached their first checkpoint, so that the
   * last of them is amid its training.
   */
  void amidTraining(Process running, String sample, int count)
      throws IOException, InterruptedException {
    Path work = folder.resolve("work");
    long last = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < last && running.isAlive()) {
      // A folder of a task may be half made while it is looked at; the next look sees it whole.
      int there = 0;
      for (Path half : list(work)) {
        for (Path task : list(half)) {
          there += Files.exists(task.resolve(sample + ".checkpoint")) ? 1 : 0;
        }
      }
      if (there >= count) {
        return;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("no checkpoint of " + sample + ": " + running.isAlive());
  }

  private static List<Path> list(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(place)) {
      return all.toList();
    }
  }

  /** The latest call of {@code basewise} for a sample. */
  ProcessHandle callFor(String sample) throws IOException {
    String call =
        Files.readAllLines(folder.resolve(CALLS)).stream()
            .filter(line -> line.contains("--out " + sample + " "))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    return ProcessHandle.of(Long.parseLong(call.split(" ", 2)[0])).orElseThrow();
  }

  /** Kills the engine and all that it has started, as a power cut would. */
  void kill(Process engine) throws InterruptedException {
    List<ProcessHandle> started = engine.descendants().toList();
    engine.destroyForcibly();
    engine.waitFor();
    for (ProcessHandle task : started) {
      List<ProcessHandle> below = task.descendants().toList();
      task.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
