package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String MEME =
      """
      MEME version 5

      ALPHABET= ACGT

      MOTIF EBOX
      letter-probability matrix: alength= 4 w= 6 nsites= 50 E= 0
      0.02 0.94 0.02 0.02
      0.94 0.02 0.02 0.02
      0.02 0.94 0.02 0.02
      0.02 0.02 0.94 0.02
      0.02 0.02 0.02 0.94
      0.02 0.02 0.94 0.02
      """;

  @TempDir Path folder;
  private Path query;

  @BeforeEach
  void writeQuery() throws Exception {
    query = folder.resolve("query.meme");
    Files.writeString(query, MEME);
  }

  @Test
  void anEboxIsFoundAmongVertebrates() throws Exception {
    Path out = folder.resolve("matches.tsv");
    assertThat(run("compare", query, "--taxon", "vertebrates", "--out", out).code).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(0)).startsWith("Query_ID\tTarget_ID\tOptimal_offset\tp-value\tE-value");
    List<String> rows = lines.stream().skip(1).takeWhile(l -> !l.isEmpty()).toList();
    assertThat(rows).hasSizeGreaterThan(5);
    double last = 0;
    for (String row : rows) {
      String[] cells = row.split("\t");
      assertThat(cells).hasSize(10);
      assertThat(cells[7]).isEqualTo("CACGTG");
      assertThat(Double.parseDouble(cells[5])).isLessThanOrEqualTo(0.5);
      assertThat(Double.parseDouble(cells[3])).isGreaterThanOrEqualTo(last);
      last = Double.parseDouble(cells[3]);
    }
    // The palindrome is a core of every bHLH motif.
    assertThat(rows.get(0).split("\t")[8]).contains("CACGTG");
    assertThat(lines.subList(rows.size() + 2, lines.size())).allMatch(l -> l.startsWith("# "));
    assertThat(run("compare", query, "--out", out).code).isEqualTo(3);
    Result forced =
        run("compare", query, "--evalue", "1e-9", "--force", "--threads", "1", "--out", out);
    assertThat(forced.code).isZero();
    assertThat(Files.readAllLines(out).get(1)).isEmpty();
  }

  @Test
  void withoutOutTheTableIsPrinted() {
    Result printed = run("compare", query, "--against", query, "--distance", "ed", "--norc");
    assertThat(printed.code).isZero();
    assertThat(printed.out).contains("EBOX\tEBOX\t0\t").contains("--norc");
    assertThat(printed.err).contains("1 known motif is few");
    assertThat(run("compare", query, "--against", query, "--quiet").err).isEmpty();
  }

  @Test
  void mistakesSayWhatIsWrong() throws Exception {
    assertThat(run("compare", query, "--distance", "manhattan").err)
        .contains("'manhattan' is none of pearson, ed, sandelin, kullback, allr");
    assertThat(run("compare", query, "--distance", "manhattan").code).isEqualTo(2);
    assertThat(run("compare", query, "--qvalue", "1.5").code).isEqualTo(2);
    assertThat(run("compare", query, "--evalue", "-1").code).isEqualTo(2);
    assertThat(run("compare", query, "--evalue", "1", "--qvalue", "0.1").code).isEqualTo(2);
    assertThat(run("compare", query, "--min-overlap", "0").code).isEqualTo(2);
    assertThat(run("compare", query, "--threads", "0").code).isEqualTo(2);
    assertThat(run("compare", query, "--against", folder.resolve("none")).code).isEqualTo(3);
    assertThat(run("compare", query, "--taxon", "martians").err).contains("martians");
    Path none = folder.resolve("none.meme");
    Files.writeString(none, MEME.substring(0, MEME.indexOf("MOTIF")));
    assertThat(run("compare", none).code).isEqualTo(3);
    Path wide = folder.resolve("wide.meme");
    Files.writeString(wide, MEME + "0.25 0.25 0.25 0.25\n".repeat(200));
    Files.writeString(wide, Files.readString(wide).replace("w= 6", "w= 206"));
    Result tooWide = run("compare", wide);
    assertThat(tooWide.code).isEqualTo(3);
    assertThat(tooWide.err).contains("motif EBOX has 206 columns, more than 200");
  }

  private record Result(int code, String out, String err) {}

  private static Result run(Object... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      String[] args = new String[words.length];
      for (int i = 0; i < args.length; i++) {
        args[i] = words[i].toString();
      }
      int code = Main.run(args);
      return new Result(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
