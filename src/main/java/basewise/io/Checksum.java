package basewise.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hexadecimal digits. */
public final class Checksum {
  private Checksum() {}

  /** One that has seen nothing yet. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What it has come to. */
  public static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * That of a file, which is read once to its end.
   *
   * @param file as mistakes name it
   * @throws InputException if it cannot be read
   */
  public static String ofFile(String file) {
    MessageDigest digest = begin();
    try (InputStream raw = Files.newInputStream(Path.of(file));
        DigestInputStream in = new DigestInputStream(raw, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
      return text(digest);
    } catch (IOException e) {
      throw new InputException(file, 0, "cannot be read: " + e.getMessage(), "", e);
    }
  }
}
