package basewise.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Text as a BGZF file and, for rows about places, the index of {@code tabix} beside it: {@code
 * .tbi}, or {@code .csi} where a contig is longer than 2^29 bases. Parts are filled and compressed
 * by any thread and written in order by one at a time. File and index appear together; should the
 * process be killed between the two, there is no index rather than a wrong one.
 */
public final class BgzfFile implements AutoCloseable {
  private final Path path;
  private final AtomicOutput file;
  private final @Nullable TabixIndex index;
  private final ConcurrentLinkedQueue<BgzfPart> free = new ConcurrentLinkedQueue<>();
  private long base;

  private BgzfFile(Path path, TabixIndex.@Nullable Columns columns) {
    this.path = path;
    index = columns == null || AtomicOutput.isDevice(path) ? null : new TabixIndex(columns);
    file = AtomicOutput.to(path);
  }

  /**
   * A file that appears when it is committed.
   *
   * @param columns where rows tell of their places; null for no index. A device gets none
   * @throws InputException if it cannot be written
   */
  public static BgzfFile to(Path path, TabixIndex.@Nullable Columns columns) {
    return new BgzfFile(path, columns);
  }

  /** Whether it has to hear of each row. */
  public boolean indexed() {
    return index != null;
  }

  /** A part without text; from any thread. */
  public BgzfPart begin() {
    BgzfPart part = free.poll();
    if (part == null) {
      part = new BgzfPart();
    }
    part.clear();
    return part;
  }

  /** Writes a part that was compressed, which may be begun anew. */
  public void write(BgzfPart part) {
    Bgzf members = part.members();
    emit(members.bytes(), members.size());
    if (index != null) {
      for (int i = 0; i < part.stretches(); i++) {
        add(index, part, i);
      }
    }
    base += members.size();
    free.add(part);
  }

  private void add(TabixIndex to, BgzfPart part, int i) {
    String contig = new String(part.contig(i), StandardCharsets.UTF_8);
    boolean sorted =
        to.add(
            contig,
            part.start(i),
            part.lastStart(i),
            part.stop(i),
            part.from(i, base),
            part.to(i, base));
    if (!sorted) {
      throw new InputException(
          path.toString(),
          "cannot be indexed: the sequences are not sorted by place ("
              + contig
              + ":"
              + (part.start(i) + 1)
              + ")",
          "sort the input, or leave .gz out");
    }
  }

  private void emit(byte[] bytes, int n) {
    try {
      file.stream().write(bytes, 0, n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the end and closes; what is left is to give it its name. */
  public void seal() {
    byte[] end = Bgzf.endOfFile();
    emit(end, end.length);
    file.seal();
  }

  /** Gives file and index their names, after {@link #seal}. */
  public void commit() {
    if (index == null) {
      dropIndices();
      file.commit();
      return;
    }
    byte[] bytes = index.toBytes();
    try (AtomicOutput beside = AtomicOutput.to(beside(index.suffix()))) {
      beside.stream().write(bytes);
      beside.seal();
      dropIndices();
      file.commit();
      beside.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An index of what had this name before would send readers astray. */
  private void dropIndices() {
    if (AtomicOutput.isDevice(path)) {
      return;
    }
    for (String suffix : List.of(".tbi", ".csi")) {
      Path old = beside(suffix);
      try {
        Files.deleteIfExists(old);
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(old, e);
      }
    }
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  @Override
  public void close() {
    file.close();
    for (BgzfPart part = free.poll(); part != null; part = free.poll()) {
      part.members().close();
    }
  }
}
