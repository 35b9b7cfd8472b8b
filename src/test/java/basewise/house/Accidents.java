package basewise.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happens to processes: signals. */
final class Accidents {
  private Accidents() {}

  /** Sends a signal such as INT or KILL. */
  static void signal(long process, String signal) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("kill -" + signal + " ended with " + exit);
    }
  }

  /** Whether this process, and so its children, ignore SIGINT, as background jobs of scripts do. */
  static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }
}
