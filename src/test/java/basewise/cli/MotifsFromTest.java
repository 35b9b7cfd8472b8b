package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code discover --motifs-from}: patterns of contributions go the way of the filters' motifs. */
class MotifsFromTest {
  @TempDir private Path folder;

  private Path discover(String from, int threads) throws IOException {
    return discover(from, threads, 100);
  }

  private Path discover(String from, int threads, int width) throws IOException {
    Path fasta = Files.writeString(folder.resolve("toy.fa"), Planted.fasta(240, width));
    Path out = folder.resolve(from + threads);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("discover", fasta.toString(), "--out", out.toString(), "--quiet"));
    words.addAll(List.of("--filters", "8", "--epochs", "8", "--hidden", "8", "--dropout", "0.25"));
    words.addAll(List.of("--motifs-from", from, "--threads", Integer.toString(threads)));
    assertThat(Main.run(words.toArray(String[]::new))).isZero();
    return out;
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.split("\t", -1)).toList();
  }

  /** The planted word is AP-1's; S and N stand where the other strand has another letter. */
  @Test
  void patternsBecomeMotifsTheSameOnAnyNumberOfThreads() throws IOException {
    Path out = discover("attributions", 2);
    List<String[]> motifs = rows(out.resolve("motifs.tsv"));
    List<String> columns = List.of(motifs.getFirst());
    String[] first = motifs.get(1);
    assertThat(first[2]).matches(".*TGA[CGSN]TCA.*");
    assertThat(first[columns.indexOf("source")]).isEqualTo("attributions");
    assertThat(first[columns.indexOf("patterns")]).contains("pos_patterns.pattern_0");
    assertThat(Double.parseDouble(first[columns.indexOf("influence")])).isGreaterThan(0.1);
    assertThat(Double.parseDouble(first[columns.indexOf("enrichment_qvalue")])).isLessThan(1e-10);
    assertThat(Files.readString(out.resolve("motifs.meme")))
        .containsPattern("MOTIF motif_1 \\w+:attributions\\n");
    assertThat(rows(out.resolve("patterns/patterns.tsv"))).hasSizeGreaterThan(1);
    assertThat(rows(out.resolve("patterns/spacing.tsv")).getFirst()).hasSize(16);
    String html = Files.readString(out.resolve("report.html"));
    assertThat(html).contains("id=\"pattern-0\"", "href=\"#pattern-0\"", "href=\"#motif-1\"");
    Path again = discover("attributions", 1);
    for (String file :
        List.of("motifs.tsv", "motifs.meme", "patterns/patterns.tsv", "patterns/cwm.tsv")) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(out.resolve(file));
    }
  }

  /** A pattern of 50 positions has its place in sequences of 24: it reaches beyond their ends. */
  @Test
  void shortSequencesHavePatterns() throws IOException {
    Path out = discover("attributions", 2, 24);
    assertThat(rows(out.resolve("motifs.tsv")).get(1)[2]).matches(".*TGA[CGSN]TCA.*");
    List<String[]> patterns = rows(out.resolve("patterns/patterns.tsv"));
    assertThat(Integer.parseInt(patterns.get(1)[2])).isGreaterThan(160);
  }

  @Test
  void bothMergesAndSaysSo() throws IOException {
    Path out = discover("both", 2);
    List<String[]> motifs = rows(out.resolve("motifs.tsv"));
    int source = List.of(motifs.getFirst()).indexOf("source");
    assertThat(motifs.get(1)[2]).matches(".*TGA[CGSN]TCA.*");
    assertThat(motifs.get(1)[source].split("\\+")).contains("attributions", "filters");
  }
}
