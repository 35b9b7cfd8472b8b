package basewise.dataset;

import basewise.genome.FastaReader;
import basewise.genome.FastqReader;
import basewise.genome.Peak;
import basewise.genome.Peaks;
import basewise.genome.RecordFile;
import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.io.Wording;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file, recognised by its first line: regions (BED and its kin, also by their names),
 * or sequences (FASTA, FASTQ, GenBank, EMBL, or text with one per line).
 *
 * @param format what it is
 * @param peaks the regions, or null if it holds sequences
 * @param tasks names of the labels; empty if it has none
 * @param sequences the sequences in order; empty if it holds regions
 * @param tooShort reads dropped because they were shorter than {@code --trim}
 */
record SequenceFile(
    Format format,
    @Nullable List<Peak> peaks,
    List<String> tasks,
    List<LabelledSequence> sequences,
    long tooShort) {
  /** Kinds of files, as a person calls them. */
  enum Format {
    REGIONS("regions"),
    FASTA("FASTA"),
    FASTQ("FASTQ"),
    RECORDS("GenBank or EMBL"),
    TABLE("a table");

    final String words;

    Format(String words) {
      this.words = words;
    }
  }

  /**
   * Reads all of a file.
   *
   * @throws InputException if it is empty or of no known format
   */
  static SequenceFile read(String name, DatasetOptions options) {
    try (TextInput in = TextInput.open(name)) {
      String first = in.readLine();
      while (first != null && Peaks.isComment(first)) {
        first = in.readLine();
      }
      if (first == null) {
        throw new InputException(name, "is empty", "give sequences or regions");
      }
      if (first.startsWith("BAM\1")) {
        throw new InputException(name, "is BAM", "call peaks first, or write the reads as FASTQ");
      }
      if (first.length() > 3 && (first.startsWith("C'A") || first.startsWith("\u001aA'C"))) {
        throw new InputException(name, "is a 2bit genome", "give regions, and this as --genome");
      }
      if (first.startsWith(">") || first.startsWith(";")) {
        return fasta(in);
      }
      if (first.startsWith("@")) {
        return fastq(in, first, options.trim());
      }
      if (RecordFile.recognises(first)) {
        return sequences(RecordFile.read(in, first));
      }
      if (Peaks.recognises(first) || Peaks.recognisesName(name)) {
        return new SequenceFile(Format.REGIONS, Peaks.read(in, first), List.of(), List.of(), 0);
      }
      return SequenceTable.read(in, first, options);
    }
  }

  private static SequenceFile fasta(TextInput in) {
    FastaReader reader = new FastaReader(in, true);
    List<LabelledSequence> out = new ArrayList<>();
    for (NamedSequence s = reader.next(); s != null; s = reader.next()) {
      out.add(placed(s, reader.headerLine()));
    }
    return new SequenceFile(Format.FASTA, null, List.of(), out, 0);
  }

  private static SequenceFile sequences(List<NamedSequence> records) {
    List<LabelledSequence> out = new ArrayList<>();
    for (NamedSequence s : records) {
      out.add(new LabelledSequence(s.id(), null, null, s.codes(), null, 0));
    }
    return new SequenceFile(Format.RECORDS, null, List.of(), out, 0);
  }

  private static LabelledSequence placed(NamedSequence s, long line) {
    HeaderPlace place = HeaderPlace.of(s.id(), s.length());
    Interval exact = place == null ? null : place.exact();
    Interval locus = place == null ? null : place.locus();
    return new LabelledSequence(s.id(), exact, locus, s.codes(), null, line);
  }

  private static SequenceFile fastq(TextInput in, String first, int trim) {
    FastqReader reader = new FastqReader(in, first);
    List<LabelledSequence> out = new ArrayList<>();
    long tooShort = 0;
    int length = -1;
    for (NamedSequence s = reader.next(); s != null; s = reader.next()) {
      byte[] codes = s.codes();
      if (trim > 0) {
        if (codes.length < trim) {
          tooShort++;
          continue;
        }
        codes = Arrays.copyOf(codes, trim);
      } else if (length >= 0 && codes.length != length) {
        throw in.wrong(
            "read of " + Wording.count(codes.length, "base") + " among reads of " + length,
            "cut all to one length with --trim");
      }
      length = codes.length;
      out.add(new LabelledSequence(s.id(), null, null, codes, null, in.line()));
    }
    return new SequenceFile(Format.FASTQ, null, List.of(), out, tooShort);
  }
}
