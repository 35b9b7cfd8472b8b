package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.scan.ScanMotif;
import basewise.sequence.Strand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of rows that follow from motif, strand and sum, as text. */
final class HitFields {
  /** Room that the fields of a row take at most, names apart. */
  static final int ROOM = 6 * ShortNumbers.ROOM;

  private static final Strand[] STRANDS = Strand.values();

  private final List<ScanMotif> motifs;
  private final @Nullable QValues qvalues;

  HitFields(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    this.motifs = motifs;
    this.qvalues = qvalues;
  }

  ScanMotif motif(int oriented) {
    return motifs.get(oriented >>> 1);
  }

  static Strand strand(int oriented) {
    return STRANDS[oriented & 1];
  }

  boolean hasQ() {
    return qvalues != null;
  }

  /** The score in bits as FIMO prints it. */
  void score(int oriented, int sum, Rows out) {
    ShortNumbers.score(motif(oriented).matrix(strand(oriented)).bits(sum), out);
  }

  double pvalue(int oriented, int sum) {
    return motif(oriented).distribution(strand(oriented)).pvalue(sum);
  }

  /** The p-value as FIMO prints it. */
  void p(int oriented, int sum, Rows out) {
    ShortNumbers.g(pvalue(oriented, sum), 3, out);
  }

  /** -10 log10 of the p-value. */
  double phred(int oriented, int sum) {
    return phred(pvalue(oriented, sum));
  }

  /** -10 log10 p, 0 for p = 1, the same on every machine. */
  static double phred(double p) {
    return p >= 1 ? 0 : -10 * StrictMath.log10(p);
  }

  /** The q-value as FIMO prints it. */
  void q(int oriented, int sum, Rows out) {
    if (qvalues != null && qvalues.later()) {
      out.put(QValues.LATER);
    } else if (qvalues != null) {
      ShortNumbers.g(qvalues.q(oriented, sum), 3, out);
    }
  }

  /** An id or a name as one cell of a table: no tabs, no line ends. */
  static byte[] cell(String text) {
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (clean.charAt(i) < ' ') {
        clean.setCharAt(i, ' ');
      }
    }
    return clean.toString().getBytes(StandardCharsets.UTF_8);
  }
}
