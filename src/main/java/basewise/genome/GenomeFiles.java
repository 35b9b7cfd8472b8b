package basewise.genome;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.sequence.NamedSequence;
import htsjdk.samtools.SAMException;
import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.samtools.util.GZIIndex;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Recognises what kind of genome a file is and opens it. */
final class GenomeFiles {
  private GenomeFiles() {}

  static Genome open(String name, Consumer<String> remark) {
    if (name.equals("-")) {
      return inMemory(name, "FASTA");
    }
    Path path = Path.of(name);
    try {
      if (Files.isDirectory(path)) {
        throw new InputException(name, "is a folder", "name a file");
      }
      byte[] head = head(path);
      if (head.length == 0) {
        throw new InputException(name, "is empty", "give a genome");
      }
      if (name.endsWith(".2bit") || isTwoBit(head)) {
        return TwoBitGenome.open(name);
      }
      String start = firstLetters(name);
      if (start.startsWith("LOCUS") || start.startsWith("ID ")) {
        return RecordFile.genome(name);
      }
      if (!start.startsWith(">") && !start.startsWith(";")) {
        throw new InputException(
            name, 1, "is no genome that can be read", "give FASTA, 2bit, GenBank or EMBL");
      }
      boolean gzip = head.length > 1 && head[0] == (byte) 0x1f && head[1] == (byte) 0x8b;
      if (gzip && !isBgzip(path)) {
        return gzipped(name, path, remark);
      }
      return indexed(name, path, gzip, remark);
    } catch (NoSuchFileException e) {
      throw new InputException(name, 0, "no such file", "check the path", e);
    } catch (IOException | SAMException e) {
      throw new InputException(
          name, 0, "cannot be read: " + e.getMessage(), "copy or compress it again", e);
    }
  }

  private static Genome indexed(String name, Path path, boolean bgzip, Consumer<String> remark)
      throws IOException {
    GZIIndex gzi = bgzip ? blockIndex(name, path, remark) : null;
    IndexPlaces places = new IndexPlaces(path, FastaGenome.indexBeside(path));
    Path known = places.existing(remark);
    FastaIndex index = known == null ? null : FastaIndex.read(known);
    if (known != null && (index == null || (!bgzip && index.end() > Files.size(path)))) {
      remark.accept(known + " is not an index of " + name + "; made anew");
      index = null;
    }
    if (index == null) {
      try (InputStream in =
          bgzip ? new BlockCompressedInputStream(path) : Files.newInputStream(path)) {
        index = FastaIndex.build(name, in);
      }
      if (index == null) {
        remark.accept(name + " has lines of unequal length and is held in memory");
        return inMemory(name, "FASTA");
      }
      places.write(index::write);
    }
    if (gzi != null) {
      return new FastaGenome(name, "FASTA, bgzip", FastaBytes.Bgzipped.open(path, gzi), index);
    }
    return new FastaGenome(name, "FASTA", FastaBytes.Plain.open(path), index);
  }

  private static GZIIndex blockIndex(String name, Path path, Consumer<String> remark)
      throws IOException {
    IndexPlaces places =
        new IndexPlaces(path, path.resolveSibling(path.getFileName() + GZIIndex.DEFAULT_EXTENSION));
    Path known = places.existing(remark);
    if (known != null) {
      try {
        return GZIIndex.loadIndex(known);
      } catch (IOException | RuntimeException e) {
        remark.accept(known + " is not an index of " + name + "; made anew");
      }
    }
    GZIIndex index = GZIIndex.buildIndex(path);
    places.write(target -> {
      try (var out = basewise.io.AtomicOutput.to(target)) {
        index.writeIndex(out.stream());
        out.commit();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
    return index;
  }

  private static Genome gzipped(String name, Path path, Consumer<String> remark)
      throws IOException {
    long free = Runtime.getRuntime().maxMemory();
    if (Files.size(path) * 4 > free / 2) { // DNA text shrinks about fourfold
      throw new InputException(
          name,
          "is gzip, which cannot be read from the middle, and too large for memory",
          "gunzip it, then use it plain or compress it with bgzip");
    }
    if (Files.size(path) > (64 << 20)) {
      remark.accept(name + " is gzip, not bgzip, and is held in memory");
    }
    return inMemory(name, "FASTA, gzip");
  }

  static MemoryGenome inMemory(String name, String format) {
    MemoryGenome genome = new MemoryGenome(name, format);
    try (TextInput in = TextInput.open(name)) {
      FastaReader reader = new FastaReader(in, false, Letters.MASKED);
      for (NamedSequence s = reader.next(); s != null; s = reader.next()) {
        genome.add(s.id(), s.codes(), reader.headerLine());
      }
    }
    if (genome.contigs().isEmpty()) {
      throw new InputException(name, "is empty", "give a genome");
    }
    return genome;
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4);
    }
  }

  private static boolean isTwoBit(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    int little = java.nio.ByteBuffer.wrap(head).getInt();
    return little == TwoBitGenome.SIGNATURE
        || Integer.reverseBytes(little) == TwoBitGenome.SIGNATURE;
  }

  /** The first line that is not blank, for its first letters. */
  private static String firstLetters(String name) {
    try (TextInput in = TextInput.open(name)) {
      while (in.readLineBytes()) {
        String start = new String(in.bytes(), 0, Math.min(in.length(), 16), ISO).strip();
        if (!start.isEmpty()) {
          return start;
        }
      }
      throw new InputException(name, "is empty", "give a genome");
    }
  }

  private static boolean isBgzip(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return BlockCompressedInputStream.isValidFile(in);
    }
  }

  private static final java.nio.charset.Charset ISO = java.nio.charset.StandardCharsets.ISO_8859_1;
}
