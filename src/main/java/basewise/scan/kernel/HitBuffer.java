package basewise.scan.kernel;

import java.util.Arrays;

/** Hits of one thread on their way to a receiver, so that no loop of a kernel calls one. */
final class HitBuffer {
  private long[] hits = new long[1 << 10];
  private int size;

  /** Tells of a window that is a hit of a matrix. */
  void add(int start, int[] ids, int sum) {
    for (int id : ids) {
      add(start, id, sum);
    }
  }

  void add(int start, int id, int sum) {
    if (size == hits.length) {
      hits = Arrays.copyOf(hits, 2 * size);
    }
    hits[size++] = HitReceiver.pack(start, id, sum);
  }

  /** Hands all over and forgets them. */
  void flush(HitReceiver receiver) {
    receiver.add(hits, size);
    size = 0;
  }
}
