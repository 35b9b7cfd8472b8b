package basewise.patterns;

/**
 * A place with high contributions: positions [start, end) of a sequence of {@link ScoredSequences},
 * read on the forward strand or the other.
 */
public record Seqlet(int sequence, int start, int end, boolean reverse) {
  /** How many positions it has. */
  public int length() {
    return end - start;
  }

  /** The place alone, whatever the strand: seqlets of one length that share it are one. */
  long place() {
    return (long) sequence << 32 | start;
  }

  /** The same, read on the other strand. */
  Seqlet turned() {
    return new Seqlet(sequence, start, end, !reverse);
  }

  /** With more positions before and after it, as it is read. */
  Seqlet widened(int before, int after) {
    return reverse
        ? new Seqlet(sequence, start - after, end + before, true)
        : new Seqlet(sequence, start - before, end + after, false);
  }

  /** Its positions [from, to), as it is read. */
  Seqlet part(int from, int to) {
    return reverse
        ? new Seqlet(sequence, end - to, end - from, true)
        : new Seqlet(sequence, start + from, start + to, false);
  }

  /** Moved along the sequence. */
  Seqlet moved(int by) {
    return new Seqlet(sequence, start + by, end + by, reverse);
  }
}
