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
   * Names by number, and an open hash table of numbers + 1: a map of objects takes longer than the
   * bases of a short region.
   */
  private final List<String> names = new ArrayList<>();

  private int[] slots = new int[1 << 8];

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
      slots = new int[4 * slots.length];
      for (int i = 0; i < names.size(); i++) {
        slots[~find(names.get(i))] = i + 1;
      }
    }
    int slot = find(name);
    if (slot >= 0) {
      return slots[slot] - 1;
    }
    names.add(name);
    slots[~slot] = names.size();
    return -1;
  }

  /** The slot of a name, or the complement of the one it can have. */
  private int find(String name) {
    int mask = slots.length - 1;
    int slot = name.hashCode() * GOLDEN >>> 7 & mask;
    while (slots[slot] != 0) {
      if (names.get(slots[slot] - 1).equals(name)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return ~slot;
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
