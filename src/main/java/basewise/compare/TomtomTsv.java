package basewise.compare;

import basewise.io.GFormat;
import basewise.motif.Motif;
import basewise.sequence.Dna;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Tomtom's table: its columns, its number strings (C's {@code %g} of a float), its consensus
 * letters.
 *
 * @param options the options the matches were made with; consensus letters are read after the
 *     pseudocount
 * @param targetNames whether a last column Target_name is added
 */
public record TomtomTsv(TomtomOptions options, boolean targetNames) {
  private static final String COLUMNS =
      "Query_ID\tTarget_ID\tOptimal_offset\tp-value\tE-value\tq-value\tOverlap\tQuery_consensus"
          + "\tTarget_consensus\tOrientation";

  /** The line of column names, without its end. */
  public String header() {
    return targetNames ? COLUMNS + "\tTarget_name" : COLUMNS;
  }

  /** One match as a line, without its end. */
  public String row(Match match) {
    String row =
        String.join(
            "\t",
            match.query().id(),
            match.target().id(),
            Integer.toString(match.offset()),
            GFormat.g((float) match.pvalue()),
            GFormat.g((float) match.evalue()),
            GFormat.g((float) match.qvalue()),
            Integer.toString(match.overlap()),
            consensus(match.query()),
            consensus(match.orientedTarget()),
            String.valueOf(match.orientation().symbol()));
    return targetNames ? row + "\t" + match.target().name() : row;
  }

  /**
   * Writes a whole table.
   *
   * @param matches of each query; what should not be listed is already left out
   * @param comments lines written at the end after an empty line, each behind "# ", as Tomtom does;
   *     may be empty
   */
  public void write(List<List<Match>> matches, List<String> comments, Appendable out) {
    try {
      out.append(header()).append('\n');
      for (List<Match> one : matches) {
        for (Match match : one) {
          out.append(row(match)).append('\n');
        }
      }
      if (!comments.isEmpty()) {
        out.append('\n');
        for (String comment : comments) {
          out.append("# ").append(comment).append('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The most probable base of each column, the first where several are. Tomtom keeps the largest so
   * far as a float, so among bases that differ by less than that a later one may win; so here.
   */
  public String consensus(Motif motif) {
    double[][] p = Smoothing.columns(motif, options);
    StringBuilder text = new StringBuilder(p.length);
    for (double[] row : p) {
      int best = 0;
      float most = (float) row[0];
      for (int c = 1; c < 4; c++) {
        if (row[c] > most) {
          most = (float) row[c];
          best = c;
        }
      }
      text.append(Dna.letter(best));
    }
    return text.toString();
  }
}
