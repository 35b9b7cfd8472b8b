package basewise.scan.output;

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
  private final SumText text;

  /** Rows for motifs, with q-values if there are any. */
  public FimoTsv(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    names = new byte[motifs.size()][];
    width = new int[motifs.size()];
    for (int m = 0; m < names.length; m++) {
      ScanMotif motif = motifs.get(m);
      width[m] = motif.width();
      names[m] =
          new Rows()
              .room(2)
              .text(new String(HitFields.cell(motif.motif().id()), StandardCharsets.UTF_8) + "\t")
              .text(new String(HitFields.cell(motif.motif().name()), StandardCharsets.UTF_8) + "\t")
              .toBytes();
    }
    HitFields fields = new HitFields(motifs, qvalues);
    text =
        new SumText(
            motifs,
            (oriented, sum, out) -> {
              out.room(HitFields.ROOM).put('\t').put(HitFields.strand(oriented).symbol()).put('\t');
              fields.score(oriented, sum, out);
              out.put('\t');
              fields.p(oriented, sum, out);
              out.put('\t');
              fields.q(oriented, sum, out);
              out.put('\t');
            });
  }

  @Override
  public byte[] header() {
    return HEADER.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] lead(byte[] contig) {
    return new Rows().room(contig.length + 1).put(contig).put('\t').toBytes();
  }

  @Override
  public int width(int oriented) {
    return width[oriented >>> 1];
  }

  @Override
  public void row(Rows out, byte[] lead, long start, int oriented, int sum, byte[] codes, int at) {
    int motif = oriented >>> 1;
    int w = width[motif];
    byte[] name = names[motif];
    byte[] fields = text.of(oriented, sum);
    out.room(name.length + lead.length + fields.length + w + 2 * Rows.NUMBER + 2);
    out.put(name).put(lead).put(start + 1).put('\t').put(start + w).put(fields);
    Sites.put(out, codes, at, w, (oriented & 1) != 0);
    out.put('\n');
  }
}
