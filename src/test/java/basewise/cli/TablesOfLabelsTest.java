package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with several labels, and with numbers: trained and predicted end to end. */
class TablesOfLabelsTest {
  private static final int ROWS = 400;
  private static final String OTHER = "CCGGAAGTCC";

  @TempDir private Path folder;

  @Test
  void severalLabels() throws IOException {
    StringBuilder text = new StringBuilder("sequence,AP1,ETS\n");
    for (int i = 0; i < ROWS; i++) {
      boolean ap1 = i % 2 == 0;
      boolean ets = i % 4 < 2;
      String half = Planted.sequence(2 * i, 30, ap1 ? Planted.WORD : "");
      String rest = Planted.sequence(2 * i + 1, 30, ets ? OTHER : "");
      // A label that is not known, now and then.
      text.append(
          "%s%s,%s,%d%n".formatted(half, rest, i % 40 == 7 ? "" : ap1 ? 1 : 0, ets ? 1 : 0));
    }
    Path table = Files.writeString(folder.resolve("two.csv"), text);
    String said = train(table, "--filters", "16", "--epochs", "40");
    assertThat(said)
        .contains("Held out, AP1, network: AUROC", "Held out, ETS, network: AUROC")
        .contains("Held out, AP1, k-mer baseline", "Held out, ETS, k-mer baseline");
    List<String[]> rows = predict(table);
    assertThat(rows.getFirst())
        .containsExactly("id", "logit_AP1", "probability_AP1", "logit_ETS", "probability_ETS");
    assertThat(rows).hasSize(ROWS + 1);
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      String[] row = rows.get(i + 1);
      right += (Double.parseDouble(row[2]) > 0.5) == (i % 2 == 0) ? 1 : 0;
      right += (Double.parseDouble(row[4]) > 0.5) == (i % 4 < 2) ? 1 : 0;
    }
    assertThat(right).as("right of " + 2 * ROWS).isGreaterThan(2 * ROWS * 9 / 10);
  }

  @Test
  void numbers() throws IOException {
    StringBuilder text = new StringBuilder("sequence,signal\n");
    for (int i = 0; i < ROWS; i++) {
      String sequence = Planted.sequence(i, 40, i % 2 == 0 ? Planted.WORD : "");
      text.append(String.format(Locale.ROOT, "%s,%.2f%n", sequence, i % 2 == 0 ? 1.5 : -0.5));
    }
    Path table = Files.writeString(folder.resolve("signal.csv"), text);
    String said = train(table, "--filters", "16", "--epochs", "20");
    assertThat(said).containsPattern("Held out, Pearson r 0\\.[6-9]");
    List<String[]> rows = predict(table);
    assertThat(rows.getFirst()).as("no probability").containsExactly("id", "prediction");
    double[] sum = new double[2];
    for (int i = 0; i < ROWS; i++) {
      sum[i % 2] += Double.parseDouble(rows.get(i + 1)[1]);
    }
    assertThat(2 * (sum[0] - sum[1]) / ROWS)
        .as("difference of means; 2 in truth")
        .isBetween(1.0, 3.0);
    Said filters =
        Said.by(
            "filters",
            folder.resolve("model").toString(),
            table.toString(),
            "--out",
            folder.resolve("motifs").toString());
    assertThat(filters.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(filters.err()).contains("has numbers as labels, not classes");
  }

  @Test
  void zeroAndOneAreNumbersIfSoAsked() throws IOException {
    StringBuilder text = new StringBuilder("sequence,label\n");
    for (int i = 0; i < 100; i++) {
      text.append(Planted.sequence(i, 40, i % 2 == 0 ? Planted.WORD : ""))
          .append(i % 2 == 0 ? ",1\n" : ",0\n");
    }
    Path table = Files.writeString(folder.resolve("zero-one.csv"), text);
    String said = train(table, "--task", "regression", "--filters", "4", "--epochs", "2");
    assertThat(said).contains("Pearson r");
    assertThat(predict(table).getFirst()).containsExactly("id", "prediction");
  }

  private String train(Path table, String... options) {
    List<String> args = new ArrayList<>(List.of("train", table.toString()));
    args.addAll(List.of("--out", folder.resolve("model").toString()));
    args.addAll(List.of(options));
    Said said = Said.by(args.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    return said.out();
  }

  private List<String[]> predict(Path table) throws IOException {
    Path out = folder.resolve("predictions.tsv");
    Said said =
        Said.by(
            "predict",
            folder.resolve("model").toString(),
            table.toString(),
            "--quiet",
            "--out",
            out.toString());
    assertThat(said.err()).isEmpty();
    return Files.readAllLines(out).stream().map(l -> l.split("\t", -1)).toList();
  }
}
