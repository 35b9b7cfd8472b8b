package basewise.house;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a tree of its own, with a Maven that only copies a jar, so that what
 * the launcher does can be seen in seconds. JDKs are looked for in the tree's folder {@code jvm}
 * and not on this machine.
 */
final class LauncherTree {
  /** What a call left. */
  record Result(int exit, String out, String err) {
    /** The rest of the line of the output that starts with {@code word}. */
    String said(String word) {
      return out.lines()
          .filter(l -> l.startsWith(word + " "))
          .map(l -> l.substring(word.length() + 1))
          .findFirst()
          .orElse("nothing about " + word + " in: " + out + err);
    }
  }

  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final String PLACES = "/usr/lib/jvm/* /opt/java/* /opt/jdk*";

  final Path root;
  final Path jar;
  final Path source;
  final Path maven;
  final Map<String, String> environment = new HashMap<>();

  private LauncherTree(Path root) {
    this.root = root;
    jar = root.resolve("target/basewise.jar");
    source = root.resolve("src/main/java/A.java");
    maven = root.resolve("bin/mvn");
  }

  /** A tree in an absent folder, with a JDK 25 and with no jar. */
  static LauncherTree in(Path root) throws IOException {
    LauncherTree tree = new LauncherTree(root);
    Files.createDirectories(tree.source.getParent());
    Files.createDirectories(tree.maven.getParent());
    // As a Debian machine has it: a JDK whose java is the one that runs this test.
    Files.createDirectories(root.resolve("jvm/jdk-25/bin"));
    Files.copy(JDK.resolve("release"), root.resolve("jvm/jdk-25/release"));
    forward(root.resolve("jvm/jdk-25/bin/java"), JDK.resolve("bin/java"));
    forward(root.resolve("jvm/jdk-25/bin/javac"), JDK.resolve("bin/javac"));
    Files.writeString(tree.source, "class A {}\n");
    Files.writeString(root.resolve("pom.xml"), "<project/>\n");
    String launcher = Files.readString(Path.of("basewise"));
    if (!launcher.contains(PLACES)) {
      throw new AssertionError("the launcher no longer looks for JDKs in " + PLACES);
    }
    String jvm = "\"" + root + "\"/jvm/*";
    script(root.resolve("basewise"), launcher.replace(PLACES, jvm));
    jarOf(root.resolve("stub.jar"), "basewise.house.LauncherStub");
    // Like Maven, it makes the jar in steps; "hang" stops it half way.
    script(
        tree.maven,
        """
        #!/bin/sh
        echo "$@" >> builds.log
        cat > /dev/null
        [ -e fail ] && { echo "[ERROR] it does not compile"; exit 1; }
        echo half > target/basewise.jar
        [ -e hang ] && sleep 30
        sleep 0.3
        cp stub.jar target/basewise.jar
        """);
    tree.environment.put(
        "PATH", tree.maven.getParent() + File.pathSeparator + System.getenv("PATH"));
    return tree;
  }

  /** A tree whose jar is the program under test, as compiled. */
  static LauncherTree ofProgram(Path root) throws IOException {
    LauncherTree tree = in(root);
    Files.createDirectories(tree.jar.getParent());
    jarOf(tree.jar, "basewise.cli.Main");
    Files.createDirectory(root.resolve("motifs"));
    try (Stream<Path> collections = Files.list(Path.of("motifs"))) {
      for (Path file : collections.toList()) {
        Files.copy(file, root.resolve("motifs").resolve(file.getFileName()));
      }
    }
    return tree;
  }

  /** A jar that is nothing but a manifest: the class path of this test and a main class. */
  private static void jarOf(Path jar, String main) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .map(Path::toUri)
            .map(URI::toString)
            .collect(Collectors.joining(" ")));
    try (OutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.flush();
    }
  }

  /** Writes a script that becomes another program. */
  static void forward(Path script, Path program) throws IOException {
    script(script, "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
  }

  /** Writes an executable file. */
  static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes the jar older than the file. */
  void edited(Path file) throws IOException {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  /** How often the stand-in for Maven was called. */
  int builds() throws IOException {
    Path log = root.resolve("builds.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  /** Calls the launcher. */
  Result call(String... arguments) throws IOException, InterruptedException {
    return call(root.resolve("basewise"), root, "", arguments);
  }

  /** Calls the launcher by a name, in a folder, with text on its standard input. */
  Result call(Path launcher, Path folder, String input, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(launcher, folder, arguments);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return end(process);
  }

  /** Starts the launcher; its outputs go to files, see {@link #end}. */
  Process start(Path launcher, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    for (String name :
        List.of("JAVA_HOME", "BASEWISE_JAVA_HOME", "CONDA_PREFIX", "JAVA_TOOL_OPTIONS")) {
      builder.environment().remove(name);
    }
    builder.environment().put("HOME", root.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for a call and reads what it left. */
  static Result end(Process process) throws IOException, InterruptedException {
    StringBuilder err = new StringBuilder();
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                process
                    .errorReader(StandardCharsets.UTF_8)
                    .lines()
                    .forEach(l -> err.append(l).append('\n')));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after two minutes");
    }
    reader.join();
    return new Result(process.exitValue(), out, err.toString());
  }
}
