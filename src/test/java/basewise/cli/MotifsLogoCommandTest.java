package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MotifsLogoCommandTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void twoMotifs() throws Exception {
    file = folder.resolve("two.meme");
    Files.writeString(
        file,
        """
        MEME version 4

        ALPHABET= ACGT

        MOTIF a/b One
        letter-probability matrix: alength= 4 w= 1 nsites= 20 E= 0
        1 0 0 0
        MOTIF second Two
        letter-probability matrix: alength= 4 w= 2 nsites= 20 E= 0
        0 1 0 0
        0 0 1 0
        """);
  }

  @Test
  void aFolderGetsAPictureOfEach() throws Exception {
    Path out = folder.resolve("logos");
    run(file.toString(), "--out", out.toString());
    assertThat(out.resolve("a_b.svg")).content().contains("Sequence logo of One (a/b)");
    assertThat(out.resolve("second.svg")).content().contains("consensus CG");
  }

  @Test
  void aFileGetsTheOneThatWasChosen() throws Exception {
    Path out = folder.resolve("one.png");
    run(file.toString(), "--motif", "Two", "--out", out.toString());
    assertThat(Files.readAllBytes(out)).startsWith(0x89, 'P', 'N', 'G');
    Path other = folder.resolve("rc.svg");
    run(file.toString(), "--motif", "a/b", "--reverse-complement", "--out", other.toString());
    assertThat(other).content().contains("consensus T");
  }

  @Test
  void itIsATaskOfMotifs() {
    Path out = folder.resolve("two.svg");
    assertThat(Main.run("motifs", "logo", file.toString(), "--motif", "Two", "--out", "" + out))
        .isZero();
    assertThat(out).exists();
    assertThat(Main.run("motifs", "logo", file.toString(), "--motif", "Two", "--out", "" + out))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void mistakesSayWhatToDo() {
    assertThatThrownBy(() -> run(file.toString(), "--out", folder.resolve("x.svg").toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds 2 motifs")
        .hasMessageContaining("--motif");
    assertThatThrownBy(() -> run(file.toString(), "--motif", "third"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--motif: 'third' is no motif of ");
    assertThatThrownBy(() -> run(file.toString(), "--out", folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void namesThatPromiseAnotherPictureAreRefused() {
    for (String name : List.of("a.jpg", "a.JPEG", "a.gif", "a.pdf", "a.bmp", "a.webp")) {
      Path out = folder.resolve(name);
      assertThatThrownBy(() -> run(file.toString(), "--motif", "Two", "--out", out.toString()))
          .isInstanceOf(InputException.class)
          .hasMessage("--out: " + out + ": logos are SVG or PNG (end the name in .svg or .png)");
      assertThat(out).doesNotExist();
    }
    String svg = folder.resolve("a.svg").toString();
    assertThatThrownBy(
            () -> run(file.toString(), "--motif", "Two", "--format", "png", "--out", svg))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("what --format asks for, PNG");
    run(file.toString(), "--motif", "Two", "--format", "svg", "--out", svg);
    assertThat(Path.of(svg)).content().contains("consensus CG");
  }

  private static void run(String... arguments) {
    CommandLine line = new CommandLine(new MotifsLogoCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(arguments);
    // Called directly, so that its exceptions are seen as they are.
    assertThat(line.<MotifsLogoCommand>getCommand().call()).isZero();
  }
}
