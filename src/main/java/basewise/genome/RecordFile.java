package basewise.genome;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.biojava.nbio.core.exceptions.CompoundNotFoundException;
import org.biojava.nbio.core.sequence.DNASequence;
import org.biojava.nbio.core.sequence.compound.AmbiguityDNACompoundSet;
import org.biojava.nbio.core.sequence.compound.NucleotideCompound;
import org.biojava.nbio.core.sequence.io.DNASequenceCreator;
import org.biojava.nbio.core.sequence.io.GenbankReader;
import org.biojava.nbio.core.sequence.io.GenericGenbankHeaderParser;
import org.biojava.nbio.core.sequence.io.embl.EmblReader;
import org.biojava.nbio.core.sequence.io.embl.EmblRecord;
import org.jspecify.annotations.Nullable;

/**
 * Flat files of GenBank and EMBL, record by record, read by BioJava. Their lower case is a
 * convention of the format, not a soft mask.
 */
public final class RecordFile {
  private RecordFile() {}

  /** Whether a first line is that of GenBank or EMBL. */
  public static boolean recognises(String firstLine) {
    return firstLine.startsWith("LOCUS  ") || firstLine.startsWith("ID   ");
  }

  /**
   * Reads all records that remain.
   *
   * @param first the line last read from {@code in}: the first of the first record
   */
  public static List<NamedSequence> read(TextInput in, String first) {
    List<NamedSequence> out = new ArrayList<>();
    List<String> record = new ArrayList<>();
    long start = in.line();
    for (String line = first; line != null; line = in.readLine()) {
      if (record.isEmpty()) {
        if (line.isBlank()) {
          continue;
        }
        start = in.line();
      }
      record.add(line);
      if (line.startsWith("//")) {
        out.add(parse(in.name(), start, record));
        record.clear();
      }
    }
    if (!record.isEmpty()) {
      throw new InputException(
          in.name(), start, "the record does not end with '//'", "copy the file again");
    }
    return out;
  }

  /** All records as a genome in memory. */
  static MemoryGenome genome(String name) {
    try (TextInput in = TextInput.open(name)) {
      String first = in.readLine();
      while (first != null && first.isBlank()) {
        first = in.readLine();
      }
      if (first == null) {
        throw new InputException(name, "is empty", "give a genome");
      }
      MemoryGenome genome = new MemoryGenome(name, first.startsWith("LOCUS") ? "GenBank" : "EMBL");
      for (NamedSequence s : read(in, first)) {
        byte[] text = s.codes();
        for (int i = 0; i < text.length; i++) {
          text[i] = (byte) Dna.letter(text[i]);
        }
        genome.add(s.id(), text, 0);
      }
      return genome;
    }
  }

  private static NamedSequence parse(String name, long line, List<String> record) {
    String text = String.join("\n", record) + "\n";
    try {
      return record.getFirst().startsWith("LOCUS") ? genbank(text) : embl(text);
    } catch (IOException | CompoundNotFoundException | RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new InputException(
          name, line, "the record cannot be read: " + why, "is it a nucleotide record?", e);
    }
  }

  private static NamedSequence genbank(String text) throws IOException, CompoundNotFoundException {
    GenbankReader<DNASequence, NucleotideCompound> reader =
        new GenbankReader<>(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new GenericGenbankHeaderParser<>(),
            new DNASequenceCreator(AmbiguityDNACompoundSet.getDNACompoundSet()));
    DNASequence s = reader.process().values().iterator().next();
    String version = s.getAccession() == null ? "" : s.getAccession().getID();
    return sequence(version, s.getDescription(), s.getSequenceAsString());
  }

  /** BioJava's EMBL reader takes only a file, and of several records makes one. */
  private static NamedSequence embl(String text) throws IOException {
    Path file = Files.createTempFile("basewise", ".embl");
    try {
      Files.writeString(file, text);
      EmblRecord record = EmblReader.process(file.toFile());
      String id = record.getEmblId().getPrimaryAccession();
      return sequence(id, record.getSequenceDescription(), record.getSequence());
    } finally {
      Files.delete(file);
    }
  }

  private static NamedSequence sequence(String id, @Nullable String description, String bases) {
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("it has no sequence");
    }
    return new NamedSequence(
        id.isBlank() ? "seq" : id, description == null ? "" : description, Dna.encode(bases));
  }
}
