package basewise.report;

import basewise.io.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file the run read.
 *
 * @param role what it was read as: positives, negatives, genome, known motifs
 * @param name as the user wrote it
 * @param sha256 checksum of its bytes in lower-case hex, or "" where it cannot be read twice
 *     (standard input)
 */
public record InputFile(String role, String name, String sha256) {
  /**
   * Reads a file once to its end for its checksum; {@code -} gets none.
   *
   * @throws InputException if it cannot be read
   */
  public static InputFile read(String role, String name) {
    if (name.equals("-")) {
      return new InputFile(role, name, "");
    }
    try (InputStream raw = Files.newInputStream(Path.of(name));
        DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return new InputFile(role, name, HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (IOException e) {
      throw new InputException(name, 0, "cannot be read: " + e.getMessage(), "", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
