package basewise.sequence;

/**
 * A place on a contig: 0-based, half-open [start, end), on the forward strand.
 *
 * @param contig the sequence's name
 * @param start first base, 0-based
 * @param end one past the last base
 */
public record Interval(String contig, int start, int end) {
  /** Refuses what is not an interval. */
  public Interval {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not an interval: " + contig + ":" + start + "-" + end);
    }
  }

  /** Number of bases. */
  public int length() {
    return end - start;
  }

  /** Whether the two share at least one base. */
  public boolean overlaps(Interval other) {
    return contig.equals(other.contig) && start < other.end && other.start < end;
  }

  /** As {@code contig:start-end}, still 0-based and half-open. */
  @Override
  public String toString() {
    return contig + ":" + start + "-" + end;
  }
}
