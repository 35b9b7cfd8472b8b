package basewise.scan.output;

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
  private final SumText text;
  private final boolean hasQ;

  /** Rows for motifs, with q-values if there are any. */
  public Bed(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    width = motifs.stream().mapToInt(ScanMotif::width).toArray();
    HitFields fields = new HitFields(motifs, qvalues);
    hasQ = fields.hasQ();
    text =
        new SumText(
            motifs,
            (oriented, sum, out) -> {
              Motif motif = fields.motif(oriented).motif();
              byte[] id = HitFields.cell(motif.id());
              byte[] name = HitFields.cell(motif.name().isEmpty() ? "." : motif.name());
              out.room(HitFields.ROOM + id.length + name.length).put('\t').put(id).put('\t');
              ShortNumbers.fixed(fields.phred(oriented, sum), 2, out);
              out.put('\t').put(HitFields.strand(oriented).symbol()).put('\t').put(name).put('\t');
              fields.score(oriented, sum, out);
              out.put('\t');
              fields.p(oriented, sum, out);
              if (hasQ) {
                out.put('\t');
                fields.q(oriented, sum, out);
              }
              out.put('\n');
            });
  }

  @Override
  public byte[] header() {
    String columns =
        "#chrom\tstart\tend\tmotif_id\tneg10log10p\tstrand\tmotif_alt_id\tbits\tpvalue";
    return (columns + (hasQ ? "\tqvalue\n" : "\n")).getBytes(StandardCharsets.US_ASCII);
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
    byte[] fields = text.of(oriented, sum);
    out.room(lead.length + fields.length + 2 * Rows.NUMBER + 1);
    out.put(lead).put(start).put('\t').put(start + width[oriented >>> 1]).put(fields);
  }
}
