package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.house.LauncherTree.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher: which Java it takes, when it builds, what it hands on. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
  private static final String BUILDING = "basewise: building once (this takes a minute)...\n";
  private static final String WORD = "a word on standard error\n";

  @TempDir private Path folder;
  private LauncherTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = LauncherTree.in(folder.resolve("a tree"));
  }

  @Test
  void buildsOnceAndSaysSoInOneLine() throws Exception {
    Result first = tree.call("one");
    assertThat(first.err()).isEqualTo(BUILDING + WORD);
    assertThat(first.exit()).isZero();
    assertThat(first.said("args")).isEqualTo("[one]");
    Result second = tree.call("two");
    assertThat(second.err()).isEqualTo(WORD);
    assertThat(second.said("args")).isEqualTo("[two]");
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    tree.call();
    tree.edited(tree.source);
    assertThat(tree.call().err()).startsWith(BUILDING);
    tree.edited(tree.root.resolve("pom.xml"));
    assertThat(tree.call().err()).startsWith(BUILDING);
    assertThat(tree.call().err()).isEqualTo(WORD);
    assertThat(tree.builds()).isEqualTo(3);
  }

  @Test
  void aBuildThatFailsShowsMavensOutputAndIsTriedAgain() throws Exception {
    Files.createFile(tree.root.resolve("fail"));
    Result failed = tree.call();
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err())
        .isEqualTo(
            BUILDING
                + "[ERROR] it does not compile\n"
                + "basewise: the build failed; Maven's output is above\n");
    Files.delete(tree.root.resolve("fail"));
    assertThat(tree.call().err()).isEqualTo(BUILDING + WORD);
  }

  @Test
  void parallelFirstCallsBuildOnce() throws Exception {
    List<Process> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(tree.start(tree.root.resolve("basewise"), tree.root, "call" + i));
    }
    for (int i = 0; i < 4; i++) {
      Result result = LauncherTree.end(calls.get(i));
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.said("args")).isEqualTo("[call" + i + "]");
    }
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void aKilledBuildIsTakenOver() throws Exception {
    Path hang = Files.createFile(tree.root.resolve("hang"));
    Process call = tree.start(tree.root.resolve("basewise"), tree.root);
    call.getOutputStream().close();
    while (!Files.exists(tree.jar)) {
      assertThat(call.isAlive()).isTrue();
      Thread.sleep(20);
    }
    List<ProcessHandle> all = call.descendants().toList();
    call.destroyForcibly().waitFor();
    all.forEach(ProcessHandle::destroyForcibly);
    Files.delete(hang);
    Result next = tree.call("again");
    assertThat(next.exit()).as(next.err()).isZero();
    assertThat(next.err()).endsWith(BUILDING + WORD);
    assertThat(tree.builds()).isEqualTo(2);
  }

  @Test
  void aBuildLeavesTheStandardInputAlone() throws Exception {
    Result result = tree.call(tree.root.resolve("basewise"), tree.root, ">a\nACGT", "cat", "-");
    assertThat(result.said("input")).isEqualTo(">a");
    assertThat(result.out()).contains("\nACGT");
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void findsAJdk25WhereTheDefaultIsOlder() throws Exception {
    Path old = oldJdk("jdk-17");
    tree.environment.put("JAVA_HOME", old.toString());
    tree.environment.put(
        "PATH", old.resolve("bin") + File.pathSeparator + tree.environment.get("PATH"));
    assertThat(tree.call().said("java")).isEqualTo(String.valueOf(Runtime.version().feature()));
  }

  @Test
  void withoutAJdk25SaysWhatToInstall() throws Exception {
    Files.delete(tree.root.resolve("jvm/jdk-25/release"));
    Path old = oldJdk("jdk-17");
    tree.environment.put("JAVA_HOME", old.toString());
    tree.environment.put(
        "PATH", old.resolve("bin") + File.pathSeparator + tree.environment.get("PATH"));
    Result result = tree.call("--version");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("basewise: no JDK 25 found; install one (Debian: temurin-25-jdk")
        .hasLineCount(1);
    assertThat(tree.builds()).isZero();
  }

  @Test
  void withoutMavenSaysWhatToInstall() throws Exception {
    Files.delete(tree.maven);
    // A PATH of the few tools the launcher needs, and no Maven.
    Path tools = Files.createDirectory(tree.root.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "dirname",
            "readlink",
            "grep",
            "find",
            "head",
            "mkdir",
            "flock",
            "perl")) {
      for (String place : List.of("/bin", "/usr/bin")) {
        if (Files.exists(Path.of(place, tool))) {
          LauncherTree.forward(tools.resolve(tool), Path.of(place, tool));
        }
      }
    }
    tree.environment.put("PATH", tools.toString());
    Result result = tree.call();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            BUILDING
                + "basewise: Maven (mvn) is needed to build; install it (Debian: apt install"
                + " maven)\n");
  }

  /** A JDK 17 by its looks, whose java says that it should not have been called. */
  private Path oldJdk(String name) throws IOException {
    Path jdk = Files.createDirectories(tree.root.resolve("jvm/" + name));
    Files.createDirectory(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    LauncherTree.script(jdk.resolve("bin/java"), "#!/bin/sh\necho wrong java\n");
    return jdk;
  }

  @Test
  void worksThroughALinkAndFromAnotherFolder() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("else where")).toRealPath();
    Path link = Files.createSymbolicLink(elsewhere.resolve("bw"), tree.root.resolve("basewise"));
    Result result = tree.call(link, elsewhere, "", "x");
    assertThat(result.said("folder")).isEqualTo(elsewhere.toString());
    assertThat(result.said("home")).isEqualTo(tree.root.toRealPath().toString());
    assertThat(tree.call(Path.of("../a tree/basewise"), elsewhere, "", "x").said("folder"))
        .isEqualTo(elsewhere.toString());
  }

  @Test
  void argumentsArriveAsTheyWere() throws Exception {
    assertThat(tree.call("a b", "", "*", "$HOME", "'\"\\", "é").said("args"))
        .isEqualTo("[a b, , *, $HOME, '\"\\, é]");
  }

  @ParameterizedTest
  @CsvSource({"--memory 100m, 100m", "--memory=200M, 200M", "--memory 1g, 1g"})
  void memorySetsTheHeap(String words, String heap) throws Exception {
    assertThat(tree.call(("run " + words).split(" ")).said("heap")).isEqualTo("-Xmx" + heap);
  }

  @Test
  void withoutMemoryTheHeapIsAtMost3g() throws Exception {
    assertThat(tree.call("run").said("heap")).matches("-Xmx(3g|[1-9][0-9]{1,3}m)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3gg", "lots", "-1", "3", "1.5g", "99999999999g", "20000g", "4m", "8k"})
  void memoryThatIsNoSizeIsRefused(String size) throws Exception {
    Result result = tree.call("run", "--memory", size);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().lines().filter(l -> !l.contains("building")).toList())
        .singleElement()
        .asString()
        .startsWith("basewise: --memory: ")
        .contains(size);
  }

  @Test
  void helpNeedsNoVectorModule() throws Exception {
    tree.call();
    assertThat(tree.call().said("vectors")).isEqualTo("false");
    assertThat(tree.call("help", "x").said("vectors")).isEqualTo("false");
    assertThat(tree.call("--version").said("vectors")).isEqualTo("false");
    assertThat(tree.call("x", "--help").said("vectors")).isEqualTo("false");
    assertThat(tree.call("x").said("vectors")).isEqualTo("true");
  }

  /** A thread that practises beside the others is one more. */
  @ParameterizedTest
  @CsvSource({
    "patterns, true",
    "patterns --threads 2, true",
    "patterns --threads 1, false",
    "patterns --threads=1, false",
    "x, false"
  })
  void vectorsAreRehearsedWhereThreadsAreWanted(String words, String rehearsed) throws Exception {
    assertThat(tree.call(words.split(" ")).said("rehearse")).isEqualTo(rehearsed);
  }

  @Test
  void whatJavaSaysWhenItCannotStartIsSeen() throws Exception {
    tree.call();
    tree.environment.put("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption");
    Result result = tree.call("x");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("Unrecognized VM option 'NoSuchOption'");
  }

  @Test
  void exitCodesAndSignalsPassThrough() throws Exception {
    tree.call();
    assertThat(tree.call("exit", "3").exit()).isEqualTo(3);
    assertThat(tree.call("exit", "137").exit()).isEqualTo(137);
    assertThat(signalled("TERM")).isEqualTo(143);
    Assumptions.assumeFalse(
        Accidents.interruptsAreIgnored(), "SKIPPED: SIGINT is ignored in this session");
    assertThat(signalled("INT")).isEqualTo(130);
  }

  /** The exit code of a call that gets a signal while it works. */
  private int signalled(String signal) throws Exception {
    Process call = tree.start(tree.root.resolve("basewise"), tree.root, "sleep");
    String line;
    do {
      line = call.inputReader().readLine();
      assertThat(line).isNotNull();
    } while (!line.equals("sleeping"));
    Accidents.signal(call.pid(), signal);
    return call.waitFor();
  }
}
