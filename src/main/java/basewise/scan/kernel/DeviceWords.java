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

  /** Makes room for a part, all 0, and says where it begins; {@link #array} has it then. */
  int reserve(int length) {
    int at = (size + ALIGNED - 1) / ALIGNED * ALIGNED;
    if (at + length > words.length) {
      words = Arrays.copyOf(words, at + length);
    }
    size = at + length;
    return at;
  }

  /** Appends a part, and says where it begins. */
  int append(int[] part, int length) {
    int at = reserve(length);
    System.arraycopy(part, 0, words, at, length);
    return at;
  }

  /** As above. */
  int append(DeviceWords part) {
    return append(part.words, part.size);
  }

  /** As above, two numbers a word, the first lowest; an even number of them. */
  int append(short[] part) {
    int at = reserve(part.length / 2);
    for (int i = 0; i < part.length / 2; i++) {
      words[at + i] = part[2 * i] & 0xffff | part[2 * i + 1] << 16;
    }
    return at;
  }

  /** The words as they lie now, with room behind them. */
  int[] array() {
    return words;
  }

  /** All words; no more than a few zeros follow. */
  int[] toArray() {
    return words.length - size <= 64 ? words : Arrays.copyOf(words, size);
  }
}
