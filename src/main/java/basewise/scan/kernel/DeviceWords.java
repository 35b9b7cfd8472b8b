package basewise.scan.kernel;

import java.util.Arrays;

/** 32-bit words that grow; parts of a device's table. */
final class DeviceWords {
  /** Parts begin at multiples of so many words: a sector of a device's memory. */
  private static final int ALIGNED = 8;

  private int[] words;
  private int size;

  DeviceWords(int capacity) {
    words = new int[capacity];
  }

  int size() {
    return size;
  }

  void add(int word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, Math.max(16, 2 * size));
    }
    words[size++] = word;
  }

  void set(int at, int word) {
    words[at] = word;
  }

  /** Appends a part, and says where it begins. */
  int append(int[] part, int length) {
    int at = (size + ALIGNED - 1) / ALIGNED * ALIGNED;
    words = Arrays.copyOf(words, Math.max(words.length, at + length));
    System.arraycopy(part, 0, words, at, length);
    size = at + length;
    return at;
  }

  /** As above. */
  int append(DeviceWords part) {
    return append(part.words, part.size);
  }

  /** As above, two numbers a word, the first lowest; an even number of them. */
  int append(short[] part) {
    int[] pairs = new int[part.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = part[2 * i] & 0xffff | part[2 * i + 1] << 16;
    }
    return append(pairs, pairs.length);
  }

  /** All words, none more. */
  int[] toArray() {
    return Arrays.copyOf(words, size);
  }
}
