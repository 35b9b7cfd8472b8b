package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.nn.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  @Test
  void motifsTableLeadsWithTheColumnsThatWerePromised(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("motifs.tsv");
    MotifsTable.write(ToyDiscovery.report().motifs(), file);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst().replace('\t', ' '))
        .startsWith(
            "rank motif_id consensus width nsites information_content enrichment_pvalue evalue"
                + " positives_with_site negatives_with_site match_id match_name match_pvalue"
                + " match_evalue match_qvalue ");
    assertThat(lines.get(1).split("\t", -1))
        .startsWith(
            "1",
            "motif_1",
            "CCACNAGGGGGCGCT",
            "15",
            "3412",
            "18.7400",
            "5.01e-413",
            "3.16e-411",
            "812",
            "31",
            "MA9001.1",
            "CTCF",
            "3.2e-14",
            "8.4e-11",
            "1.1e-10");
    assertThat(lines.get(3).split("\t", -1))
        .hasSameSizeAs(MotifsTable.COLUMNS)
        .startsWith("3", "motif_3")
        .containsSubsequence("44", "17", "", "", "", "", "", "983");
  }

  @Test
  void predictionsHaveLogitAndProbability(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("predictions.tsv");
    try (PredictionsTable table =
        PredictionsTable.open(file, List.of("bound"), Head.CLASSES, List.of("label", "part"))) {
      table.row("chr1:10-20", new float[] {0}, List.of("1", "test"));
      // 1 / (1 + e^2) = 0.1192029220
      table.row("a\tb", new float[] {-2}, List.of("0", "train"));
      assertThat(file).doesNotExist();
      table.commit();
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "id\tlogit\tprobability\tlabel\tpart",
            "chr1:10-20\t0.000000\t0.500000\t1\ttest",
            "a b\t-2.000000\t0.119203\t0\ttrain");
  }

  @Test
  void severalTasksCarryTheirNames(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("predictions.tsv");
    try (PredictionsTable table =
        PredictionsTable.open(file, List.of("CTCF", "MYC"), Head.CLASSES, List.of())) {
      assertThatThrownBy(() -> table.row("x", new float[] {1}, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      table.commit();
    }
    assertThat(file).hasContent("id\tlogit_CTCF\tprobability_CTCF\tlogit_MYC\tprobability_MYC\n");
  }

  @Test
  void nothingIsLeftOfATableThatWasNotFinished(@TempDir Path folder) throws Exception {
    try (PredictionsTable table =
        PredictionsTable.open(folder.resolve("p.tsv"), List.of("t"), Head.CLASSES, List.of())) {
      table.row("x", new float[] {1}, List.of());
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
