package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.scan.ScanMotif;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of rows as decimal digits, packed into one long per motif, strand and sum: score (6
 * digits, sign, power of ten), p-value (3 digits, power of ten) and -10 log10 p in hundredths. Made
 * when first needed. Text is written from the digits; a table of texts would be ten times larger
 * and each row would wait for memory. Thread-safe.
 */
final class PackedFields {
  private static final int SCORE_DIGITS = 6;
  private static final int P_DIGITS = 3;
  private static final int SCORE_BIAS = 8;
  private static final int MOST_PHRED = 1 << 18;
  private static final long MADE = 1L << 63;
  private static final long ODD = 1L << 62; // does not fit: asks the slow way each time

  private final HitFields fields;
  private final int[] base;
  private final long[] table;
  private final long @Nullable [] qTable;

  PackedFields(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    fields = new HitFields(motifs, qvalues);
    base = new int[2 * motifs.size()];
    long size = 0;
    for (int o = 0; o < base.length; o++) {
      ScanMotif motif = motifs.get(o >>> 1);
      int cutoff = motif.cutoff(HitFields.strand(o));
      base[o] = Math.toIntExact(size - cutoff);
      size += Math.max(0, motif.matrix(HitFields.strand(o)).maximum() - cutoff + 1);
    }
    table = new long[Math.toIntExact(size)];
    qTable = qvalues == null ? null : new long[table.length];
  }

  HitFields fields() {
    return fields;
  }

  /** Score, p-value and -10 log10 p of a hit. */
  long of(int oriented, int sum) {
    long known = table[base[oriented] + sum];
    return known != 0 ? known : make(oriented, sum);
  }

  /** The q-value of a hit; 0 if there are none. */
  long q(int oriented, int sum) {
    if (qTable == null) {
      return 0;
    }
    long known = qTable[base[oriented] + sum];
    return known != 0 ? known : makeQ(qTable, oriented, sum);
  }

  private long make(int oriented, int sum) {
    double bits = fields.motif(oriented).matrix(HitFields.strand(oriented)).bits(sum);
    double p = fields.pvalue(oriented, sum);
    long packed = MADE | (bits == 0 || !(p > 0) ? ODD : packed(bits, p));
    table[base[oriented] + sum] = packed;
    return packed;
  }

  private static long packed(double bits, double p) {
    long score = ShortNumbers.scoreDecimal(bits);
    int e = ShortNumbers.exponent(score);
    long phred = hundredths(p);
    long small = ShortNumbers.decimal(p, P_DIGITS);
    int pe = -ShortNumbers.exponent(small);
    if (e < -4 || e >= SCORE_DIGITS || phred >= MOST_PHRED || pe < 0 || pe > 255) {
      return ODD;
    }
    long packed = ShortNumbers.number(score);
    packed = packed << 4 | e + SCORE_BIAS;
    packed = packed << 1 | (bits < 0 ? 1 : 0);
    packed = packed << 18 | phred;
    packed = packed << 10 | ShortNumbers.number(small);
    return packed << 8 | pe;
  }

  private static long hundredths(double p) {
    return (long) Math.rint(100 * HitFields.phred(p));
  }

  private long makeQ(long[] to, int oriented, int sum) {
    Rows text = new Rows(ShortNumbers.ROOM);
    fields.q(oriented, sum, text);
    long packed = ODD;
    if (text.size() <= 7) {
      packed = (long) text.size() << 56;
      for (int i = 0; i < text.size(); i++) {
        packed |= (long) text.bytes()[i] << 8 * i;
      }
    }
    packed |= MADE;
    to[base[oriented] + sum] = packed;
    return packed;
  }

  /** Appends the score as FIMO prints it; needs room. */
  void score(long packed, int oriented, int sum, Rows out) {
    if ((packed & ODD) != 0) {
      fields.score(oriented, sum, out);
      return;
    }
    long number = packed >>> 41 & (1 << 20) - 1;
    int exponent = (int) (packed >>> 37 & 15) - SCORE_BIAS;
    boolean minus = (packed >>> 36 & 1) != 0;
    ShortNumbers.write(minus, ShortNumbers.decimal(number, exponent), SCORE_DIGITS, out);
  }

  /** Appends the p-value as FIMO prints it; needs room. */
  void p(long packed, int oriented, int sum, Rows out) {
    if ((packed & ODD) != 0) {
      fields.p(oriented, sum, out);
      return;
    }
    int number = (int) (packed >>> 8) & 1023;
    int exponent = (int) packed & 255;
    if (exponent > 4 && exponent < 100) {
      out.scientific(number, exponent);
    } else {
      ShortNumbers.write(false, ShortNumbers.decimal(number, -exponent), P_DIGITS, out);
    }
  }

  /** -10 log10 p times 100. */
  long hundredths(long packed, int oriented, int sum) {
    return (packed & ODD) == 0
        ? packed >>> 18 & MOST_PHRED - 1
        : hundredths(Math.max(Double.MIN_VALUE, fields.pvalue(oriented, sum)));
  }

  /** Appends -10 log10 p with two decimals; needs room. */
  void phred(long packed, int oriented, int sum, Rows out) {
    ShortNumbers.hundredths(hundredths(packed, oriented, sum), out);
  }

  /** Appends the q-value as FIMO prints it; needs room. */
  void q(long packed, int oriented, int sum, Rows out) {
    if ((packed & ODD) != 0) {
      fields.q(oriented, sum, out);
      return;
    }
    out.letters(packed, (int) (packed >>> 56) & 7);
  }
}
