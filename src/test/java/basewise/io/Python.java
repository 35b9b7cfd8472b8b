package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Other people's readers as oracles: {@code python3}, or the program that the environment variable
 * {@code BASEWISE_PYTHON} names.
 */
public final class Python {
  private static final int SECONDS = 300;

  private Python() {}

  /** The program. */
  public static String program() {
    String named = System.getenv("BASEWISE_PYTHON");
    return named == null ? "python3" : named;
  }

  /** Skips the test, saying so, where there is no Python with these modules. */
  public static void require(String... modules) throws Exception {
    boolean there;
    try {
      there = call("import " + String.join(", ", modules), SECONDS).exit == 0;
    } catch (IOException e) {
      there = false;
    }
    if (!there) {
      String why = "no " + program() + " with " + String.join(", ", modules) + " here";
      System.out.println("SKIPPED: " + why);
      Assumptions.abort(why);
    }
  }

  /** Runs a script that must end without an error; returns what it printed. */
  public static String run(String script) throws Exception {
    return run(script, SECONDS);
  }

  /** The same of a script that may take longer. */
  public static String run(String script, int seconds) throws Exception {
    Result result = call(script, seconds);
    assertThat(result.exit).as(result.said).isZero();
    return result.said;
  }

  private record Result(int exit, String said) {}

  private static Result call(String script, int seconds) throws IOException, InterruptedException {
    Path said = Files.createTempFile("python", ".txt");
    try {
      Process process =
          new ProcessBuilder(program(), "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("Python ends").isTrue();
      } finally {
        process.destroyForcibly();
      }
      return new Result(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    } finally {
      Files.delete(said);
    }
  }
}
