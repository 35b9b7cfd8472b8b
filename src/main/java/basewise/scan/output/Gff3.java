package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.io.TabixIndex;
import basewise.motif.Motif;
import basewise.scan.ScanMotif;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * GFF3 as FIMO writes it, with source {@code basewise}: type {@code nucleotide_motif}, places from
 * 1, score -10 log10 of the p-value and at most 1000, attributes Name, Alias, ID, pvalue, qvalue
 * and sequence. The ID names motif, contig, place and strand, where FIMO counts: it is unique
 * whatever the order. Letters that GFF3 reserves are escaped.
 */
public final class Gff3 implements RowFormat {
  private static final double MOST = 1000;

  private final int[] width;
  private final byte[][] ids;
  private final byte[][] aliases;
  private final SumText columns;
  private final SumText attributes;

  /** Rows for motifs, with q-values if there are any. */
  public Gff3(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    width = motifs.stream().mapToInt(ScanMotif::width).toArray();
    ids = new byte[width.length][];
    aliases = new byte[width.length][];
    for (int m = 0; m < width.length; m++) {
      Motif motif = motifs.get(m).motif();
      String id = escaped(motif.id(), ";=&,");
      String name = escaped(motif.name(), ";=&,");
      ids[m] = id.getBytes(StandardCharsets.UTF_8);
      String alias = name.isEmpty() ? "" : "Alias=" + name + ";";
      aliases[m] =
          (alias + "ID=" + id + (name.isEmpty() ? "" : "-" + name) + "-")
              .getBytes(StandardCharsets.UTF_8);
    }
    HitFields fields = new HitFields(motifs, qvalues);
    columns =
        new SumText(
            motifs,
            (oriented, sum, out) -> {
              out.room(HitFields.ROOM).put('\t');
              ShortNumbers.g(Math.min(MOST, fields.phred(oriented, sum)), 3, out);
              out.put('\t').put(HitFields.strand(oriented).symbol()).put('\t').put('.').put('\t');
            });
    attributes =
        new SumText(
            motifs,
            (oriented, sum, out) -> {
              out.text(";pvalue=").room(HitFields.ROOM);
              fields.p(oriented, sum, out);
              if (fields.hasQ()) {
                out.text(";qvalue=").room(HitFields.ROOM);
                fields.q(oriented, sum, out);
              }
              out.text(";sequence=");
            });
  }

  @Override
  public byte[] header() {
    return "##gff-version 3\n".getBytes(StandardCharsets.US_ASCII);
  }

  /** The escaped name; a row needs it three times. */
  @Override
  public byte[] lead(byte[] contig) {
    String name = new String(contig, StandardCharsets.UTF_8);
    String escaped = escaped(name, ";=&,> ");
    return escaped.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public TabixIndex.Columns columns() {
    return TabixIndex.Columns.GFF;
  }

  @Override
  public int width(int oriented) {
    return width[oriented >>> 1];
  }

  private static final byte[] SOURCE =
      "\tbasewise\tnucleotide_motif\t".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME = "Name=".getBytes(StandardCharsets.US_ASCII);

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
    char strand = HitFields.strand(oriented).symbol();
    byte[] cells = columns.of(oriented, sum);
    byte[] values = attributes.of(oriented, sum);
    out.room(
        3 * lead.length
            + SOURCE.length
            + cells.length
            + NAME.length
            + ids[motif].length
            + aliases[motif].length
            + values.length
            + w
            + 3 * Rows.NUMBER
            + 16);
    out.put(lead).put(SOURCE).put(start + 1).put('\t').put(start + w).put(cells);
    out.put(NAME).put(ids[motif]).put('_').put(lead).put(strand).put(';').put(aliases[motif]);
    out.put(lead).put('-').put(start + 1).put(strand).put(values);
    Sites.put(out, codes, at, w, (oriented & 1) != 0);
    out.put('\n');
  }

  /** Percent signs, control letters and some others as GFF3 wants them. */
  private static String escaped(String text, String others) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '%' || c == 127 || others.indexOf(c) >= 0) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
