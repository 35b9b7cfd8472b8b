package basewise.io;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Text of any length within binary records: the number of its bytes, then UTF-8. */
public final class RecordText {
  private RecordText() {}

  /**
   * Writes a text.
   *
   * @return how many bytes it has as UTF-8
   */
  public static int write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
    return utf8.length;
  }

  /** Reads one that was written so. */
  public static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
