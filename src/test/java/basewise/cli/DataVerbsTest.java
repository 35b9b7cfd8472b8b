package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataVerbsTest {
  @TempDir private Path folder;

  @Test
  void datasetMakeWritesAFolderOrATable() throws IOException {
    StringBuilder text = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60; i++) {
      text.append(">s").append(i).append('\n');
      for (int j = 0; j < 30; j++) {
        text.append("ACGT".charAt(random.nextInt(4)));
      }
      text.append('\n');
    }
    String input = Files.writeString(folder.resolve("x.fa"), text).toString();
    String out = folder.resolve("out").toString();
    assertThat(run("dataset", "make", input, "--out", out)).startsWith("0 width 30");
    assertThat(folder.resolve("out/windows.tsv")).exists();
    assertThat(folder.resolve("out/dataset.json")).exists();
    assertThat(run("dataset", "make", input, "--out", out))
        .contains("already exists")
        .startsWith("3");
    String table = folder.resolve("t.tsv.gz").toString();
    assertThat(run("dataset", "make", input, "--quiet", "--out", table)).isEqualTo("0 ");
    assertThat(folder.resolve("t.json")).exists();
    byte[] first = Files.readAllBytes(folder.resolve("out/windows.tsv"));
    assertThat(run("dataset", "make", input, "--out", out, "--force")).startsWith("0");
    assertThat(Files.readAllBytes(folder.resolve("out/windows.tsv"))).isEqualTo(first);
  }

  @Test
  void aMistakeIsOneLineAndLeavesNothing() throws IOException {
    String input = Files.writeString(folder.resolve("p.fa"), ">p\nMKVL\n").toString();
    Path out = folder.resolve("out");
    String said = run("dataset", "make", input, "--out", out.toString());
    assertThat(said).startsWith("3 basewise: " + input + ":2: 'L' cannot stand in DNA");
    assertThat(said.lines()).hasSize(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void genomeInfoAndExtract() throws IOException {
    String genome = Files.writeString(folder.resolve("g.fa"), ">a\nACGTNacg\n>b\nTT\n").toString();
    assertThat(run("genome", "info", genome).lines().toList())
        .containsExactly(
            "0 " + genome + ": FASTA, 2 contigs",
            "contig\tlength\tgc_percent\tunknown\tmasked",
            "a\t8\t57.14\t1\t3",
            "b\t2\t0.00\t0\t0",
            "total\t10\t44.44\t1\t3");
    String bed =
        Files.writeString(folder.resolve("r.bed"), "a\t1\t7\tr1\t0\t-\nb\t0\t2\n").toString();
    Path out = folder.resolve("r.fa");
    assertThat(run("genome", "extract", genome, bed, "--out", out.toString())).isEqualTo("0 ");
    assertThat(out).hasContent(">a:1-7 r1\nCGTNac\n>b:0-2\nTT\n");
    run("genome", "extract", genome, bed, "--out", out.toString(), "--force", "--stranded");
    assertThat(out).hasContent(">a:1-7(-) r1\ngtNACG\n>b:0-2\nTT\n");
    assertThat(
            run(
                "genome",
                "extract",
                genome,
                bed,
                "--out",
                out.toString(),
                "--force",
                "--width",
                "4"))
        .startsWith("3 basewise: " + bed + ":2: a window of 4 bases goes over an end of b");
    assertThat(out).hasContent(">a:1-7(-) r1\ngtNACG\n>b:0-2\nTT\n"); // the old one stays whole
  }

  /** Exit code, then what was printed. */
  private static String run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      int code = Main.run(args);
      both.flush();
      return code + " " + said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
