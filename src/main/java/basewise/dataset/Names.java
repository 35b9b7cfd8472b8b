package basewise.dataset;

import java.util.Arrays;

/**
 * Which names were seen, at 64 bits each: of ten million, one is taken for another with a chance of
 * a few in a million.
 */
final class Names {
  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** Hashes at the place they give or behind it; 0 where there is none. */
  private long[] table = new long[1 << 8];

  private int size;

  /** Whether a name is new; it is seen from now on. */
  boolean add(String name) {
    if (2 * size >= table.length) {
      long[] old = table;
      table = new long[2 * old.length];
      Arrays.stream(old).filter(h -> h != 0).forEach(this::put);
    }
    if (put(hash(name))) {
      size++;
      return true;
    }
    return false;
  }

  private boolean put(long hash) {
    int at = (int) (hash >>> 32) & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = hash;
    return true;
  }

  /** FNV-1a over the letters, its bits mixed as Stafford's variant 13 of MurmurHash3 does. */
  private static long hash(String name) {
    long h = START;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * PRIME;
    }
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    h ^= h >>> 31;
    return h == 0 ? 1 : h;
  }
}
