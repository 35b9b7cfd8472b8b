package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.io.TextInput;
import java.nio.file.Path;

/** Rows of a part, one at a time, with the keys before them. */
final class KeyedRows implements AutoCloseable {
  private final TextInput in;
  private final Rows filled = new Rows();
  private boolean end;
  private int at;
  private long sequence;
  private long start;
  private int oriented;
  private int sum;

  private KeyedRows(TextInput in) {
    this.in = in;
  }

  static KeyedRows open(Path file) {
    KeyedRows rows = new KeyedRows(TextInput.open(file.toString()));
    rows.advance();
    return rows;
  }

  void advance() {
    end = !in.readLineBytes();
    if (!end) {
      at = 0;
      sequence = number();
      start = number();
      oriented = (int) number();
      sum = (int) number();
    }
  }

  private long number() {
    byte[] bytes = in.bytes();
    boolean minus = bytes[at] == '-';
    long n = 0;
    for (at += minus ? 1 : 0; bytes[at] != '\t'; at++) {
      n = 10 * n + bytes[at] - '0';
    }
    at++;
    return minus ? -n : n;
  }

  boolean atEnd() {
    return end;
  }

  /** Whether this row is strictly before another. */
  boolean precedes(KeyedRows other) {
    return sequence != other.sequence ? sequence < other.sequence : start < other.start;
  }

  /** 2 * motif of the part + strand. */
  int oriented() {
    return oriented;
  }

  int sum() {
    return sum;
  }

  byte[] bytes() {
    return in.bytes();
  }

  /** Where the row begins, behind its keys. */
  int from() {
    return at;
  }

  int to() {
    return in.length();
  }

  /** Hands the row on with its q-value. */
  void fill(double q, GatheredRows target) {
    filled.clear();
    filled.room(to() - from() + ShortNumbers.ROOM);
    byte[] bytes = in.bytes();
    for (int i = at; i < to(); i++) {
      if (bytes[i] == QValues.LATER) {
        ShortNumbers.g(q, 3, filled);
      } else {
        filled.put((char) bytes[i]);
      }
    }
    target.row(filled.bytes(), 0, filled.size());
  }

  @Override
  public void close() {
    in.close();
  }
}
