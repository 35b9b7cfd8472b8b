package basewise.genome;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The contents of gzip data (RFC 1952), one member after the other to the very end. {@link
 * java.util.zip.GZIPInputStream} stops early where a pipe has nothing ready between two members,
 * and takes damage there for the end; here the data either ends after a whole member or is wrong.
 */
final class GzipBytes extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int at;
  private int limit;

  /** Bytes of gzip before {@link #packed}. */
  private long before;

  private boolean inMember;
  private boolean ended;

  GzipBytes(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        ended = !readHeader();
        continue;
      }
      int n = inflate(into, offset, length);
      if (n > 0) {
        crc.update(into, offset, n);
        return n;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it asks for a dictionary " + place());
      } else if (!fill()) {
        throw new EOFException("it ends " + place() + ", within the data");
      } else {
        inflater.setInput(packed, 0, limit);
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      at = limit - inflater.getRemaining();
      throw new ZipException(e.getMessage() + " " + place());
    }
  }

  private void endMember() throws IOException {
    at = limit - inflater.getRemaining();
    long sum = number(4);
    long size = number(4);
    if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the checksum is wrong " + place());
    }
    inMember = false;
  }

  /** Whether there is another member. */
  private boolean readHeader() throws IOException {
    if (at == limit && !fill()) {
      return false;
    }
    boolean first = before == 0 && at == 0;
    if (!first && packed[at] == 0) {
      skipZeros();
      return false;
    }
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw new ZipException("what follows is no gzip " + place());
    }
    int flags = next();
    number(4); // time
    number(2); // extra flags, system
    if ((flags & EXTRA) != 0) {
      for (long n = number(2); n > 0; n--) {
        next();
      }
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        while (next() != 0) {}
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      number(2);
    }
    inMember = true;
    crc.reset();
    inflater.reset();
    inflater.setInput(packed, at, limit - at);
    return true;
  }

  /** Tapes and some disks fill the last block up with zeros. */
  private void skipZeros() throws IOException {
    while (at < limit || fill()) {
      if (next() != 0) {
        throw new ZipException("what follows is no gzip " + place());
      }
    }
  }

  private long number(int bytes) throws IOException {
    long n = 0;
    for (int i = 0; i < bytes; i++) {
      n |= (long) next() << 8 * i;
    }
    return n;
  }

  private int next() throws IOException {
    if (at == limit && !fill()) {
      throw new EOFException("it ends " + place());
    }
    return packed[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    before += limit;
    at = 0;
    limit = Math.max(0, in.read(packed, 0, packed.length));
    return limit > 0;
  }

  private String place() {
    return "at byte " + (before + at);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
