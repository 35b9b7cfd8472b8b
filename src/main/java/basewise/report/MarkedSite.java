package basewise.report;

import basewise.sequence.Strand;

/**
 * A site of a motif that a picture of scores boxes and names.
 *
 * @param start first base in the sequence, 0-based
 * @param end one past its last base
 * @param strand the strand it reads on
 * @param name as people call the motif
 * @param evidence a few words, for hovering over it
 */
public record MarkedSite(int start, int end, Strand strand, String name, String evidence) {
  /** Its name and an arrow for its strand. */
  String label() {
    return strand == Strand.FORWARD ? name + " \u2192" : "\u2190 " + name;
  }

  /** Whether they share a base. */
  public boolean overlaps(MarkedSite other) {
    return start < other.end && other.start < end;
  }
}
