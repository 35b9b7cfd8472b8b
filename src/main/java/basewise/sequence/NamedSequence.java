package basewise.sequence;

/**
 * A sequence as it stood in a file.
 *
 * @param id the first word of its header; never empty
 * @param description the rest of the header, or ""
 * @param codes one code (0-4, see {@link Dna}) per base; not copied, so do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by id, never by equals
public record NamedSequence(String id, String description, byte[] codes) {
  /** Number of bases. */
  public int length() {
    return codes.length;
  }
}
