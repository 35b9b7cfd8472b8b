package basewise.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import basewise.motif.format.MotifFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables that Tomtom 5.4.0 wrote ({@code tomtom -dist D sample.meme sample.meme}, from the MEME
 * Suite's own tests). Their licence keeps them out of this repository, so they are read from
 * ../shared where that is there.
 */
class TomtomGoldenTest {
  private static final Path FOLDER = Path.of("../shared/data/golden/meme_suite/tomtom");

  @ParameterizedTest
  @EnumSource
  void everyRowIsTomtoms(Distance distance) throws IOException {
    needFolder();
    List<Motif> motifs = MotifFile.read(FOLDER.resolve("sample.meme").toString());
    TomtomOptions options = TomtomOptions.DEFAULTS.with(distance);
    List<List<Match>> all = Tomtom.against(motifs, options).compare(motifs, 2);
    TomtomTsv table = new TomtomTsv(options, false);
    List<String> rows = new ArrayList<>();
    for (List<Match> one : all) {
      one.stream().filter(m -> m.qvalue() <= 0.5).map(table::row).forEach(rows::add);
    }
    assertThat(rows).isEqualTo(golden("tomtom.complete.out." + distance.word() + ".tsv"));
  }

  /**
   * The collection Tomtom was given is not ours, but another printing of it: every p-value differs
   * by about 0.1 % and the first, a product of nine rare columns, by 7 %; the matched targets are
   * the same to six digits, so the difference is in the others, from which the null is made. Its
   * q-values carry the estimated share of nulls, 0.9957.
   */
  @Test
  void jasparExampleIsTomtomsButForItsShareOfNulls() throws IOException {
    needFolder();
    List<Motif> query = MotifFile.read(FOLDER.resolve("STRGGTCAN.meme").toString());
    List<Motif> known = transfac(FOLDER.resolve("JASPAR2018_CORE_all_nr.transfac"));
    TomtomOptions options = TomtomOptions.DEFAULTS.withMinOverlap(5);
    TomtomTsv table = new TomtomTsv(options, false);
    List<String> rows =
        Tomtom.against(known, options).compare(query.get(0)).stream()
            .filter(m -> m.evalue() <= 10)
            .map(table::row)
            .toList();
    List<String> theirs = golden("tomtom_example.tsv");
    for (int i = 0; i < Math.min(rows.size(), theirs.size()); i++) {
      compare(rows.get(i).split("\t"), theirs.get(i).split("\t"), i == 0 ? 0.08 : 0.003);
    }
    assertThat(rows).hasSameSizeAs(theirs);
  }

  private static List<String> golden(String name) throws IOException {
    return Files.readAllLines(FOLDER.resolve(name)).stream()
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  private static void compare(String[] ours, String[] theirs, double tolerance) {
    assertThat(text(ours)).isEqualTo(text(theirs));
    for (int number = 3; number < 6; number++) {
      double nulls = number == 5 ? 0.9957 : 1;
      double expected = Double.parseDouble(theirs[number]) / nulls;
      assertThat(Double.parseDouble(ours[number]))
          .as(String.join(" ", ours) + " against " + String.join(" ", theirs))
          .isCloseTo(expected, within(tolerance * expected));
    }
  }

  private static List<String> text(String[] row) {
    return List.of(row[0], row[1], row[2], row[6], row[7], row[8], row[9]);
  }

  private static List<Motif> transfac(Path file) throws IOException {
    List<Motif> motifs = new ArrayList<>();
    String id = "";
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("AC")) {
        id = line.substring(2).strip();
      } else if (line.matches("\\d+\\s.*")) {
        String[] words = line.strip().split("\\s+");
        double[] row = new double[4];
        for (int c = 0; c < 4; c++) {
          row[c] = Double.parseDouble(words[c + 1]);
        }
        rows.add(row);
      } else if (line.startsWith("//")) {
        motifs.add(sixDigits(new CountMatrix(rows.toArray(double[][]::new)), id));
        rows.clear();
      }
    }
    return motifs;
  }

  /** Tomtom read a MEME file, whose probabilities have six digits; ties of consensus show it. */
  private static Motif sixDigits(CountMatrix counts, String id) {
    double[][] p = counts.toProbabilities(0, Background.UNIFORM).toArray();
    for (double[] row : p) {
      for (int c = 0; c < 4; c++) {
        row[c] = Math.rint(row[c] * 1e6) / 1e6;
      }
    }
    return new Motif(
        id,
        "",
        new ProbabilityMatrix(p),
        OptionalDouble.of(counts.sites()),
        OptionalDouble.empty(),
        null,
        Map.of());
  }

  private static void needFolder() {
    boolean there = Files.isDirectory(FOLDER);
    if (!there) {
      System.out.println("skipped: no " + FOLDER);
    }
    assumeTrue(there, "no " + FOLDER);
  }
}
