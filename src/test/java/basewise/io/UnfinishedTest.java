package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is told to end leaves on the disk. */
class UnfinishedTest {
  /** A process that is in the middle of writing. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] args) throws Exception {
      Path target = Path.of(args[0]);
      AtomicOutput.write(target.resolveSibling("done"), "done");
      try (AtomicOutput out = AtomicOutput.to(target);
          AtomicFolder folder = AtomicFolder.to(target.resolveSibling("folder"), false, "mark");
          ScratchFile scratch = ScratchFile.beside(target)) {
        Files.createDirectory(folder.path().resolve("deep"));
        AtomicOutput.write(folder.path().resolve("deep/file"), "half");
        out.stream().write(new byte[1 << 20]);
        scratch.stream().write(new byte[1 << 20]);
        System.out.write('!');
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void anInterruptedProcessLeavesNothingHalfDone(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                folder.resolve("x").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('!');
      assertThat(folder.toFile().list()).hasSize(4);
      process.destroy();
      process.waitFor();
      assertThat(folder.toFile().list()).containsExactly("done");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aScratchFileIsGoneWhenClosed(@TempDir Path folder) throws IOException {
    try (ScratchFile scratch = ScratchFile.beside(folder.resolve("x"))) {
      scratch.stream().write('a');
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }
}
