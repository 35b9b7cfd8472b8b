package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
