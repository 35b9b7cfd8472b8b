package basewise.cli;

import basewise.io.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A checksum of words, to tell whether two runs are of the same thing. */
final class Fingerprint {
  private final MessageDigest digest = Checksum.begin();

  /** Takes one more word; where words end matters. */
  Fingerprint add(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /** The checksum, as a line. */
  String text() {
    return Checksum.text(digest) + "\n";
  }
}
