package basewise.genome;

import basewise.io.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What files read one after the other share: the running numbers of blocks and sequences, the names
 * met so far and the contigs that are done. Safe from several threads.
 */
final class Ledger {
  /** 2^32 over the golden ratio: spreads the hashes of names that differ in the last digit. */
  private static final int GOLDEN = 0x9E3779B9;

  private final boolean distinctNames;

  /**
   * Names by number, and an open hash table of hash and number + 1: a map of objects takes longer
   * than the bases of a short region, and so does looking at a name that only shares its slot.
   */
  private final List<String> names = new ArrayList<>();

  private long[] slots = new long[1 << 8];

  /** The number of the first sequence of each file. */
  private final TreeMap<Integer, String> files = new TreeMap<>();

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
    if (distinctNames) {
      if (files.isEmpty() || !files.lastEntry().getValue().equals(file)) {
        files.put(sequences, file);
      }
      int other = remember(contig);
      if (other >= 0) {
        String before = files.floorEntry(other).getValue();
        String where = before.equals(file) ? "" : ": the first is in " + before;
        throw new InputException(
            file, line, "a second contig is called '" + contig + "'" + where, "rename one of them");
      }
    }
    return sequences++;
  }

  /** Keeps a name; the number of the sequence that had it before, or -1. */
  private int remember(String name) {
    if (2 * names.size() >= slots.length) {
      long[] old = slots;
      slots = new long[4 * old.length];
      for (long entry : old) {
        if (entry != 0) {
          slots[free((int) (entry >>> 32))] = entry;
        }
      }
    }
    int hash = name.hashCode() * GOLDEN;
    int mask = slots.length - 1;
    int slot = hash >>> 7 & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      int number = (int) slots[slot] - 1;
      if ((int) (slots[slot] >>> 32) == hash && names.get(number).equals(name)) {
        return number;
      }
    }
    names.add(name);
    slots[slot] = (long) hash << 32 | names.size();
    return -1;
  }

  /** The slot for a name that is new. */
  private int free(int hash) {
    int mask = slots.length - 1;
    int slot = hash >>> 7 & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
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
