package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files of the repository have in common. */
class TreeTest {
  private static final long BIGGEST = 5 << 20;
  private static final int LONGEST = 400;

  /** Folders of a person's home, of the system's administrator and of build machines. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(^|[^A-Za-z.])/(work|root|home)/[a-z]");

  @Test
  void noFileIsBiggerThanFiveMegabytes() throws IOException {
    List<String> big = files().filter(f -> size(f) > BIGGEST).map(Path::toString).toList();
    assertThat(big).isEmpty();
  }

  @Test
  void noJavaFileIsLongerThanFourHundredLines() throws IOException {
    List<String> wrong =
        files()
            .filter(f -> f.toString().endsWith(".java") && read(f).lines().count() > LONGEST)
            .map(Path::toString)
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void noTextNamesAPlaceOfOneMachine() throws IOException {
    List<String> wrong =
        files()
            .filter(f -> f.toString().matches(".*(\\.(java|md|xml|sh|py|tsv|cff)|basewise|run)"))
            .filter(f -> read(f).lines().anyMatch(l -> MACHINE_PATH.matcher(l).find()))
            .map(Path::toString)
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void theLicenceIsApaches() {
    assertThat(read(Path.of("LICENSE")))
        .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
    assertThat(read(Path.of("CITATION.cff"))).contains("license: Apache-2.0");
    assertThat(read(Path.of("pom.xml"))).contains("<name>Apache-2.0</name>");
  }

  /**
   * The files of the repository: its roots are named, so that what lies beside them is not read.
   */
  private static Stream<Path> files() throws IOException {
    Stream<Path> all =
        Stream.of("README.md", "LICENSE", "CITATION.cff", "pom.xml", "basewise").map(Path::of);
    for (String folder : List.of("src", "motifs", "genomes", "workflows", ".ci")) {
      try (Stream<Path> inside = Files.walk(Path.of(folder))) {
        all = Stream.concat(all, inside.filter(Files::isRegularFile).toList().stream());
      }
    }
    return all;
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
