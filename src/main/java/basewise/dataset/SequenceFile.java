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

  /** Takes what a file holds, one after the other. */
  interface Reader {
    void sequence(LabelledSequence sequence);

    void region(Peak peak);
  }

  /**
   * Reads all of a file.
   *
   * @throws InputException if it is empty or of no known format
   */
  static SequenceFile read(String name, DatasetOptions options) {
    List<Peak> peaks = new ArrayList<>();
    List<LabelledSequence> sequences = new ArrayList<>();
    SequenceFile all =
        stream(
            name,
            options,
            new Reader() {
              @Override
              public void sequence(LabelledSequence sequence) {
                sequences.add(sequence);
              }

              @Override
              public void region(Peak peak) {
                peaks.add(peak);
              }
            });
    return new SequenceFile(
        all.format,
        all.format == Format.REGIONS ? peaks : null,
        all.tasks,
        sequences,
        all.tooShort);
  }

  /**
   * As above, without keeping what is read; only tables and flat files are held as a whole.
   *
   * @return all but the peaks and sequences, which went to the reader
   */
  static SequenceFile stream(String name, DatasetOptions options, Reader to) {
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
        return fasta(in, to);
      }
      if (first.startsWith("@")) {
        return fastq(in, first, options.trim(), to);
      }
      if (RecordFile.recognises(first)) {
        for (NamedSequence s : RecordFile.read(in, first)) {
          to.sequence(new LabelledSequence(s.id(), null, null, s.codes(), null, 0));
        }
        return passed(Format.RECORDS, List.of(), 0);
      }
      if (Peaks.recognises(first) || Peaks.recognisesName(name)) {
        Peaks.each(in, first, to::region);
        return passed(Format.REGIONS, List.of(), 0);
      }
      SequenceFile table = SequenceTable.read(in, first, options);
      table.sequences.forEach(to::sequence);
      return passed(table.format, table.tasks, 0);
    }
  }

  private static SequenceFile passed(Format format, List<String> tasks, long tooShort) {
    return new SequenceFile(format, null, tasks, List.of(), tooShort);
  }

  private static SequenceFile fasta(TextInput in, Reader to) {
    FastaReader reader = new FastaReader(in, true);
    for (NamedSequence s = reader.next(); s != null; s = reader.next()) {
      to.sequence(placed(s, reader.headerLine()));
    }
    return passed(Format.FASTA, List.of(), 0);
  }

  private static LabelledSequence placed(NamedSequence s, long line) {
    HeaderPlace place = HeaderPlace.of(s.id(), s.length());
    Interval exact = place == null ? null : place.exact();
    Interval locus = place == null ? null : place.locus();
    return new LabelledSequence(s.id(), exact, locus, s.codes(), null, line);
  }

  private static SequenceFile fastq(TextInput in, String first, int trim, Reader to) {
    FastqReader reader = new FastqReader(in, first);
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
      to.sequence(new LabelledSequence(s.id(), null, null, codes, null, in.line()));
    }
    return passed(Format.FASTQ, List.of(), tooShort);
  }
}
