package basewise.bench;

import basewise.genome.SequenceBlock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link MarkovGenome} to a file, for whole processes: 2bit where its name ends in .2bit,
 * else FASTA with lines of 60 bases.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java ...
 * basewise.bench.MarkovGenomeFile FILE [SCALE]}; a scale of 1 is hg38's size.
 */
public final class MarkovGenomeFile {
  private static final int SIGNATURE = 0x1A412743;
  private static final int LINE = 60;

  /** UCSC's order of bases is T, C, A, G. */
  private static final byte[] UCSC = {2, 1, 3, 0, 0};

  private final SequenceBlock block = new SequenceBlock(1 << 20);
  private final MarkovGenome genome;
  private final List<Contig> contigs = new ArrayList<>();

  private MarkovGenomeFile(double scale) {
    genome = new MarkovGenome(1, scale, 0);
  }

  /** Writes a genome. */
  public static void main(String[] args) throws IOException {
    double scale = args.length > 1 ? Double.parseDouble(args[1]) : 1;
    MarkovGenomeFile file = new MarkovGenomeFile(scale);
    Path to = Path.of(args[0]);
    if (args[0].endsWith(".2bit")) {
      file.twoBit(to);
    } else {
      file.fasta(to);
    }
  }

  private void fasta(Path to) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
      byte[] letters = {'A', 'C', 'G', 'T', 'N'};
      int column = 0;
      while (genome.next(block)) {
        for (int p = 0; p < block.pieces(); p++) {
          if (block.start(p) == 0) {
            out.write((column > 0 ? "\n>" : ">").getBytes(StandardCharsets.US_ASCII));
            out.write((block.name(p) + "\n").getBytes(StandardCharsets.US_ASCII));
            column = 0;
          }
          for (int i = block.offset(p); i < block.end(p); i++) {
            if (column == LINE) {
              out.write('\n');
              column = 0;
            }
            out.write(letters[block.codes()[i]]);
            column++;
          }
        }
      }
      out.write('\n');
    }
  }

  private void twoBit(Path to) throws IOException {
    while (genome.next(block)) {
      for (int p = 0; p < block.pieces(); p++) {
        if (block.start(p) == 0) {
          contigs.add(new Contig(block.name(p)));
        }
        Contig contig = contigs.get(contigs.size() - 1);
        for (int i = block.offset(p); i < block.end(p); i++) {
          contig.add(block.codes()[i]);
        }
      }
    }
    int index = 16;
    for (Contig c : contigs) {
      index += 1 + c.name.length() + 4;
    }
    ByteBuffer head = buffer(index).putInt(SIGNATURE).putInt(0).putInt(contigs.size()).putInt(0);
    long at = index;
    for (Contig c : contigs) {
      head.put((byte) c.name.length()).put(c.name.getBytes(StandardCharsets.US_ASCII));
      head.putInt(Math.toIntExact(at));
      at += c.bytes();
    }
    Files.deleteIfExists(to);
    try (RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
      out.write(head.array());
      for (Contig c : contigs) {
        out.write(c.header().array());
        out.write(c.packed, 0, (c.length + 3) / 4);
      }
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One contig as a record of a 2bit file. */
  private static final class Contig {
    final String name;
    byte[] packed = new byte[1 << 16];
    int length;

    /** Starts and ends of runs of N, in turn. */
    final List<Integer> unknown = new ArrayList<>();

    Contig(String name) {
      this.name = name;
    }

    void add(byte code) {
      if (length / 4 == packed.length) {
        packed = Arrays.copyOf(packed, 2 * packed.length);
      }
      packed[length / 4] |= (byte) (UCSC[code] << 6 - 2 * (length % 4));
      if (code > 3) {
        int last = unknown.size() - 1;
        if (last > 0 && unknown.get(last) == length) {
          unknown.set(last, length + 1);
        } else {
          unknown.add(length);
          unknown.add(length + 1);
        }
      }
      length++;
    }

    long bytes() {
      return 16 + 4L * unknown.size() + (length + 3) / 4;
    }

    ByteBuffer header() {
      ByteBuffer b = buffer(16 + 4 * unknown.size()).putInt(length).putInt(unknown.size() / 2);
      for (int i = 0; i < unknown.size(); i += 2) {
        b.putInt(unknown.get(i));
      }
      for (int i = 0; i < unknown.size(); i += 2) {
        b.putInt(unknown.get(i + 1) - unknown.get(i));
      }
      return b.putInt(0).putInt(0);
    }
  }
}
