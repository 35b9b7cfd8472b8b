package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.house.LauncherTree.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: how it ends, and what it leaves when something ends it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class ProcessTest {
  private static final Path CTCF =
      Path.of("genomes/examples/GM12878_CTCF_top500.fa.gz").toAbsolutePath();

  @TempDir private Path folder;
  private LauncherTree tree;
  private Path work;

  @BeforeEach
  void install() throws IOException {
    tree = LauncherTree.ofProgram(folder.resolve("basewise home"));
    work = Files.createDirectory(folder.resolve("work"));
  }

  private Result call(String... arguments) throws IOException, InterruptedException {
    return tree.call(tree.root.resolve("basewise"), work, "", arguments);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void doneIsZeroAndSaysNothingOnStandardError() throws Exception {
    Result result = call("motifs", "info", "jaspar", "--taxon", "diatoms");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("id\tname\twidth");
    Result dash = call("genome", "info", fasta().toString(), "--out", "-");
    assertThat(dash.out()).contains("contig\tlength");
    assertThat(left()).noneMatch(name -> name.startsWith("-"));
  }

  @Test
  void aCommandLineThatMakesNoSenseIsTwo() throws Exception {
    for (String line : List.of("discovr x", "motifs", "compare", "motifs info x --qqqq")) {
      Result result = call(line.split(" "));
      assertThat(result.exit()).as(line).isEqualTo(2);
      assertThat(result.out()).as(line).isEmpty();
      assertThat(result.err())
          .as(line)
          .startsWith("basewise: ")
          .hasLineCount(line.contains("discovr") ? 3 : 2);
      assertThat(result.err().lines().toList().getLast())
          .startsWith("Try: basewise")
          .endsWith("--help");
    }
  }

  @Test
  void badInputIsThreeAndOneLine() throws Exception {
    Files.writeString(work.resolve("empty.fa"), "");
    Files.writeString(work.resolve("protein.fa"), ">p\nMKVLAAGE\n");
    for (String file : List.of("empty.fa", "protein.fa", "none.fa")) {
      for (String verb : List.of("discover", "dataset make", "compare", "genome info")) {
        Result result = call((verb + " " + file).split(" "));
        assertThat(result.exit()).as(verb + " " + file + ": " + result.err()).isEqualTo(3);
        assertThat(result.err()).startsWith("basewise: " + file).hasLineCount(1);
        assertThat(result.out()).isEmpty();
      }
    }
    assertThat(left()).containsExactly("empty.fa", "protein.fa");
  }

  @Test
  void standardInputIsAFileToo() throws Exception {
    String sequences = Files.readString(fasta());
    Path launcher = tree.root.resolve("basewise");
    Result piped = tree.call(launcher, work, sequences, "dataset", "make", "-", "--out", "p.tsv");
    assertThat(piped.exit()).as(piped.err()).isZero();
    assertThat(call("dataset", "make", "s.fa", "--out", "f.tsv").out()).isEqualTo(piped.out());
    assertThat(work.resolve("p.tsv")).hasSameBinaryContentAs(work.resolve("f.tsv"));
  }

  @Test
  void outOfMemoryIs137() throws Exception {
    String motifs = tree.root.resolve("motifs/JASPAR2026_CORE.meme.gz").toString();
    Result result = call("compare", motifs, "--memory", "16m", "--out", "t.tsv");
    assertThat(result.err())
        .isEqualTo("basewise: out of memory; give more with --memory, such as --memory 8g\n");
    assertThat(result.exit()).isEqualTo(137);
    assertThat(left()).isEmpty();
  }

  @Test
  void anInterruptIs130AndLeavesNothingUnderAFinalName() throws Exception {
    Assumptions.assumeFalse(
        Accidents.interruptsAreIgnored(), "SKIPPED: SIGINT is ignored in this session");
    assertThat(endedWhileDiscovering("INT")).isEqualTo(130);
    assertThat(left()).allMatch(name -> name.startsWith("."));
  }

  /** Small batches make epochs long enough to be interrupted, eight of them at least. */
  @Test
  void anInterruptedTrainingGoesOnToTheSameBytes() throws Exception {
    Assumptions.assumeFalse(
        Accidents.interruptsAreIgnored(), "SKIPPED: SIGINT is ignored in this session");
    List<String> train =
        List.of("train", fasta().toString(), "--epochs", "8", "--batch", "1", "--filters", "4");
    Path checkpoint = work.resolve("a.model.checkpoint");
    Process process = tree.start(tree.root.resolve("basewise"), work, words(train, "a.model"));
    process.getOutputStream().close();
    while (!Files.exists(checkpoint)) {
      assertThat(process.isAlive()).as("train is at work").isTrue();
      Thread.sleep(5);
    }
    Accidents.signal(process.pid(), "INT");
    Result interrupted = LauncherTree.end(process);
    assertThat(interrupted.exit()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.err())
        .contains("interrupted; the best model so far is a.model.checkpoint (go on with --resume)");
    assertThat(left()).contains("a.model.checkpoint", "s.fa").doesNotContain("a.model");
    // What is left can be used at once.
    assertThat(call("predict", "a.model.checkpoint", "s.fa", "--out", "p.tsv").exit()).isZero();

    Result again = call(words(train, "a.model"));
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.err()).contains("is left of an interrupted run");
    Result resumed = call(words(train, "a.model", "--resume"));
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(checkpoint).doesNotExist();
    Result whole = call(words(train, "b.model"));
    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(work.resolve("a.model")).hasSameBinaryContentAs(work.resolve("b.model"));
  }

  private static String[] words(List<String> first, String out, String... more) {
    List<String> words = new ArrayList<>(first);
    words.addAll(List.of("--quiet", "--out", out));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void aKilledRunLeavesNothingUnderAFinalNameAndCanBeRepeated() throws Exception {
    assertThat(endedWhileDiscovering("KILL")).isEqualTo(137);
    assertThat(left()).containsExactly(".found.partial");
    Result again = call("dataset", "make", CTCF.toString(), "--out", "found", "--quiet");
    assertThat(again.err()).isEmpty();
    assertThat(again.exit()).isZero();
    assertThat(left()).containsExactly("found");
  }

  @Test
  void twoRunsDoNotShareAFolder() throws Exception {
    Process first = discovering();
    Result second = call("dataset", "make", CTCF.toString(), "--out", "found");
    assertThat(second.exit()).isEqualTo(3);
    assertThat(second.err())
        .isEqualTo(
            "basewise: found: another run (process %d) is writing it (wait for it or choose another --out)\n"
                .formatted(first.pid()));
    first.destroyForcibly().waitFor();
  }

  /** Starts a long discover into the folder "found" and waits until it writes there. */
  private Process discovering() throws IOException, InterruptedException {
    Process process =
        tree.start(
            tree.root.resolve("basewise"),
            work,
            "discover",
            CTCF.toString(),
            "--out",
            "found",
            "--threads",
            "1");
    process.getOutputStream().close();
    while (!Files.exists(work.resolve(".found.partial/.owner"))) {
      assertThat(process.isAlive()).as("discover is at work").isTrue();
      Thread.sleep(50);
    }
    Thread.sleep(500);
    return process;
  }

  private int endedWhileDiscovering(String signal) throws IOException, InterruptedException {
    Process process = discovering();
    Accidents.signal(process.pid(), signal);
    return process.waitFor();
  }

  @Test
  void aFullDiskIsOneLineAndLeavesNothing() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "SKIPPED: there is no /dev/full here");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" motifs info jaspar > /dev/full",
                tree.root.resolve("basewise").toString())
            .start();
    Result result = LauncherTree.end(process);
    assertThat(result.err())
        .isEqualTo(
            "basewise: standard output: cannot be written: No space left on device (free space or"
                + " use --out)\n");
    assertThat(result.exit()).isEqualTo(3);
  }

  @Test
  void aFullFileSystemIsOneLineAndLeavesNothing() throws Exception {
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "basewise", work.toString())
            .redirectErrorStream(true)
            .start();
    mount.getInputStream().readAllBytes();
    boolean mounted = mount.waitFor() == 0;
    if (!mounted) {
      System.out.println("SKIPPED: a full disk was not tried, only root can mount one");
    }
    Assumptions.assumeTrue(mounted, "only root can mount a small file system");
    try {
      for (String out : List.of("found", "found.tsv")) {
        Result result = call("dataset", "make", CTCF.toString(), "--out", out);
        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
            .startsWith("basewise: ")
            .contains("found")
            .contains("no space left on device")
            .hasLineCount(1);
        assertThat(left()).isEmpty();
      }
    } finally {
      new ProcessBuilder("umount", work.toString()).start().waitFor();
    }
  }

  @Test
  void aReaderThatLeavesIsNoError() throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "\"$0\" motifs info jaspar | head -n 1; exit ${PIPESTATUS[0]}",
                tree.root.resolve("basewise").toString())
            .start();
    Result result = LauncherTree.end(process);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("id\t").hasLineCount(1);
    assertThat(result.exit()).isZero();
  }

  @Test
  void helpLoadsNoHeavyLibrary() throws Exception {
    for (String line : List.of("--version", "--help", "help discover", "motifs logo --help")) {
      Path log = folder.resolve("classes.log");
      tree.environment.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log);
      Result result = call(line.split(" "));
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out()).containsAnyOf("Usage: basewise", "basewise ");
      String loaded = Files.readString(log);
      assertThat(loaded).contains("basewise.cli.Main ");
      assertThat(loaded.lines())
          .as(line)
          .noneMatch(l ->
              l.matches(
                  ".*\\]"
                      + " (org\\.(nd4j|deeplearning4j|bytedeco|biojava|apache)|htsjdk|com\\.google|jdk\\.incubator)\\..*"));
    }
  }

  @Test
  @Tag("long")
  void helpAnswersWithin600Milliseconds() throws Exception {
    for (String line : List.of("--version", "--help", "help discover")) {
      long best = Long.MAX_VALUE;
      // The best of some: a machine that does other work at times says nothing about this one.
      for (int i = 0; i < 30 && best >= 600_000_000; i++) {
        long start = System.nanoTime();
        assertThat(call(line.split(" ")).exit()).isZero();
        best = Math.min(best, System.nanoTime() - start);
      }
      assertThat(best / 1_000_000).as("milliseconds of " + line).isLessThan(600);
    }
  }

  /** Sixty random sequences. */
  private Path fasta() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder fasta = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      fasta.append(">s").append(i).append('\n');
      random.ints(50, 0, 4).forEach(b -> fasta.append("ACGT".charAt(b)));
      fasta.append('\n');
    }
    return Files.writeString(work.resolve("s.fa"), fasta);
  }
}
