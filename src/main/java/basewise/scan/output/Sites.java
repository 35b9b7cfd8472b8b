package basewise.scan.output;

import basewise.io.Rows;

/** The letters of a hit. */
final class Sites {
  private static final byte[] FORWARD = {'A', 'C', 'G', 'T', 'N'};
  private static final byte[] REVERSE = {'T', 'G', 'C', 'A', 'N'};

  private Sites() {}

  /** Appends codes[at, at + width), or their reverse complement, in upper case. */
  static void put(Rows out, byte[] codes, int at, int width, boolean reverse) {
    byte[] bytes = out.bytes();
    int to = out.size();
    if (reverse) {
      for (int i = 0, from = at + width - 1; i < width; i++, from--) {
        bytes[to + i] = REVERSE[codes[from]];
      }
    } else {
      for (int i = 0; i < width; i++) {
        bytes[to + i] = FORWARD[codes[at + i]];
      }
    }
    out.grow(width);
  }
}
