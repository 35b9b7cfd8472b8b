package basewise.scan.output;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Rows of hits that survive an interruption: they grow in {@code OUT.checkpoint/rows}, and every so
 * often {@code done} says how many blocks of the input they hold and how long they are then. A new
 * run over the same input cuts the rows there and goes on with the next block, to the same bytes as
 * a run without interruption. Committing gives the rows their final name.
 */
public final class ResumableRows implements HitOutput<ResumableRows.Part> {
  private static final String ROWS = "rows";
  private static final String DONE = "done";
  private static final String RUN = "run";
  private static final long INTERVAL = 1_000_000_000;

  /** The rows of a block. */
  public static final class Part {
    private final Rows rows;
    private final long block;

    Part(Rows rows, long block) {
      this.rows = rows;
      this.block = block;
    }
  }

  private final Path out;
  private final Path folder;
  private final FileChannel file;
  private final FileChannel journal;
  private final RowOutput rows;
  private final long firstBlock;
  private long noted = System.nanoTime();

  private ResumableRows(Path out, String run, RowFormat format, Places places) throws IOException {
    this.out = out;
    folder = folder(out);
    Path runFile = folder.resolve(RUN);
    boolean again = Files.exists(runFile);
    if (again && !Files.readString(runFile).equals(run)) {
      throw new InputException(
          folder.toString(),
          "is left of another scan: input, motifs or options differ",
          "delete it to begin anew");
    }
    if (!again) {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(DONE));
      Files.deleteIfExists(folder.resolve(ROWS));
      AtomicOutput.write(runFile, run);
    }
    long[] done = done(folder.resolve(DONE));
    firstBlock = done[0];
    file =
        FileChannel.open(folder.resolve(ROWS), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    journal =
        FileChannel.open(
            folder.resolve(DONE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    file.truncate(done[1]);
    file.position(done[1]);
    OutputStream stream = new ChannelStream(file, folder.resolve(ROWS));
    rows =
        firstBlock > 0
            ? RowOutput.further(stream, format, places)
            : RowOutput.to(stream, format, places);
  }

  /** Where an interrupted scan to {@code out} leaves what it has. */
  public static Path folder(Path out) {
    return out.resolveSibling(out.getFileName() + ".checkpoint");
  }

  /**
   * Begins, or goes on from what an interrupted run has left.
   *
   * @param run says all that the rows depend on; another run's rows are refused
   * @throws InputException if they cannot be written, or are of another run
   */
  public static ResumableRows to(Path out, String run, RowFormat format, Places places) {
    try {
      return new ResumableRows(out, run, format, places);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder(out), e);
    }
  }

  /** How many blocks the rows hold already, and how long they are with them. */
  private static long[] done(Path journal) throws IOException {
    long[] last = {0, 0};
    if (Files.exists(journal)) {
      String text = Files.readString(journal);
      // A line without its end was being written when the run died.
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      if (!lines.isEmpty()) {
        String[] f = lines.getLast().split("\t");
        last = new long[] {Long.parseLong(f[0]), Long.parseLong(f[1])};
      }
    }
    return last;
  }

  @Override
  public boolean numbered() {
    return true;
  }

  @Override
  public long firstBlock() {
    return firstBlock;
  }

  @Override
  public Part prepare(HitBlock hits) {
    return new Part(rows.prepare(hits), hits.block().number());
  }

  @Override
  public void write(Part part) {
    rows.write(part.rows);
    if (System.nanoTime() - noted > INTERVAL) {
      note(part.block + 1);
      noted = System.nanoTime();
    }
  }

  private void note(long blocks) {
    try {
      file.force(false);
      String line = blocks + "\t" + file.position() + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        journal.write(bytes);
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }

  @Override
  public void commit() {
    rows.commit();
    try {
      file.force(false);
      close();
      Files.move(folder.resolve(ROWS), out, StandardCopyOption.REPLACE_EXISTING);
      for (String name : List.of(RUN, DONE)) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(out, e);
    }
  }

  /** What was written stays, for the next run. */
  @Override
  public void close() {
    try {
      file.close();
      journal.close();
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(folder, e);
    }
  }

  /** A channel as a stream; what goes wrong is told as a mistake of the place written to. */
  private static final class ChannelStream extends OutputStream {
    private final FileChannel channel;
    private final Path path;

    ChannelStream(FileChannel channel, Path path) {
      this.channel = channel;
      this.path = path;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      ByteBuffer bytes = ByteBuffer.wrap(b, off, len);
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(path, e);
      }
    }
  }
}
