package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow, run by Nextflow itself. */
class WorkflowTest {
  private static final String WORKFLOW = Path.of("workflows/main.nf").toAbsolutePath().toString();
  private static final Path EXAMPLES = Path.of("genomes/examples").toAbsolutePath();
  private static final Path ASSETS = Path.of("workflows/assets/test").toAbsolutePath();

  @TempDir Path folder;

  /** Stubs run all steps of the workflow, and no network is trained. */
  @Test
  void helpSheetAndStubs() throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder);
    Path sheet = folder.resolve("bad.csv");
    Files.writeString(sheet, "sample,sequences\na,bad.csv\nb,none.fa\n");
    Nextflow.Said said = engine.run("run", WORKFLOW, "--input", sheet.toString(), "--outdir", "o");
    assertThat(said.code()).isNotZero();
    assertThat(said.text()).contains(sheet + ":3: column 2 (sequences): no such file");

    said = engine.run("run", WORKFLOW, "-profile", "test", "--outdir", "out", "-stub-run");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(folder.resolve("out/samples/ctcf/report.html")).exists();
    assertThat(folder.resolve("out/report.html")).exists();
    assertThat(folder.resolve("out/pipeline_info/trace.txt")).isNotEmptyFile();
  }

  /** Profile test, killed and resumed, with a sample that fails. */
  @Test
  @Tag("long")
  void testProfileKilledAndResumedWithASampleThatFails() throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder);
    Path sheet = folder.resolve("sheet.csv");
    Files.writeString(folder.resolve("none.fa"), ">a\nACGT\n");
    Files.writeString(
        sheet,
        "sample,sequences,taxon\nplanted,%s,\nhalf,%s,vertebrates\nfails,none.fa,\n"
            .formatted(ASSETS.resolve("planted.fa.gz"), ASSETS.resolve("ctcf_every_second.fa.gz")));
    String[] line = {
      "run", WORKFLOW, "-profile", "test", "--input", sheet.toString(), "--outdir", "out", "-resume"
    };
    Process first = engine.start("first.log", line);
    Path log = folder.resolve("first.log");
    for (int i = 0; i < 1200 && !Files.readString(log).contains("DISCOVER (half)"); i++) {
      Thread.sleep(250);
    }
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly();
    assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("out/report.html")).doesNotExist();

    Nextflow.Said said = engine.run(line);
    assertThat(said.code()).as("a sample failed: " + said.text()).isNotZero();
    String report = Files.readString(folder.resolve("out/report.html"));
    assertThat(report)
        .as(said.text())
        .contains("Without results: fails", "samples/planted/report.html");
    assertThat(folder.resolve("out/samples/planted/motifs.meme")).isNotEmptyFile();
    assertThat(folder.resolve("out/samples/half/report.html")).isNotEmptyFile();
    // What was planted is TGACGTCA, the site of CREB and TGA factors.
    assertThat(Files.readString(folder.resolve("out/samples/planted/motifs.tsv")))
        .containsPattern("TGACGTCA");

    Path one = folder.resolve("one.bed");
    Process scan =
        new ProcessBuilder(
                folder.resolve("bin/basewise").toString(),
                "scan",
                "--motifs",
                folder.resolve("out/pooled.meme").toString(),
                "--genome",
                EXAMPLES.resolve("lambda_virus.fa.gz").toString(),
                "--out",
                one.toString())
            .start();
    assertThat(scan.waitFor()).isZero();
    assertThat(folder.resolve("out/sites.bed")).hasSameBinaryContentAs(one);

    byte[] before = Files.readAllBytes(folder.resolve("out/sites.bed"));
    said = engine.run(line);
    assertThat(said.text()).contains("Cached process > BASEWISE:BASEWISE_DISCOVER (half)");
    assertThat(Files.readAllBytes(folder.resolve("out/sites.bed"))).isEqualTo(before);
  }

  /** Every module has its own test; all of them in one run, with stubs. */
  @Test
  void everyModuleHasATestAndAStub() throws IOException, InterruptedException {
    Nextflow.Said said = modules(Nextflow.in(folder), "-stub-run");
    assertThat(said.code()).as(said.text()).isZero();
  }

  /** The same, with all steps done. */
  @Test
  @Tag("long")
  void everyModuleDoesItsStep() throws IOException, InterruptedException {
    Nextflow.Said said = modules(Nextflow.in(folder));
    assertThat(said.code()).as(said.text()).isZero();
  }

  private Nextflow.Said modules(Nextflow engine, String... more)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    try (Stream<Path> all = Files.list(Path.of("workflows/modules").toAbsolutePath())) {
      for (Path module : all.sorted().toList()) {
        assertThat(module.resolve("meta.yml")).isNotEmptyFile();
        String name = "TEST_" + module.getFileName().toString().toUpperCase(Locale.ROOT);
        script.append("include { %s } from '%s'\n".formatted(name, module.resolve("tests/main")));
        calls.append("    ").append(name).append("()\n");
      }
    }
    script.append("workflow {\n").append(calls).append("}\n");
    Path file = Files.writeString(folder.resolve("all.nf"), script);
    Path config = Path.of("workflows/conf/test_modules.config").toAbsolutePath();
    List<String> line = new ArrayList<>(List.of("run", file.toString(), "-c", config.toString()));
    line.addAll(List.of(more));
    return engine.run(line.toArray(String[]::new));
  }

  /** Exit 137, out of memory, is tried again with more; here the first task gets far too little. */
  @Test
  @Tag("long")
  void outOfMemoryIsTriedAgainWithMore() throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder);
    Path config = folder.resolve("little.config");
    Files.writeString(
        config,
        "includeConfig '%s'\nprocess { withName: 'BASEWISE_SCAN' { memory = { 20.MB * (50 **"
                .formatted(Path.of("workflows/conf/test_modules.config").toAbsolutePath())
            + " (task.attempt - 1)) } } }\ntrace { enabled = true; overwrite = true; file ="
            + " 'trace.txt'; fields = 'name,attempt,exit,status' }\n");
    Path script = folder.resolve("retry.nf");
    Files.writeString(
        script,
        """
        include { BASEWISE_SCAN } from '%s/main'
        workflow {
            BASEWISE_SCAN(Channel.of([[id: 'lambda'], file('%s'), file('%s'), [], []]))
        }
        """
            .formatted(
                Path.of("workflows/modules/scan").toAbsolutePath(),
                Path.of("motifs/JASPAR2026_CORE.meme.gz").toAbsolutePath(),
                EXAMPLES.resolve("lambda_virus.fa.gz")));
    Nextflow.Said said = engine.run("run", script.toString(), "-c", config.toString());
    assertThat(said.code()).as(said.text()).isZero();
    List<String> tasks = Files.readAllLines(folder.resolve("trace.txt"));
    assertThat(tasks)
        .anyMatch(t -> t.matches(".*BASEWISE_SCAN.*\t1\t137\tFAILED"))
        .anyMatch(t -> t.matches(".*BASEWISE_SCAN.*\t2\t0\tCOMPLETED"));
  }

  /** The three lines of the README, as they stand there. */
  @Test
  @Tag("long")
  void theStepOfTheReadme() throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder);
    Matcher snippet =
        Pattern.compile("(?s)```groovy\n(.*?)```")
            .matcher(Files.readString(Path.of("workflows/README.md")));
    assertThat(snippet.find()).isTrue();
    assertThat(snippet.group(1).strip().lines()).hasSize(3);
    Path script = Files.writeString(folder.resolve("mine.nf"), snippet.group(1));
    Files.writeString(
        folder.resolve("nextflow.config"), "process.ext.args = '--epochs 1 --filters 8'\n");
    Path peaks = ASSETS.resolve("planted.fa.gz");
    List<String> line =
        List.of("run", script.toString(), "--peaks", peaks.toString(), "--outdir", "mine");
    Nextflow.Said said = engine.run(line.toArray(String[]::new));
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(Files.readString(folder.resolve("mine/planted.meme"))).contains("TGACGTCA");
  }
}
