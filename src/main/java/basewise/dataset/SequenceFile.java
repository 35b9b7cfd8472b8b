package basewise.dataset;

import basewise.genome.FastaReader;
import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.sequence.NamedSequence;
import java.util.ArrayList;
import java.util.List;

/** A file of sequences in any format, recognised by its first line. */
final class SequenceFile {
  private SequenceFile() {}

  /**
   * Reads all sequences.
   *
   * @throws InputException if the file is empty or of no known format
   */
  static SequenceSet read(String name, DatasetOptions options) {
    try (TextInput in = TextInput.open(name)) {
      String first = firstLine(in);
      if (first.startsWith(">") || first.startsWith(";")) {
        return fasta(in);
      }
      return SequenceTable.read(in, first, options);
    }
  }

  static String firstLine(TextInput in) {
    String line = in.readLine();
    while (line != null && (line.isBlank() || line.startsWith("#"))) {
      line = in.readLine();
    }
    if (line == null) {
      throw new InputException(in.name(), "is empty", "give sequences or regions");
    }
    return line;
  }

  private static SequenceSet fasta(TextInput in) {
    FastaReader reader = new FastaReader(in, true);
    List<LabelledSequence> out = new ArrayList<>();
    for (NamedSequence s = reader.next(); s != null; s = reader.next()) {
      out.add(new LabelledSequence(s.id(), null, s.codes(), null, in.line()));
    }
    return new SequenceSet(List.of(), out);
  }
}
