package basewise.genome;

import basewise.io.InputException;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A genome held in memory, one byte a base: for files that cannot be read from the middle. */
public final class MemoryGenome implements Genome {
  private final String name;
  private final String format;
  private final Map<String, byte[]> letters = new LinkedHashMap<>();
  private final List<Contig> contigs = new ArrayList<>();

  MemoryGenome(String name, String format) {
    this.name = name;
    this.format = format;
  }

  /**
   * A genome of these sequences; for tests and small references.
   *
   * @throws InputException if two have the same id
   */
  public static MemoryGenome of(String name, List<NamedSequence> sequences) {
    MemoryGenome genome = new MemoryGenome(name, "memory");
    for (NamedSequence s : sequences) {
      byte[] text = s.codes().clone();
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) basewise.sequence.Dna.letter(text[i]);
      }
      genome.add(s.id(), text, 0);
    }
    return genome;
  }

  void add(String contig, byte[] text, long line) {
    if (letters.putIfAbsent(contig, text) != null) {
      throw new InputException(
          name, line, "a second contig is called '" + contig + "'", "rename one of them");
    }
    contigs.add(new Contig(contig, text.length));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public List<Contig> contigs() {
    return List.copyOf(contigs);
  }

  @Override
  public boolean has(String contig) {
    return letters.containsKey(contig);
  }

  @Override
  public int length(String contig) {
    return text(contig).length;
  }

  @Override
  public byte[] letters(Interval place) {
    require(name, 0, place);
    return Arrays.copyOfRange(text(place.contig()), place.start(), place.end());
  }

  @Override
  public void close() {}

  private byte[] text(String contig) {
    byte[] text = letters.get(contig);
    if (text == null) {
      throw new InputException(
          name, "has no contig '" + contig + "'", ContigNames.advice(contig, contigs));
    }
    return text;
  }
}
