package basewise.genome;

import basewise.io.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What files read one after the other share: the running numbers of blocks and sequences, the names
 * met so far and the contigs that are done. Safe from several threads.
 */
final class Ledger {
  private final boolean distinctNames;
  private final Map<String, String> fileOfName = new HashMap<>();
  private final List<Contig> contigs = new ArrayList<>();
  private long blocks;
  private int sequences;

  Ledger(boolean distinctNames) {
    this.distinctNames = distinctNames;
  }

  /** The number of the next block. */
  synchronized long block() {
    return blocks++;
  }

  /**
   * The number of the next sequence.
   *
   * @throws InputException if its name has been met before and names must be distinct
   */
  synchronized int begin(String contig, String file, long line) {
    String before = distinctNames ? fileOfName.putIfAbsent(contig, file) : null;
    if (before != null) {
      String where = before.equals(file) ? "" : ": the first is in " + before;
      throw new InputException(
          file, line, "a second contig is called '" + contig + "'" + where, "rename one of them");
    }
    return sequences++;
  }

  /** Notes a sequence that has been read whole. */
  synchronized void end(String contig, long length, String file) {
    if (length > Contig.LONGEST) {
      throw new InputException(
          file, "contig " + contig + " has " + length + " bases", "2,147,483,639 can be read");
    }
    contigs.add(new Contig(contig, (int) length));
  }

  /** All sequences read whole so far, in order. */
  synchronized List<Contig> contigs() {
    return List.copyOf(contigs);
  }
}
