package basewise.patterns;

import java.util.Arrays;

/** Numbers for gapped k-mers, 0, 1, 2, ... in the order in which they come. */
final class KmerNumbers {
  private long[] slots = new long[1 << 16];
  private int[] numbers = new int[slots.length];
  private long[] keys = new long[slots.length / 2];
  private int count;

  /** How many have one. */
  int count() {
    return count;
  }

  /** The number of a k-mer, which gets one if it has none. */
  int number(long key) {
    int slot = slot(key);
    if (slots[slot] == key) {
      return numbers[slot];
    }
    if (count == keys.length) {
      enlarge();
      slot = slot(key);
    }
    slots[slot] = key;
    numbers[slot] = count;
    keys[count] = key;
    return count++;
  }

  /** The number of a k-mer; -1 if it has none. */
  int find(long key) {
    int slot = slot(key);
    return slots[slot] == key ? numbers[slot] : -1;
  }

  /** Of each k-mer the number of what it is on the other strand; -1 if that has none. */
  int[] turned() {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = find(GappedKmers.turned(keys[i]));
    }
    return out;
  }

  /** Where a k-mer is, or would be; none is 0. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void enlarge() {
    slots = new long[Math.multiplyExact(2, slots.length)];
    numbers = new int[slots.length];
    keys = Arrays.copyOf(keys, slots.length / 2);
    for (int i = 0; i < count; i++) {
      int slot = slot(keys[i]);
      slots[slot] = keys[i];
      numbers[slot] = i;
    }
  }
}
