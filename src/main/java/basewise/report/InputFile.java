package basewise.report;

import basewise.io.Checksum;

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
   * @throws basewise.io.InputException if it cannot be read
   */
  public static InputFile read(String role, String name) {
    return new InputFile(role, name, name.equals("-") ? "" : Checksum.ofFile(name));
  }
}
