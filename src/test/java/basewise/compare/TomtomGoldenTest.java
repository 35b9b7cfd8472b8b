package basewise.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    compare(rows, "tomtom.complete.out." + distance.word() + ".tsv", 1);
  }

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
    compare(rows, "tomtom_example.tsv", 0.9957);
  }

  private static void compare(List<String> ours, String golden, double nulls) throws IOException {
    List<String> theirs =
        Files.readAllLines(FOLDER.resolve(golden)).stream()
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .toList();
    int same = 0;
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      String[] a = ours.get(i).split("\t");
      String[] b = theirs.get(i).split("\t");
      assertThat(text(a)).as("row " + i).isEqualTo(text(b));
      for (int number = 3; number < 6; number++) {
        double expected = Double.parseDouble(b[number]) / (number == 5 ? nulls : 1);
        assertThat(Double.parseDouble(a[number]))
            .as(ours.get(i) + " against " + theirs.get(i))
            .isCloseTo(expected, within(0.002 * expected));
      }
      same += ours.get(i).equals(theirs.get(i)) ? 1 : 0;
    }
    assertThat(ours).hasSameSizeAs(theirs);
    System.out.println(golden + ": " + same + " of " + ours.size() + " rows are the same bytes");
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
        motifs.add(Motif.ofCounts(id, "", new CountMatrix(rows.toArray(double[][]::new))));
        rows.clear();
      }
    }
    return motifs;
  }

  private static void needFolder() {
    boolean there = Files.isDirectory(FOLDER);
    if (!there) {
      System.out.println("skipped: no " + FOLDER);
    }
    assumeTrue(there, "no " + FOLDER);
  }
}
