package basewise.scan.output;

import basewise.io.BgzfFile;
import basewise.io.BgzfPart;
import basewise.io.RowListener;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rows of hits as a {@link BgzfFile}, with an index where the format tells of places as tabix knows
 * them. Blocks are formatted and compressed by the threads that scan.
 */
public final class BgzfOutput implements RowSink<BgzfPart> {
  private final HitRows rows;
  private final BgzfFile file;

  private BgzfOutput(HitRows rows, BgzfFile file) {
    this.rows = rows;
    this.file = file;
  }

  /**
   * Compressed rows in a file that appears when they are committed.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  public static BgzfOutput to(Path path, RowFormat format, Places places) {
    BgzfOutput out =
        new BgzfOutput(new HitRows(format, places), BgzfFile.to(path, format.columns()));
    byte[] head = format.header();
    BgzfPart header = out.begin();
    header.text().room(head.length).put(head);
    out.end(header);
    out.write(header);
    return out;
  }

  /** Rows without a header, each behind the key it is joined by; see {@link HitRows}. */
  static BgzfOutput keyed(Path path, RowFormat format, Places places) {
    return new BgzfOutput(new HitRows(format, places, true), BgzfFile.to(path, null));
  }

  @Override
  public BgzfPart prepare(HitBlock hits) {
    BgzfPart part = begin();
    rows.append(hits, part.text(), listener(part));
    end(part);
    return part;
  }

  @Override
  public HitRows rows() {
    return rows;
  }

  @Override
  public BgzfPart begin() {
    return file.begin();
  }

  @Override
  public Rows text(BgzfPart prepared) {
    return prepared.text();
  }

  @Override
  public @Nullable RowListener listener(BgzfPart prepared) {
    return file.indexed() ? prepared : null;
  }

  @Override
  public void end(BgzfPart prepared) {
    prepared.compress();
  }

  @Override
  public void write(BgzfPart part) {
    file.write(part);
  }

  @Override
  public void commit() {
    file.seal();
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }
}
