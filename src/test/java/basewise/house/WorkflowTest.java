package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workflow, run by Nextflow itself. */
class WorkflowTest {
  private static final String WORKFLOW = Path.of("workflows/main.nf").toAbsolutePath().toString();
  private static final Path EXAMPLES = Path.of("genomes/examples").toAbsolutePath();
  private static final Path ASSETS = Path.of("workflows/assets/test").toAbsolutePath();

  @TempDir Path folder;

  /** Stubs run all steps of the workflow, and no network is trained. */
  @Test
  void sheetAndStubs() throws IOException, InterruptedException {
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

  /**
   * Profile test as it is. One task is killed with -9 amid its work: tried again. Then the engine
   * and all it runs are: the same command goes on from there, the training from its checkpoint.
   * Then a sample that fails comes in.
   */
  @Test
  @Tag("workflow")
  void testProfileKilledAndResumedAndWithASampleThatFails()
      throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder);
    String[] line = {"run", WORKFLOW, "-profile", "test", "--outdir", "out", "-resume"};
    Process first = engine.start("first.log", line);
    engine.amidTraining(first, "ctcf_half", 1);
    engine.callFor("ctcf_half").destroyForcibly();
    engine.amidTraining(first, "ctcf_half", 2);
    engine.kill(first);
    assertThat(Files.readString(folder.resolve("first.log")))
        .containsPattern("DISCOVER \\(ctcf_half\\)`.*exit status \\(137\\).*retried \\(1\\)");
    assertThat(folder.resolve("out/report.html")).doesNotExist();

    Nextflow.Said said = engine.run(line);
    assertThat(said.code()).as(said.text()).isZero();
    for (String sample : List.of("ctcf", "ctcf_half", "planted")) {
      assertThat(folder.resolve("out/samples/" + sample + "/motifs.meme")).isNotEmptyFile();
      assertThat(folder.resolve("out/samples/" + sample + "/report.html")).isNotEmptyFile();
    }
    // What was planted is TGACGTCA, the site of CREB and TGA factors.
    assertThat(Files.readString(folder.resolve("out/samples/planted/motifs.tsv")))
        .containsPattern("TGACGTCA");
    assertThat(Files.readString(folder.resolve("calls.txt"))).contains("--resume --force");
    inOnePiece(
        "discover " + ASSETS.resolve("ctcf_every_second.fa.gz") + " --taxon vertebrates",
        "--epochs 2 --filters 16 --out whole");
    for (String file : List.of("motifs.meme", "motifs.tsv", "predictions.tsv")) {
      assertThat(folder.resolve("out/samples/ctcf_half/" + file))
          .hasSameBinaryContentAs(folder.resolve("whole/" + file));
    }
    Path sites = folder.resolve("out/sites.bed");
    inOnePiece(
        "scan --motifs out/pooled.meme --genome " + EXAMPLES.resolve("lambda_virus.fa.gz"),
        "--out one.bed");
    assertThat(sites).isNotEmptyFile().hasSameBinaryContentAs(folder.resolve("one.bed"));
    byte[] before = Files.readAllBytes(sites);

    Files.writeString(folder.resolve("none.fa"), ">a\nACGT\n");
    Path sheet =
        Files.writeString(
            folder.resolve("sheet.csv"),
            Files.readString(ASSETS.resolve("sheet.csv"))
                    .replace("../../../genomes/examples", EXAMPLES.toString())
                    .replaceAll(",([a-z_]+\\.fa\\.gz)", "," + ASSETS + "/$1")
                + "fails,none.fa,,,\n");
    List<String> another = new ArrayList<>(List.of(line));
    another.addAll(List.of("--input", sheet.toString()));
    said = engine.run(another.toArray(String[]::new));
    assertThat(said.code()).as("a sample failed: " + said.text()).isNotZero();
    assertThat(said.text())
        .contains("DISCOVER (fails)` terminated with an error exit status (3) -- Error is ignored")
        .doesNotContain("retried")
        .contains("Cached process > BASEWISE:BASEWISE_DISCOVER (ctcf_half)")
        .contains("Cached process > BASEWISE:BASEWISE_GATHER (sites)");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .as(said.text())
        .contains("Without results: fails", "samples/planted/report.html");
    assertThat(folder.resolve("out/samples/ctcf/report.html")).isNotEmptyFile();
    assertThat(Files.readAllBytes(sites)).isEqualTo(before);
  }

  /** Runs {@code basewise} itself, without a workflow. */
  private void inOnePiece(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(folder.resolve("bin/basewise").toString()));
    line.addAll(List.of(String.join(" ", words).split(" ")));
    Path log = folder.resolve("alone.log");
    Process alone =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(alone.waitFor()).as(Files.readString(log)).isZero();
  }

  /** Every module has its own test; all of them in one run, with stubs. */
  @Test
  void everyModuleHasATestAndAStub() throws IOException, InterruptedException {
    Nextflow.Said said = modules(Nextflow.in(folder), "-stub-run");
    assertThat(said.code()).as(said.text()).isZero();
  }

  /** The same, with all steps done. */
  @Test
  @Tag("workflow")
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
        assertThat(module.resolve("environment.md")).isNotEmptyFile();
        assertThat(Files.readString(module.resolve("main.nf")))
            .contains("errorStrategy { task.exitStatus == 137 ? 'retry' : 'finish' }")
            .containsPattern("label 'process_(single|low|medium|high)'")
            .contains(
                "--memory ${(task.memory", "task.ext.args", "versions.yml", "tuple val(meta)");
        String name = "TEST_" + module.getFileName().toString().toUpperCase(Locale.ROOT);
        script.append("include { %s } from '%s'\n".formatted(name, module.resolve("tests/test")));
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
  @Tag("workflow")
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
            BASEWISE_SCAN(Channel.of([[id: 'lambda'], file('%s'), file('%s'), [], []]), 'bed.gz')
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

  /** The three lines of the README, as they stand there; the program is that of the repository. */
  @Test
  @Tag("workflow")
  void theStepOfTheReadme() throws IOException, InterruptedException {
    Nextflow engine = Nextflow.in(folder).withProgramInRepository();
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

  /** One list of parameters, that of the schema. */
  @Test
  @Tag("workflow")
  void helpListsTheParameters() throws IOException, InterruptedException {
    Nextflow.Said said = Nextflow.in(folder).run("run", WORKFLOW, "--help");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .contains("--input ", "--outdir ", "--discover_args ", "--similarity ", "(default: 0.9)")
        .contains("--scan_parts ", "--max_memory ", "--queue ", "--container ");
  }

  /** What a profile says reaches Nextflow; nothing runs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standard | executor = 'local'",
        "test | discover_args = '--epochs 2 --filters 16'",
        "slurm | queueSize = 200",
        "kubernetes | executor = 'k8s'",
        "awsbatch | executor = 'awsbatch'",
        "docker | enabled = true"
      })
  @Tag("workflow")
  void everyProfileIsAConfiguration(String profile, String says)
      throws IOException, InterruptedException {
    Nextflow.Said said = Nextflow.in(folder).run("config", "-profile", profile, WORKFLOW);
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains(says);
  }
}
