package basewise.scan.output;

import basewise.io.Rows;
import basewise.scan.ScanMotif;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of FIMO's {@code fimo.tsv}, places from 1, ends inclusive, the matched sequence as
 * its strand reads it. Scores and p-values are FIMO's to the letter; rows are in the order of the
 * sequences, where FIMO sorts by p-value, and there are no comments at the end. Without q-values
 * their column is empty, as with {@code fimo --text}.
 */
public final class FimoTsv implements RowFormat {
  private static final String HEADER =
      "motif_id\tmotif_alt_id\tsequence_name\tstart\tstop\tstrand\tscore\tp-value\tq-value\t"
          + "matched_sequence\n";

  private final byte[][] names;
  private final int[] width;
  private final PackedFields packed;
  private final boolean hasQ;

  /** Rows for motifs, with q-values if there are any. */
  public FimoTsv(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    names = new byte[motifs.size()][];
    width = new int[motifs.size()];
    for (int m = 0; m < names.length; m++) {
      ScanMotif motif = motifs.get(m);
      width[m] = motif.width();
      byte[] id = HitFields.cell(motif.motif().id());
      byte[] name = HitFields.cell(motif.motif().name());
      names[m] =
          new Rows()
              .room(id.length + name.length + 2)
              .put(id)
              .put('\t')
              .put(name)
              .put('\t')
              .toBytes();
    }
    packed = new PackedFields(motifs, qvalues);
    hasQ = qvalues != null;
  }

  @Override
  public byte[] header() {
    return HEADER.getBytes(StandardCharsets.US_ASCII);
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
    int w = width[motif];
    byte[] name = names[motif];
    out.room(name.length + lead.length + w + 2 * Rows.NUMBER + HitFields.ROOM);
    out.put(name).put(lead).put(start + 1).put('\t').put(start + w);
    out.put('\t').put((oriented & 1) == 0 ? '+' : '-').put('\t');
    packed.score(first, oriented, sum, out);
    out.put('\t');
    packed.p(first, oriented, sum, out);
    out.put('\t');
    if (hasQ) {
      packed.q(second, oriented, sum, out);
    }
    out.put('\t');
    Sites.put(out, codes, at, w, (oriented & 1) != 0);
    out.put('\n');
  }
}
