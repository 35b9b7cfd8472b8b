package basewise.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Python that runs {@code src/test/python/attribution_peer.py} and answers line by line. */
final class PeerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final Path folder;

  PeerProcess(String python, Path folder) throws IOException {
    this.folder = folder;
    process =
        new ProcessBuilder(python, "src/test/python/attribution_peer.py", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    in = process.inputReader();
    out = process.outputWriter();
    read();
  }

  /** Scores of the first sequence, [length][4]. */
  float[] answer(String method) throws IOException {
    Path file = folder.resolve("answer");
    ask("answer " + method + " " + file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] scores = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(scores);
    return scores;
  }

  /** Seconds of a command. */
  double seconds(String command) throws IOException {
    return Double.parseDouble(ask(command));
  }

  private String ask(String command) throws IOException {
    out.write(command + "\n");
    out.flush();
    return read();
  }

  private String read() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the peer ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException(e);
    }
  }
}
