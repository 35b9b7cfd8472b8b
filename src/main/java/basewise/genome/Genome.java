package basewise.genome;

import basewise.io.InputException;
import basewise.sequence.Interval;
import java.util.List;
import java.util.function.Consumer;

/**
 * A reference: named contigs whose bases can be asked for by place. Reading is safe from several
 * threads at once.
 */
public sealed interface Genome extends AutoCloseable
    permits FastaGenome, TwoBitGenome, MemoryGenome {
  /**
   * Opens a reference: FASTA (with its .fai, written if missing), bgzipped FASTA (with .fai and
   * .gzi), 2bit, or, held in memory, gzipped FASTA, GenBank and EMBL. Remarks go to standard error.
   *
   * @throws InputException if it is none of these
   */
  static Genome open(String name) {
    return open(name, line -> System.err.println("basewise: " + line));
  }

  /**
   * As above.
   *
   * @param remark hears what a user should know, such as that an old index was made anew
   */
  static Genome open(String name, Consumer<String> remark) {
    return GenomeFiles.open(name, remark);
  }

  /** The file, as the user wrote it. */
  String name();

  /** The kind of file, such as "2bit". */
  String format();

  /** All contigs in the order of the file. */
  List<Contig> contigs();

  /** Whether there is a contig of exactly this name. */
  boolean has(String contig);

  /**
   * Number of bases of a contig.
   *
   * @throws InputException if there is none of this name
   */
  int length(String contig);

  /**
   * Letters ACGTN of a place, in lower case where the file has them soft-masked.
   *
   * @return [place.length()] ASCII; time is O(length)
   * @throws InputException if the place is not in the genome
   */
  byte[] letters(Interval place);

  /**
   * Base codes 0-4 of a place, on the forward strand; the soft mask is not kept.
   *
   * @return [place.length()] codes; time is O(length)
   * @throws InputException if the place is not in the genome
   */
  default byte[] bases(Interval place) {
    return Letters.toCodes(letters(place));
  }

  /**
   * Writes base codes 0-4 of a place into an array.
   *
   * @param skipMasked whether soft-masked bases are N
   * @param into gets [place.length()] codes from {@code at} on
   * @throws InputException if the place is not in the genome
   */
  default void codes(Interval place, boolean skipMasked, byte[] into, int at) {
    byte[] letters = letters(place);
    byte[] table = skipMasked ? Letters.UNMASKED_CODES : Letters.CODES;
    for (int i = 0; i < letters.length; i++) {
      into[at + i] = table[letters[i]];
    }
  }

  /**
   * Refuses a place that is not in the genome; an alias such as chr1 for 1 is suggested, never
   * guessed.
   *
   * @param source the file that names the place
   * @param line its line, or 0
   */
  default void require(String source, long line, Interval place) {
    if (!has(place.contig())) {
      throw new InputException(
          source,
          line,
          "no contig '" + place.contig() + "' in " + name(),
          ContigNames.advice(place.contig(), contigs()));
    }
    int length = length(place.contig());
    if (place.end() > length) {
      throw new InputException(
          source,
          line,
          "ends at " + place.end() + ", past the end of " + place.contig() + " (" + length + ")",
          "is this the right assembly?");
    }
  }

  @Override
  void close();
}
