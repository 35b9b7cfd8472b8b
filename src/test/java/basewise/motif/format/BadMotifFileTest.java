package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are wrong: each is refused with its line and the reason. */
class BadMotifFileTest {
  @TempDir Path folder;

  private void refused(String text, String place, String reason) {
    refused(text.getBytes(StandardCharsets.UTF_8), place, reason);
  }

  private void refused(byte[] bytes, String place, String reason) {
    Path file = folder.resolve("x");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThatThrownBy(() -> MotifFile.read(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + place)
        .hasMessageContaining(reason);
  }

  @Test
  void nothingInIt() {
    refused("", ": ", "is empty");
    refused("\n \n\n", ": ", "is empty");
    refused("MEME version 4\n\nALPHABET= ACGT\n", ": ", "holds no motif");
    refused(">only a header\n", ":1: ", "a header without a matrix");
  }

  @Test
  void noMotifFileAtAll() {
    refused("\nMOTIF a\nletter-probability matrix:\n1 0 0 0\n", ":2: ", "without its version line");
    refused("motif_id\tstart\tstop\n1\t2\t3\n", ":1: ", "a table that names motifs");
    refused("It was a dark and stormy night\n", ":1: ", "neither a header nor a row");
    refused(
        "MSAPDEPVAVVGLACRLPGAADPEAFWALLRDGREAITDPP\n".repeat(9),
        ":2: ",
        "neither a header nor a row");
    refused(">chr1\n" + "ACGTTTGCAA\n".repeat(500), ":", "sequences, not a motif");
    refused(">a\nACGT\n>b\nACGTA\n", ":4: ", "a site of 5 bases among sites of 4");
    refused(">p\nMKVLAAGE\n", ":2: ", "'L' cannot stand in DNA");
    refused("<html><body/></html>", ":1: ", "which holds no motif");
    refused("<MEME><motifs>", ":", "broken XML");
    refused("****\nMAST - Motif Alignment and Search Tool\n****\n", ":2: ", "MAST output");
  }

  @Test
  void truncatedGzipAndUtf16() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
      gzip.write(Files.readAllBytes(Path.of("src/test/resources/motifs/minimal.meme")));
    }
    refused(Arrays.copyOf(whole.toByteArray(), whole.size() / 2), "", "truncated or damaged");
    refused("MEME version 4\n".getBytes(StandardCharsets.UTF_16LE), ": ", "UTF-16");
    refused("MEME version 4\n".getBytes(StandardCharsets.UTF_16), ": ", "UTF-16");
  }

  @Test
  void proteins() {
    String twenty = "0.05 ".repeat(20);
    refused(
        "MEME version 5\nALPHABET= ACDEFGHIKLMNPQRSTVWY\nMOTIF a\n",
        ":2: ",
        "is this a protein motif?");
    refused(
        "MEME version 5\nMOTIF a\nletter-probability matrix: alength= 20 w= 1\n" + twenty + "\n",
        ":3: ",
        "expected 4 columns (A C G T), found 20");
    refused(">a\n" + (twenty + "\n").repeat(5), ":2: ", "found 20 (is this a protein motif?)");
    refused("AC x\nP0 A C D E F G H I K L M N P Q R S T V W Y\n01 1 1 1 1\n", ":2: ", "protein");
    refused("<MEME>\n<alphabet name=\"Protein\" like=\"protein\"/>\n</MEME>", ":2: ", "protein");
    refused(
        "MEME version 5\n"
            + "ALPHABET \"Meth\" DNA-LIKE\n"
            + "A ~ T\n"
            + "C ~ G\n"
            + "M \"5mC\" 0000FF ~ m\n"
            + "END ALPHABET\n",
        ":2: ",
        "only DNA motifs");
  }

  @Test
  void wrongColumns() {
    refused(">a\n1 2 3 4\n1 2 3\n1 2 3 4\n", ":3: ", "expected 4 columns (A C G T), found 3");
    refused(">a\nA [ 1 2 ]\nC [ 1 2 3 ]\nG [ 1 2 ]\nT [ 1 2 ]\n", ":3: ", "expected 2 numbers");
    refused("ID a\nP0 A C G T\n01 1 2 3\n//\n", ":3: ", "expected 4 columns");
    refused("ID a\nP0 A C G X\n01 1 2 3 4\n//\n", ":2: ", "not A C G T");
    refused(">a\nA [ 1 2 ]\nC [ 1 2 ]\n1 2\nT [ 1 2 ]\n", ":", "some have none");
  }

  @Test
  void rowsThatDoNotSumToOne() {
    refused(">a\n0.5 0.5 0.5 0.5\n0.1 0.2 0.3 0.4\n", ":2: ", "sum to 2.0 here, not 1");
    refused(">AC\ta\t5.0\n0.5 0.5 0.5 0.5\n", ":2: ", "sum to 2.0 here, not 1");
    refused(">a\n-5 -5 -5 -5\n-5 -5 -5 -5\n", ":2: ", "no log-odds matrix");
    refused("ID a\nP0 A C G T\n01 -1 2 3 4\n//\n", ":3: ", "negative");
  }

  @Test
  void idsUsedTwice() {
    refused(">a\n1 2 3 4\n4 3 2 1\n>a\n1 2 3 4\n4 3 2 1\n", ":4: ", "used before, at line 1");
    String record = "AC  M1\nP0 A C G T\n01 1 2 3 4\n//\n";
    refused(record + record, ":", "motif id M1 was used before, at line 1");
    refused(">AC\ta\t5.0\n1 0 0 0\n>AG\ta\t5.0\n0 1 0 0\n", ":3: ", "used before, at line 1");
    refused(
        "a\nA: 1 0\nC: 0 1\nG: 0 0\nT: 0 0\n\na\nA: 1 0\nC: 0 1\nG: 0 0\nT: 0 0\n",
        ":7: ",
        "used before");
  }
}
