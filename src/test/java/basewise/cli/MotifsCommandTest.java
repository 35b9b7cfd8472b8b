package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks of {@code motifs}, run as a person would. */
class MotifsCommandTest {
  private static final String FOLDER = "src/test/resources/motifs/";
  @TempDir Path folder;

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    ByteArrayOutputStream e = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(o, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(e, true, StandardCharsets.UTF_8));
      int code = Main.run(args);
      return new Ran(code, o.toString(StandardCharsets.UTF_8), e.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void infoIsATable() {
    Ran ran = run("motifs", "info", FOLDER + "jaspar.transfac");
    assertThat(ran.code()).isZero();
    // bits: column 1: 2 - (1/2*1 + 1/4*2 + 2*1/8*3) = 0.25; column 2: 2; GC: (0.375 + 1) / 2
    assertThat(ran.out())
        .isEqualTo(
            "id\tname\twidth\tnsites\tinformation_content\tconsensus\tgc\ttaxon\tfamily\n"
                + "one\tfirst\t2\t8\t2.25\tAC\t0.688\tvertebrates\tSome family\n");
    assertThat(run("motifs", "info", "jaspar:fungi").out().lines()).hasSize(194);
  }

  @Test
  void infoTellsThresholdsOfPValues() throws IOException {
    Path file = folder.resolve("word.txt");
    Files.writeString(file, ">word\nA [9 0 0 0 9]\nC [0 9 0 0 0]\nG [0 0 9 0 0]\nT [0 0 0 9 0]\n");
    // ACGTA: all five letters right has p = 4^-5 = 0.000976563, on two strands 1953.12 in a Mb;
    // each column scores log2((9 + 0.025) / 9.1 / 0.25) = 1.98806, in thousandths of the range
    Ran ran =
        run("motifs", "info", file.toString(), "--pvalue", "1e-3,1e-4", "--background", "uniform");
    assertThat(ran.err()).isEmpty();
    String[] row = ran.out().lines().skip(1).findFirst().orElseThrow().split("\t");
    assertThat(ran.out().lines().findFirst().orElseThrow())
        .endsWith("\tmaximum\tthreshold_1e-3\thits_per_mb_1e-3\tthreshold_1e-4\thits_per_mb_1e-4");
    assertThat(Double.parseDouble(row[9])).isCloseTo(5 * 1.98806, within(0.03));
    assertThat(row[10]).isEqualTo(row[9]);
    assertThat(Double.parseDouble(row[11])).isCloseTo(2e6 / 1024, within(0.1));
    assertThat(row[12]).isEqualTo("-");
    assertThat(row[13]).isEqualTo("0");
    assertThat(run("motifs", "info", file.toString(), "--pvalue", "2").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meme",
        "jaspar",
        "transfac",
        "homer",
        "cisbp",
        "hocomoco",
        "uniprobe",
        "cluster-buster",
        "gimme",
        "encode"
      })
  void convertWritesWhatIsReadAgain(String to) throws IOException {
    Path out = folder.resolve("x.txt");
    Ran ran =
        run("motifs", "convert", FOLDER + "bracketed.jaspar", "--to", to, "--out", out.toString());
    assertThat(ran).isEqualTo(new Ran(0, "", ""));
    List<Motif> read = MotifFile.read(out.toString());
    assertThat(read).extracting(Motif::id).containsExactly("one", "two");
    assertThat(read.get(0).probabilities().at(0, 1)).isEqualTo(.25);
    assertThat(run("motifs", "convert", FOLDER + "bracketed.jaspar", "--to", to).out())
        .isEqualTo(Files.readString(out));
  }

  @Test
  void convertKeepsTheBackgroundOfTheFileAndCompresses() {
    Path out = folder.resolve("x.meme.gz");
    run("motifs", "convert", FOLDER + "meme.xml", "--to", "meme", "--out", out.toString());
    assertThat(MotifFile.readCollection(out.toString()).background().of(0)).isEqualTo(.3);
    Ran again =
        run("motifs", "convert", FOLDER + "meme.xml", "--to", "meme", "--out", out.toString());
    assertThat(again.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(again.err()).contains("already exists").contains("--force");
  }

  @Test
  void mistakesAreOneLineAndTheirCode() {
    Ran unknown = run("motifs", "convert", FOLDER + "one.xms", "--to", "xms");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err())
        .hasLineCount(1)
        .contains("no motif format 'xms' to write")
        .contains("meme, jaspar");
    Ran missing = run("motifs", "info", "nowhere.meme");
    assertThat(missing.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(missing.err()).hasLineCount(1).contains("no such motif file or collection");
    assertThat(run("motifs").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("motifs", "trim", FOLDER + "gimme.pfm", "--bits", "3").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void trimCutsAndSaysSo() {
    // columns of 0.25 and 2 bits
    Ran ran = run("motifs", "trim", FOLDER + "gimme.pfm", "--bits", "0.3");
    assertThat(ran.out()).contains("w= 1 ");
    assertThat(ran.err()).isEqualTo("basewise: 1 of 1 motif trimmed\n");
    Ran none = run("motifs", "trim", FOLDER + "prodoric.transfac", "--bits", "2", "--quiet");
    assertThat(none.out()).contains("MOTIF one").doesNotContain("MOTIF none");
    assertThat(none.err()).isEmpty();
  }

  @Test
  void mergeJoinsFilesAndAlikeMotifs() {
    Ran joined = run("motifs", "merge", FOLDER + "bare.jaspar", FOLDER + "bracketed.jaspar");
    assertThat(joined.err())
        .isEqualTo("basewise: 4 motifs read, 2 written: 2 repeated, 0 renamed, 0 merged\n");
    // these three hold one matrix under one id; STREME's and DREME's call it 1-AC and AC
    Ran alike =
        run(
            "motifs",
            "merge",
            FOLDER + "meme.xml",
            FOLDER + "encode.txt",
            FOLDER + "cisbp.txt",
            "--similarity",
            "0.99");
    assertThat(alike.err()).contains("3 motifs read, 1 written: 2 repeated");
    Ran turned =
        run("motifs", "merge", FOLDER + "streme.xml", FOLDER + "dreme.xml", "--similarity", "0.99");
    assertThat(turned.err()).contains("2 motifs read, 1 written: 0 repeated, 0 renamed, 1 merged");
    assertThat(turned.out()).contains("nsites= 16 ");
  }
}
