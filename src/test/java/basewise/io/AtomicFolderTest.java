package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  private static final String MARK = "run.json";

  @TempDir private Path home;

  @Test
  void appearsWholeOnCommit() throws IOException {
    Path target = home.resolve("a/b/results");
    try (AtomicFolder folder = AtomicFolder.to(target, false, MARK)) {
      Files.writeString(folder.path().resolve("x"), "1");
      assertThat(target).doesNotExist();
      folder.commit();
    }
    assertThat(target.resolve("x")).hasContent("1");
    assertThat(names(target)).containsExactly("x");
    assertThat(names(home.resolve("a/b"))).containsExactly("results");
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws IOException {
    AtomicFolder folder = AtomicFolder.to(home.resolve("results"), false, MARK);
    Files.createDirectories(folder.path().resolve("deep"));
    Files.writeString(folder.path().resolve("deep/x"), "1");
    folder.close();
    folder.close();
    assertThat(names(home)).isEmpty();
    assertThatThrownBy(folder::commit).isInstanceOf(IllegalStateException.class);
    assertThat(names(home)).isEmpty();
  }

  @Test
  void takesOverWhatADeadProcessLeft() throws Exception {
    Path partial = Files.createDirectories(home.resolve(".results.partial"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(partial.resolve(".owner"), Long.toString(dead.pid()));
    Files.writeString(partial.resolve("half"), "1");
    try (AtomicFolder folder = AtomicFolder.to(home.resolve("results"), false, MARK)) {
      Files.writeString(folder.path().resolve("x"), "1");
      folder.commit();
    }
    assertThat(names(home.resolve("results"))).containsExactly("x");
  }

  @Test
  void leavesAnotherRunAlone() throws Exception {
    Process alive = new ProcessBuilder("sleep", "60").start();
    try {
      Path partial = Files.createDirectories(home.resolve(".results.partial"));
      Files.writeString(partial.resolve(".owner"), Long.toString(alive.pid()));
      assertThatThrownBy(() -> AtomicFolder.to(home.resolve("results"), true, MARK))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another run (process " + alive.pid() + ") is writing it");
      assertThat(partial.resolve(".owner")).exists();
    } finally {
      alive.destroyForcibly();
    }
  }

  @Test
  void replacesResultsOnlyIfForced() throws IOException {
    Path target = home.resolve("results");
    Files.createDirectories(target);
    Files.writeString(target.resolve(MARK), "{}");
    Files.writeString(target.resolve("old"), "1");
    assertThatThrownBy(() -> AtomicFolder.to(target, false, MARK))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already exists (choose another --out or add --force)");
    try (AtomicFolder folder = AtomicFolder.to(target, true, MARK)) {
      Files.writeString(folder.path().resolve("new"), "1");
      assertThat(target.resolve("old")).exists();
      folder.commit();
    }
    assertThat(names(target)).containsExactly("new");
    assertThat(names(home)).containsExactly("results");
  }

  @Test
  void resultsThatWereBeingReplacedAreNotLost() throws IOException {
    Path old = Files.createDirectories(home.resolve(".results.old"));
    Files.writeString(old.resolve(MARK), "{}");
    Path target = home.resolve("results");
    assertThatThrownBy(() -> AtomicFolder.to(target, false, MARK))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already exists");
    assertThat(target.resolve(MARK)).hasContent("{}");
    assertThat(names(home)).containsExactly("results");
  }

  @Test
  void neverReplacesAFolderOfOtherThings() throws IOException {
    Path target = Files.createDirectories(home.resolve("thesis"));
    Files.writeString(target.resolve("chapter1"), "years");
    assertThatThrownBy(() -> AtomicFolder.to(target, true, MARK))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds other things than results");
    Path file = Files.writeString(home.resolve("file"), "x");
    assertThatThrownBy(() -> AtomicFolder.to(file, true, MARK))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file");
    assertThat(target.resolve("chapter1")).exists();
    assertThat(names(home)).containsExactly("file", "thesis");
  }

  private static java.util.List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
