package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.TabixIndex;
import basewise.motif.Motif;
import basewise.scan.ScanMotif;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BED of six columns and more: contig, start (from 0), end (exclusive), motif id, -10 log10 of the
 * p-value with two decimals, strand; then the motif's other name ("." if it has none), the score in
 * bits and the p-value as FIMO prints them, and the q-value if there are any. A line that begins
 * with # names the columns.
 */
public final class Bed implements RowFormat {
  private final int[] width;
  private final PackedFields packed;
  private final byte[][] ids;
  private final byte[][] names;
  private final boolean hasQ;

  /** Rows for motifs, with q-values if there are any. */
  public Bed(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    width = motifs.stream().mapToInt(ScanMotif::width).toArray();
    packed = new PackedFields(motifs, qvalues);
    hasQ = qvalues != null;
    ids = new byte[width.length][];
    names = new byte[width.length][];
    for (int m = 0; m < width.length; m++) {
      Motif motif = motifs.get(m).motif();
      ids[m] = between(HitFields.cell(motif.id()));
      names[m] = between(HitFields.cell(motif.name().isEmpty() ? "." : motif.name()));
    }
  }

  private static byte[] between(byte[] cell) {
    return new Rows().room(cell.length + 2).put('\t').put(cell).put('\t').toBytes();
  }

  @Override
  public byte[] header() {
    String columns =
        "#chrom\tstart\tend\tmotif_id\tneg10log10p\tstrand\tmotif_alt_id\tbits\tpvalue";
    return (columns + (hasQ ? "\tqvalue\n" : "\n")).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public TabixIndex.Columns columns() {
    return TabixIndex.Columns.BED;
  }

  @Override
  public int width(int oriented) {
    return width[oriented >>> 1];
  }

  @Override
  public void ahead(int oriented, int sum, long[] into, int at) {
    into[2 * at] = packed.of(oriented, sum);
    into[2 * at + 1] = packed.q(oriented, sum);
  }

  @Override
  public void row(
      Rows out,
      byte[] lead,
      long start,
      int oriented,
      int sum,
      byte[] codes,
      int at,
      long first,
      long second) {
    int motif = oriented >>> 1;
    byte[] id = ids[motif];
    byte[] name = names[motif];
    out.room(lead.length + id.length + name.length + 2 * Rows.NUMBER + HitFields.ROOM);
    out.put(lead).put(start).put('\t').put(start + width[motif]).put(id);
    packed.phred(first, oriented, sum, out);
    out.put('\t').put((oriented & 1) == 0 ? '+' : '-').put(name);
    packed.score(first, oriented, sum, out);
    out.put('\t');
    packed.p(first, oriented, sum, out);
    if (hasQ) {
      out.put('\t');
      packed.q(second, oriented, sum, out);
    }
    out.put('\n');
  }
}
