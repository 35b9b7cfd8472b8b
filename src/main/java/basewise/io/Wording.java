package basewise.io;

/** How messages are worded: numbers with their nouns, and letters that a screen cannot show. */
public final class Wording {
  /** A message longer than this quotes a file that has no lines. */
  private static final int LONGEST = 600;

  private Wording() {}

  /** A number and its noun: 1 contig, 2 contigs. */
  public static String count(long n, String noun) {
    return count(n, noun, noun + "s");
  }

  /** As above, where more words change: 1 read is, 2 reads are. */
  public static String count(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /** A byte as people can read it: the letter, or "byte 7". */
  public static String printable(byte b) {
    return b > ' ' && b < 127 ? String.valueOf((char) b) : "byte " + (b & 0xff);
  }

  /**
   * Text as people can read it, on one line: what controls a terminal, or shows as nothing, becomes
   * its code (&#92;x07, &#92;u200b), and the middle of a very long text three dots.
   */
  public static String printable(String text) {
    String all = text;
    if (all.length() > LONGEST) {
      int half = LONGEST / 2;
      all = all.substring(0, half) + "..." + all.substring(all.length() - half);
    }
    StringBuilder out = new StringBuilder(all.length());
    all.codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.UNASSIGNED,
                Character.PRIVATE_USE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                out.append((c < 0x100 ? "\\x%02x" : "\\u%04x").formatted(c));
            default -> {
              // A decoder writes U+FFFD for bytes that are no text.
              if (c == 0xfffd) {
                out.append("\\ufffd");
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }
}
