package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every data file that ships is in its folder's catalogue, with its sum, licence and source. */
class ShippedDataTest {
  @ParameterizedTest
  @ValueSource(strings = {"motifs", "genomes"})
  void catalogueAndFilesAgree(String folder) throws Exception {
    Path root = Path.of(folder);
    List<String> lines = Files.readAllLines(root.resolve("catalog.tsv"));
    List<String> names = Arrays.asList(lines.get(0).split("\t"));
    assertThat(names).contains("file", "what", "licence", "source", "version", "sha256");
    Set<String> listed = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      assertThat(cells).as(line).hasSameSizeAs(names);
      for (String column : List.of("file", "what", "licence", "source", "version")) {
        assertThat(cells[names.indexOf(column)]).as(column + " of " + line).isNotBlank();
      }
      String file = cells[names.indexOf("file")];
      assertThat(listed.add(file)).as(file + " is listed once").isTrue();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(root.resolve(file)));
      assertThat(HexFormat.of().formatHex(digest))
          .as("sha256 of " + file)
          .isEqualTo(cells[names.indexOf("sha256")]);
    }
    assertThat(shipped(root)).isEqualTo(listed);
  }

  /** Data files of a folder; indices that the program writes beside a genome are not data. */
  private static Set<String> shipped(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> root.relativize(f).toString().replace('\\', '/'))
          .filter(f -> !f.equals("README.md") && !f.equals("catalog.tsv"))
          .filter(f -> !f.matches(".*\\.(fai|gzi)"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
