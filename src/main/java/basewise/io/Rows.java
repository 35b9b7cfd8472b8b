package basewise.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as it grows, in bytes. Whoever appends asks for {@link #room} first; what follows does not
 * check again. Not thread-safe; reused.
 */
public final class Rows {
  /** More digits than any long has, its sign counted. */
  public static final int NUMBER = 20;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Four digits of 0-9999 as they lie in memory. */
  private static final int[] FOUR = new int[10_000];

  static {
    for (int i = 0; i < FOUR.length; i++) {
      FOUR[i] =
          ('0' + i / 1000)
              | ('0' + i / 100 % 10) << 8
              | ('0' + i / 10 % 10) << 16
              | ('0' + i % 10) << 24;
    }
  }

  /** The text of three digits 100-999 as {@code %g} writes it, 4 bytes as they lie in memory. */
  private static final int[] MANTISSA = new int[1000];

  private static final byte[] MANTISSA_LENGTH = new byte[1000];

  static {
    for (int i = 100; i < 1000; i++) {
      MANTISSA[i] = ('0' + i / 100) | '.' << 8 | ('0' + i / 10 % 10) << 16 | ('0' + i % 10) << 24;
      MANTISSA_LENGTH[i] = (byte) (i % 10 != 0 ? 4 : i % 100 != 0 ? 3 : 1);
    }
  }

  private byte[] bytes;
  private int size;

  /** No text yet. */
  public Rows() {
    this(1 << 10);
  }

  /** No text yet, room for some. */
  public Rows(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets the text and keeps the room. */
  public void clear() {
    size = 0;
  }

  /** The text is [0, {@link #size}). */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes of text there are. */
  public int size() {
    return size;
  }

  /** Makes room for so many more bytes. */
  public Rows room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
    return this;
  }

  /** Counts bytes that were put behind the text already. */
  public void grow(int more) {
    size += more;
  }

  /** Appends one ASCII letter. */
  public Rows put(char letter) {
    bytes[size++] = (byte) letter;
    return this;
  }

  /** Appends bytes. */
  public Rows put(byte[] text) {
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  /** Appends text and makes room for it; for what is not written once a row. */
  public Rows text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return room(utf8.length).put(utf8);
  }

  /** Appends a whole number in decimal; needs room for {@link #NUMBER} bytes. */
  public Rows put(long number) {
    if (number >= 0 && number < 100_000_000) {
      return eight((int) number, digits(number));
    }
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        return put(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
      }
      bytes[size++] = '-';
      return put(-number);
    }
    long high = number / 100_000_000;
    return put(high).eight((int) (number - high * 100_000_000), 8);
  }

  /** Appends the last digits of a number below 10^8, 1 to 8 of them, zeros too; writes 8 bytes. */
  private Rows eight(int number, int digits) {
    int high = number / 10_000;
    long text = FOUR[high] | (long) FOUR[number - high * 10_000] << 32;
    LONGS.set(bytes, size, text >>> 64 - 8 * digits);
    size += digits;
    return this;
  }

  /** Appends a number below 10^count with zeros before it; count at most 9. */
  public Rows padded(int number, int count) {
    int left = number;
    size += count;
    for (int at = size - 1; at >= size - count; at--) {
      int rest = left / 10;
      bytes[at] = (byte) ('0' + left - 10 * rest);
      left = rest;
    }
    return this;
  }

  /** Appends digits / 100 * 10^-exponent in as few digits as it needs, such as 9.8e-05. */
  public void scientific(int digits, int exponent) {
    INTS.set(bytes, size, MANTISSA[digits]);
    size += MANTISSA_LENGTH[digits];
    int tens = exponent / 10;
    int power = 'e' | '-' << 8 | ('0' + tens) << 16 | ('0' + exponent - 10 * tens) << 24;
    INTS.set(bytes, size, power);
    size += 4;
  }

  /** Appends the lowest bytes of a long, at most 7, the lowest first. */
  public void letters(long text, int count) {
    LONGS.set(bytes, size, text);
    size += count;
  }

  private static final long[] TENS = new long[19];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  /** From the number of bits, which times log10(2) is the number of digits or one less. */
  private static int digits(long x) {
    int least = (64 - Long.numberOfLeadingZeros(x | 1)) * 1233 >> 12;
    return least < TENS.length && x >= TENS[least] ? least + 1 : Math.max(1, least);
  }

  /** The text alone. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
