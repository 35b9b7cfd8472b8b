package basewise.genome;

import basewise.io.InputException;
import basewise.sequence.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A genome in FASTA, plain or bgzipped, read from the middle through its .fai (and .gzi). */
public final class FastaGenome implements Genome {
  private static final int CHUNK = 1 << 20;

  private final String name;
  private final String format;
  private final FastaBytes bytes;
  private final Map<String, FastaIndex.Entry> entries = new LinkedHashMap<>();
  private final List<Contig> contigs;

  FastaGenome(String name, String format, FastaBytes bytes, FastaIndex index) {
    this.name = name;
    this.format = format;
    this.bytes = bytes;
    index.entries().forEach(e -> entries.put(e.name(), e));
    this.contigs = index.entries().stream().map(e -> new Contig(e.name(), e.length())).toList();
  }

  /** The .fai that belongs to a FASTA file when it lies beside it. */
  static Path indexBeside(Path fasta) {
    return fasta.resolveSibling(fasta.getFileName() + ".fai");
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
    return contigs;
  }

  @Override
  public boolean has(String contig) {
    return entries.containsKey(contig);
  }

  @Override
  public int length(String contig) {
    return entry(contig).length();
  }

  @Override
  public byte[] letters(Interval place) {
    require(name, 0, place);
    byte[] out = new byte[place.length()];
    if (out.length == 0) {
      return out;
    }
    FastaIndex.Entry entry = entry(place.contig());
    long at = entry.byteOf(place.start());
    long end = entry.byteOf(place.end() - 1) + 1;
    byte[] chunk = new byte[(int) Math.min(CHUNK, end - at)];
    int filled = 0;
    while (at < end) {
      int n = (int) Math.min(chunk.length, end - at);
      read(at, chunk, n);
      for (int i = 0; i < n; i++) {
        byte b = chunk[i];
        if (b == '\n' || b == '\r') {
          continue;
        }
        byte letter = Letters.MASKED[b & 0xff];
        if (letter < 0 || filled == out.length) {
          throw stale();
        }
        out[filled++] = letter;
      }
      at += n;
    }
    if (filled < out.length) {
      throw stale();
    }
    return out;
  }

  @Override
  public void codes(Interval place, boolean skipMasked, byte[] into, int from) {
    require(name, 0, place);
    if (place.length() == 0) {
      return;
    }
    FastaIndex.Entry entry = entry(place.contig());
    byte[] table = skipMasked ? Letters.UNMASKED_CODES : Letters.CODES;
    long at = entry.byteOf(place.start());
    long end = entry.byteOf(place.end() - 1) + 1;
    byte[] chunk = new byte[(int) Math.min(CHUNK, end - at)];
    int filled = from;
    int most = from + place.length();
    while (at < end) {
      int n = (int) Math.min(chunk.length, end - at);
      read(at, chunk, n);
      int i = 0;
      while (i < n) {
        byte b = chunk[i];
        byte code = table[b & 0xff];
        if (b == '\n' || b == '\r') {
          i++;
          continue;
        }
        if (code < 0 || filled == most) {
          throw stale();
        }
        into[filled++] = code;
        i++;
        int more = BaseText.encode(chunk, i, n, into, filled, most, skipMasked);
        i += more;
        filled += more;
      }
      at += n;
    }
    if (filled < most) {
      throw stale();
    }
  }

  private void read(long at, byte[] chunk, int n) {
    try {
      bytes.read(at, chunk, n);
    } catch (IOException e) {
      throw new InputException(name, 0, "cannot be read: " + e.getMessage(), "copy it again", e);
    }
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputException stale() {
    return new InputException(
        name, "the .fai index is not of this FASTA", "delete the .fai to make it anew");
  }

  private FastaIndex.Entry entry(String contig) {
    FastaIndex.Entry entry = entries.get(contig);
    if (entry == null) {
      throw new InputException(
          name, "has no contig '" + contig + "'", ContigNames.advice(contig, contigs));
    }
    return entry;
  }
}
