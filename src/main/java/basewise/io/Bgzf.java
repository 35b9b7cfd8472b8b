package basewise.io;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Text as whole BGZF members: gzip members of at most 64 KiB whose header says how long they are,
 * so that a reader can start at any of them. Members are made by any thread and joined in order; a
 * place in the text is a virtual offset, the member's place in the file times 65,536 plus the place
 * in the member's text. Source: the SAM specification, section 4.1.
 *
 * <p>Reused for one text after another; one per thread.
 */
public final class Bgzf implements AutoCloseable {
  /** Bytes of text in a member; the last of a text may be shorter. */
  public static final int MEMBER = 0xff00;

  /**
   * The level of {@link Deflater}: 1 is twice as fast as 6 on rows of hits and takes an eighth more
   * room.
   */
  public static final int LEVEL = 1;

  private static final int LARGEST = 1 << 16;
  private static final int HEADER = 18;
  private static final int FOOTER = 8;
  private static final byte[] START = {
    31, (byte) 139, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 6, 0, 'B', 'C', 2, 0, 0, 0
  };
  private static final byte[] END_OF_FILE = {
    31,
    (byte) 139,
    8,
    4,
    0,
    0,
    0,
    0,
    0,
    (byte) 255,
    6,
    0,
    'B',
    'C',
    2,
    0,
    27,
    0,
    3,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[LARGEST];
  private int size;
  private int[] starts = new int[16];
  private int members;

  /** What every BGZF file ends with. */
  public static byte[] endOfFile() {
    return END_OF_FILE.clone();
  }

  /** Makes members of text[0, length), in place of those it held. */
  public void compress(byte[] text, int length) {
    size = 0;
    members = 0;
    for (int at = 0; at < length; at += MEMBER) {
      if (members + 1 >= starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[members++] = size;
      if (size + LARGEST > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + LARGEST, 2 * bytes.length));
      }
      member(text, at, Math.min(MEMBER, length - at));
    }
    starts[members] = size;
  }

  private void member(byte[] text, int from, int length) {
    int room = LARGEST - HEADER - FOOTER;
    deflater.reset();
    deflater.setInput(text, from, length);
    deflater.finish();
    int n = deflater.deflate(bytes, size + HEADER, room);
    if (!deflater.finished()) {
      n = stored(text, from, length);
    }
    System.arraycopy(START, 0, bytes, size, HEADER);
    int whole = HEADER + n + FOOTER - 1;
    bytes[size + 16] = (byte) whole;
    bytes[size + 17] = (byte) (whole >> 8);
    crc.reset();
    crc.update(text, from, length);
    little((int) crc.getValue(), size + HEADER + n);
    little(length, size + HEADER + n + 4);
    size += whole + 1;
  }

  /** Text that grows when it is compressed is stored as it is. */
  private int stored(byte[] text, int from, int length) {
    int at = size + HEADER;
    bytes[at] = 1;
    bytes[at + 1] = (byte) length;
    bytes[at + 2] = (byte) (length >> 8);
    bytes[at + 3] = (byte) ~length;
    bytes[at + 4] = (byte) (~length >> 8);
    System.arraycopy(text, from, bytes, at + 5, length);
    return length + 5;
  }

  private void little(int x, int at) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (x >> 8 * i);
    }
  }

  /** The members are [0, {@link #size}). */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the members take. */
  public int size() {
    return size;
  }

  /**
   * The virtual offset of a place in the text.
   *
   * @param base where in the file the first member goes
   * @param place 0 to the length of the text; at the end it is the start of what follows
   */
  public long offset(long base, int place) {
    int member = place / MEMBER;
    int within = place - member * MEMBER;
    if (member >= members || member == members - 1 && within == lastLength()) {
      return base + size << 16;
    }
    return base + starts[member] << 16 | within;
  }

  private int lastLength() {
    int at = size - 4;
    return (bytes[at] & 255) | (bytes[at + 1] & 255) << 8;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
