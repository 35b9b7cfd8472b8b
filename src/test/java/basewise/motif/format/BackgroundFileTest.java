package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Markov background files. */
class BackgroundFileTest {
  @TempDir Path folder;

  private String file(String text) throws Exception {
    return Files.writeString(folder.resolve("bg"), text).toString();
  }

  @Test
  void singleBasesCountAndLongerWordsArePassedOver() throws Exception {
    assertThat(
            BackgroundFile.read(file("# order 1\nt 0.4\na 0.3\nC 0.2\nG\t1e-1\naa 0.5\nAC 0.1\n"))
                .toArray())
        .containsExactly(.3, .2, .1, .4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A 0.5/C 0.5|does not give",
        "A 0.5/C 0.5/G 0.5/T 0.5|sum to 2.0",
        "A 0.25/A 0.25|second frequency",
        "A 0.25/C x|no frequency",
        "A 0/C 0.5|between 0 and 1",
        "A 0.25 0.25|expected a word",
      })
  void whatIsWrongIsSaid(String lines, String what) throws Exception {
    String name = file(lines.replace('/', '\n') + "\n");
    assertThatThrownBy(() -> BackgroundFile.read(name))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(what);
  }
}
