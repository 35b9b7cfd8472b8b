package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.MotifLibrary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpVerbCommandTest {
  @Test
  void aTaskHasItsOwnHelp() {
    for (List<String> task :
        List.of(
            List.of("motifs", "convert"),
            List.of("motifs", "logo"),
            List.of("dataset", "make"),
            List.of("genome", "extract"),
            List.of("predict"))) {
      String[] words = task.toArray(String[]::new);
      Said said =
          switch (words.length) {
            case 1 -> Said.by("help", words[0]);
            default -> Said.by("help", words[0], words[1]);
          };
      assertThat(said.code()).isZero();
      assertThat(said.out()).startsWith("Usage: basewise " + String.join(" ", task) + " ");
    }
    assertThat(Said.by("help").out()).isEqualTo(Said.by("--help").out());
  }

  @Test
  void whatIsNotThereHasNone() {
    Said said = Said.by("help", "motifs", "dance");
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .isEqualTo("basewise: help: motifs has no 'dance'\nTry: basewise motifs --help\n");
    assertThat(Said.by("help", "predict", "x").err()).contains("predict has no tasks");
  }

  /** The table beside the collection is the one place that knows them. */
  @Test
  void helpNamesEveryTaxonThatShips() {
    List<String> taxa = MotifLibrary.installed().taxa();
    assertThat(taxa).contains("diatoms", "fungi", "insects", "plants", "vertebrates");
    for (List<String> verb :
        List.of(
            List.of("discover"),
            List.of("filters"),
            List.of("compare"),
            List.of("motifs", "info"),
            List.of("motifs", "convert"))) {
      List<String> words = new ArrayList<>(verb);
      words.add("--help");
      String help = Said.by(words.toArray(String[]::new)).out();
      assertThat(help.replaceAll("\\s+", " ")).contains("jaspar has " + String.join(", ", taxa));
    }
  }
}
