package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import java.util.List;

/**
 * What a table of counts says of a motif.
 *
 * @param id of the motif, as a cell
 * @param name its other name
 * @param width columns
 * @param threshold the smallest score that is a hit, in bits; empty where none can be
 * @param pvalue of the threshold, as FIMO prints it
 * @param chance that one place has a hit: the p-value of the thresholds, of each strand scanned
 * @param bothStrands whether both strands were
 * @param windows scored on each strand
 * @param plus hits on the forward strand
 * @param minus hits on the reverse strand
 */
record MotifCount(
    String id,
    String name,
    int width,
    String threshold,
    String pvalue,
    double chance,
    boolean bothStrands,
    long windows,
    long plus,
    long minus) {
  /**
   * id, other name, width, the threshold in bits (the smallest score that is a hit; empty where
   * none can be), its p-value, windows scored on each strand, hits on both strands, hits expected
   * by chance (windows of independent background bases times p-value), and hits over expected.
   */
  static final String HEADER =
      "motif_id\tmotif_alt_id\twidth\tthreshold\tpvalue\twindows\thits_plus\thits_minus\t"
          + "expected\tratio\n";

  /** The same motif over more windows. */
  MotifCount plus(MotifCount other) {
    return new MotifCount(
        id,
        name,
        width,
        threshold,
        pvalue,
        chance,
        bothStrands,
        windows + other.windows,
        plus + other.plus,
        minus + other.minus);
  }

  /** The number of tests a q-value is corrected for. */
  long tests() {
    return windows * (bothStrands ? 2 : 1);
  }

  /** A table with a header and a row per motif. */
  static byte[] table(List<MotifCount> counts) {
    Rows out = new Rows();
    out.text(HEADER);
    for (MotifCount c : counts) {
      double expected = c.windows * c.chance;
      out.text(c.id + "\t" + c.name + "\t").room(HitFields.ROOM + 4 * Rows.NUMBER);
      out.put(c.width).put('\t').text(c.threshold + "\t" + c.pvalue + "\t");
      out.room(HitFields.ROOM + 4 * Rows.NUMBER);
      out.put(c.windows).put('\t').put(c.plus).put('\t').put(c.minus).put('\t');
      ShortNumbers.g(expected, 4, out);
      out.put('\t');
      if (expected > 0) {
        ShortNumbers.g((c.plus + c.minus) / expected, 4, out);
      }
      out.put('\n');
    }
    return out.toBytes();
  }

  /** As a line that {@link #parse} reads back, to the last bit. */
  String line() {
    return String.join(
        "\t",
        id,
        name,
        Integer.toString(width),
        threshold,
        pvalue,
        Double.toString(chance),
        Boolean.toString(bothStrands),
        Long.toString(windows),
        Long.toString(plus),
        Long.toString(minus));
  }

  /** From {@link #line}. */
  static MotifCount parse(String line) {
    String[] f = line.split("\t", -1);
    return new MotifCount(
        f[0],
        f[1],
        Integer.parseInt(f[2]),
        f[3],
        f[4],
        Double.parseDouble(f[5]),
        Boolean.parseBoolean(f[6]),
        Long.parseLong(f[7]),
        Long.parseLong(f[8]),
        Long.parseLong(f[9]));
  }
}
