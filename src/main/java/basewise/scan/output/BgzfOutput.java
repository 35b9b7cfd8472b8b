package basewise.scan.output;

import basewise.io.AtomicOutput;
import basewise.io.Bgzf;
import basewise.io.InputException;
import basewise.io.Rows;
import basewise.io.TabixIndex;
import basewise.scan.HitBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows of hits as a BGZF file, and for {@link Bed} the index of {@code tabix} beside it: {@code
 * .tbi}, or {@code .csi} where a contig is longer than 2^29 bases. Blocks are formatted and
 * compressed by the threads that scan. File and index appear together; should the process be killed
 * between the two, there is no index rather than a wrong one.
 */
public final class BgzfOutput implements RowSink<BgzfPart> {
  private final Path path;
  private final HitRows rows;
  private final AtomicOutput file;
  private final @Nullable TabixIndex index;
  private final ConcurrentLinkedQueue<BgzfPart> free = new ConcurrentLinkedQueue<>();
  private long base;

  private BgzfOutput(Path path, HitRows rows, byte[] head, boolean indexed) {
    this.path = path;
    this.rows = rows;
    index = indexed && !AtomicOutput.isDevice(path) ? new TabixIndex() : null;
    file = AtomicOutput.to(path);
    BgzfPart header = new BgzfPart();
    header.text.room(head.length).put(head);
    compress(header);
    write(header);
  }

  /**
   * Compressed rows in a file that appears when they are committed; BED gets an index.
   *
   * @throws InputException if it cannot be written
   */
  public static BgzfOutput to(Path path, RowFormat format, Places places) {
    return new BgzfOutput(
        path, new HitRows(format, places), format.header(), format instanceof Bed);
  }

  /** Rows without a header, each behind the key it is joined by; see {@link HitRows}. */
  static BgzfOutput keyed(Path path, RowFormat format, Places places) {
    return new BgzfOutput(path, new HitRows(format, places, true), new byte[0], false);
  }

  /**
   * Rows that are text already.
   *
   * @param like any format: how many bases it thinks a hit covers does not matter
   * @param indexed whether they are BED
   */
  static BgzfOutput ofText(Path path, RowFormat like, byte[] header, boolean indexed) {
    return new BgzfOutput(path, new HitRows(like, Places.AS_NAMED), header, indexed);
  }

  @Override
  public BgzfPart prepare(HitBlock hits) {
    BgzfPart part = begin();
    rows.append(hits, part.text, listener(part));
    compress(part);
    return part;
  }

  @Override
  public HitRows rows() {
    return rows;
  }

  @Override
  public BgzfPart begin() {
    BgzfPart part = free.poll();
    if (part == null) {
      part = new BgzfPart();
    }
    part.clear();
    return part;
  }

  @Override
  public Rows text(BgzfPart prepared) {
    return prepared.text;
  }

  @Override
  public HitRows.@Nullable Listener listener(BgzfPart prepared) {
    return index == null ? null : prepared;
  }

  @Override
  public void end(BgzfPart prepared) {
    compress(prepared);
  }

  private static void compress(BgzfPart part) {
    part.members.compress(part.text.bytes(), part.text.size());
  }

  @Override
  public void write(BgzfPart part) {
    emit(part.members.bytes(), part.members.size());
    if (index != null) {
      for (int i = 0; i < part.stretches; i++) {
        add(index, part, i);
      }
    }
    base += part.members.size();
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
          "sort the input, or write .bed");
    }
  }

  private void emit(byte[] bytes, int n) {
    try {
      file.stream().write(bytes, 0, n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit() {
    byte[] end = Bgzf.endOfFile();
    emit(end, end.length);
    file.seal();
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
      part.members.close();
    }
  }
}
