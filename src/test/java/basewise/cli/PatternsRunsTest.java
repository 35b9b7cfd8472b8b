package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.patterns.PlantedFiles;
import basewise.patterns.PlantedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of {@code patterns}: what its options change, and what changes nothing. */
class PatternsRunsTest {
  @TempDir Path folder;

  private Path run(String name, List<PlantedScores.Row> rows, String... more) throws IOException {
    Path in = Files.createDirectory(folder.resolve(name));
    List<String> all = new ArrayList<>(List.of("patterns", "--quiet", "--leiden-runs", "2"));
    all.addAll(List.of("--sequences", PlantedFiles.sequences(in, rows).toString()));
    all.addAll(List.of("--scores", PlantedFiles.scores(in, rows).toString()));
    all.addAll(List.of("--out", in.resolve("out").toString()));
    all.addAll(Arrays.asList(more));
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    return in.resolve("out");
  }

  /** Rows of a table without its header. */
  private static List<String[]> table(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(l -> l.split("\t")).toList();
  }

  /** Seqlets, sorted, with the rows of another order. */
  private static List<String> seqlets(Path out, IntUnaryOperator row) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String[] f : table(out.resolve("seqlets.tsv"))) {
      f[1] = Integer.toString(row.applyAsInt(Integer.parseInt(f[1])));
      lines.add(String.join(" ", f));
    }
    Collections.sort(lines);
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--negatives=shuffle --held-out=ROWS",
        "--seqlets=recursive",
        "--single-strand",
        "--max-seqlets=110"
      })
  void neitherOrderNorThreadsMatter(String options) throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(130, 1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(5));
    // The same rows are held out, by other numbers.
    Path a = run("a", rows, words(options + " --threads=1", "a.txt", i -> i));
    Path b =
        run(
            "b",
            order.stream().map(rows::get).toList(),
            words(options + " --threads=3", "b.txt", order::indexOf));
    assertThat(table(a.resolve("patterns.tsv"))).isNotEmpty();
    for (String same :
        List.of("patterns.tsv", "motifs.meme", "pfm.tsv", "cwm.tsv", "hypothetical_cwm.tsv")) {
      assertThat(b.resolve(same)).hasSameBinaryContentAs(a.resolve(same));
    }
    assertThat(seqlets(b, order::get)).isEqualTo(seqlets(a, i -> i));
  }

  private String[] words(String options, String name, IntUnaryOperator row) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 100; i < 130; i++) {
      rows.append(row.applyAsInt(i)).append('\n');
    }
    Path file = Files.writeString(folder.resolve(name), rows);
    return options.replace("ROWS", file.toString()).split(" ");
  }

  /**
   * modisco-lite 3.0.0 motifs -n 100 -w 160 -l 20 of the same takes its 100 seqlets of 260 from the
   * rows 0 to 57; ours do so only if told to.
   */
  @Test
  void theFirstSeqletsOrTheStrongest() throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(150, 1);
    Path first = run("first", rows, "--max-seqlets", "100", "--modisco-order");
    TreeSet<Integer> there = rowsOf(first);
    assertThat(there.last()).isBetween(54, 57);
    assertThat(there).hasSizeBetween(40, 58);
    assertThat(rowsOf(run("strong", rows, "--max-seqlets", "100")).last()).isGreaterThan(140);
  }

  private static TreeSet<Integer> rowsOf(Path out) throws IOException {
    TreeSet<Integer> rows = new TreeSet<>();
    for (String[] f : table(out.resolve("seqlets.tsv"))) {
      rows.add(Integer.parseInt(f[1]));
    }
    return rows;
  }

  /** The word stands as it is in even rows and turned in odd ones: for RNA these are two motifs. */
  @Test
  void strandsAreOneOrTwo() throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(240, 1);
    // Of both strands each pattern has words of either kind of row. (modisco-lite too finds two
    // patterns here, of 182 and 108 seqlets: words at the left end of a seqlet, or at the right.)
    Path both = run("both", rows);
    assertThat(parities(both)).hasSize(2).allMatch(p -> p.size() == 2);
    Path single = run("single", rows, "--single-strand");
    List<TreeSet<Integer>> apart = parities(single);
    assertThat(apart).hasSizeGreaterThanOrEqualTo(2).allMatch(p -> p.size() == 1);
    List<String[]> table = table(single.resolve("patterns.tsv"));
    for (int i = 0; i < apart.size(); i++) {
      assertThat(table.get(i)[3]).contains(apart.get(i).first() == 0 ? "CAGATAAGGC" : "GCCTTATCTG");
    }
    assertThat(table(single.resolve("seqlets.tsv"))).allMatch(f -> f[4].equals("+"));
  }

  /** Of each pattern whether its seqlets lie in even rows (0), odd ones (1), or both. */
  private static List<TreeSet<Integer>> parities(Path out) throws IOException {
    List<TreeSet<Integer>> of = new ArrayList<>();
    for (String[] f : table(out.resolve("seqlets.tsv"))) {
      int pattern = Integer.parseInt(f[0].substring(f[0].lastIndexOf('_') + 1));
      while (of.size() <= pattern) {
        of.add(new TreeSet<>());
      }
      of.get(pattern).add(Integer.parseInt(f[1]) % 2);
    }
    return of;
  }
}
