package basewise.house;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real engine: Nextflow 24.10.0, fetched by Maven into {@code target/nextflow} once, run
 * offline on a JDK 17 to 24. It finds {@code basewise} on its PATH: a script that starts the
 * classes under test.
 */
final class Nextflow {
  static final String VERSION = "24.10.0";
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

  private Nextflow(Path java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  /** What a run said. */
  record Said(int code, String text) {}

  /** The engine, working in a folder; skips the test where there is no JDK or it cannot be had. */
  static Nextflow in(Path folder) throws IOException, InterruptedException {
    Path java = java();
    boolean found = java != null;
    if (!found) {
      System.err.println("skipped: no JDK 17 to 24 for Nextflow under /usr/lib/jvm or JAVA_HOME");
    }
    assumeTrue(found, "no JDK 17 to 24 for Nextflow");
    boolean fetched = fetch();
    if (!fetched) {
      System.err.println("skipped: Maven could not fetch io.nextflow:nextflow:" + VERSION);
    }
    assumeTrue(fetched, "no Nextflow");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path script = bin.resolve("basewise");
    Files.writeString(
        script,
        """
        #!/bin/bash
        heap=1g; before=
        for a in "$@"; do [ "$before" = --memory ] && heap=$a; before=$a; done
        export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive
        exec '%s' -Xmx$heap --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -Dorg.bytedeco.javacpp.nopointergc=true \
        -Dbasewise.home='%s' -cp '%s' basewise.cli.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("").toAbsolutePath(),
                classPath()));
    script.toFile().setExecutable(true);
    return new Nextflow(java, folder);
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

  private static Path java() throws IOException {
    List<Path> homes = new ArrayList<>();
    if (System.getenv("JAVA_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_HOME")));
    }
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> all = Files.list(usual)) {
        all.sorted().forEach(homes::add);
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isReadable(release)
          && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(17|18|19|2[0-4])[.\"].*")) {
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
    builder.environment().put("BASEWISE", Path.of("").toAbsolutePath().toString());
    builder.environment().merge("PATH", folder + "/bin", (old, mine) -> mine + ":" + old);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
  }

  /** Runs to the end. */
  Said run(String... arguments) throws IOException, InterruptedException {
    Process process = start("run.log", arguments);
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(Files.readString(folder.resolve("run.log")));
    }
    return new Said(process.exitValue(), Files.readString(folder.resolve("run.log")));
  }
}
