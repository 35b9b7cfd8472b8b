package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {
  @TempDir private Path folder;

  @Test
  void aPipeStaysAPipeAndGetsTheBytes() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(AtomicOutput.isDevice(pipe)).isTrue();
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), pipe);
    for (Path out : new Path[] {pipe, alias}) {
      Process reader = new ProcessBuilder("cat", pipe.toString()).start();
      AtomicOutput.write(out, "ACGT\n");
      assertThat(reader.getInputStream().readAllBytes())
          .isEqualTo("ACGT\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(AtomicOutput.isDevice(pipe)).isTrue();
    assertThat(names()).containsExactly("alias", "pipe");
  }

  @Test
  void ofALinkWhatItPointsAtIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    AtomicOutput.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    Path ahead = Files.createSymbolicLink(folder.resolve("ahead"), Path.of("later"));
    AtomicOutput.write(ahead, "made");
    assertThat(folder.resolve("later")).hasContent("made");
    assertThat(names()).containsExactly("ahead", "file", "later", "link");
    Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
    refused(round, round + ": cannot be written: its symbolic links go round (choose --out)");
  }

  @Test
  void whatIsThrownAwayLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    try (AtomicOutput out = AtomicOutput.to(file)) {
      out.stream().write(1);
    }
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void saysWhyItCannotBeWritten() throws IOException {
    refused(folder, folder + ": is a folder (name a file)");
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path below = file.resolve("x.tsv");
    refused(
        below, below + ": cannot be written: " + file + " is a file, not a folder (choose --out)");
    // Whoever runs the tests may be allowed everything, and have space.
    assertThat(AtomicOutput.reason(new AccessDeniedException("/a/.x.12.tmp")))
        .isEqualTo("permission denied");
    assertThat(AtomicOutput.reason(new NoSuchFileException("/a/.x.12.tmp")))
        .isEqualTo("no such folder");
    assertThat(
            AtomicOutput.reason(
                new FileSystemException("/a/.x.12.tmp", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(AtomicOutput.reason(new IOException("No space left on device")))
        .isEqualTo("no space left on device");
  }

  private static void refused(Path target, String line) {
    assertThatThrownBy(() -> AtomicOutput.write(target, "x"))
        .isInstanceOf(InputException.class)
        .hasMessage(line);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
