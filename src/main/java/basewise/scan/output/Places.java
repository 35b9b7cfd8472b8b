package basewise.scan.output;

import basewise.io.InputException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rows call a sequence and where it begins there.
 *
 * <p>{@link #GENOMIC} is FIMO's {@code --parse-genomic-coord}: {@code chr1:101-600} (also with a
 * strand and an id behind, {@code chr1:101-600(+)_id}) or {@code hg19_chr1_101_600} means that the
 * first base of the sequence is base 101, counted from 1, of {@code chr1} or {@code hg19_chr1}. A
 * name of another form stays as it is. Source: MEME Suite 5.5.8, seq-reader-from-fasta.c.
 */
public enum Places {
  /** Names and places are those of the sequences. */
  AS_NAMED,
  /** Names of the form {@code chr:start-end} give the places in the genome. */
  GENOMIC;

  private static final Pattern UCSC = Pattern.compile("([^\\s:]+):([0-9]+)-([0-9]+)");
  private static final Pattern GALAXY = Pattern.compile("([^\\s_]+_[^\\s_]+)_([0-9]+)_([0-9]+)");

  /**
   * A sequence's name in rows.
   *
   * @param name as UTF-8
   * @param shift what its first base's 0-based place is there
   */
  public record Place(byte[] name, long shift) {}

  /**
   * The place of a sequence.
   *
   * @throws InputException if its name says that it begins at 0, as BED has it: FIMO counts from 1
   */
  public Place of(String name) {
    if (this == GENOMIC) {
      for (Pattern form : new Pattern[] {UCSC, GALAXY}) {
        Matcher m = form.matcher(name);
        if (m.find()) {
          return genomic(name, m.group(1), m.group(2));
        }
      }
    }
    return new Place(utf8(name), 0);
  }

  private static Place genomic(String name, String contig, String start) {
    long first = start.length() > 18 ? -1 : Long.parseLong(start);
    if (first < 1) {
      throw new InputException(
          name,
          "does not begin at a base counted from 1",
          "--parse-genomic-coord takes names as FIMO does: chr1:1-500 is the first 500 bases");
    }
    return new Place(utf8(contig), first - 1);
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
