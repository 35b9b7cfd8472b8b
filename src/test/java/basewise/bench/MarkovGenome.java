package basewise.bench;

import basewise.genome.BlockSource;
import basewise.genome.Contig;
import basewise.genome.SequenceBlock;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A genome that is made as it is read: the chromosome lengths of hg38, runs of N at both ends and
 * in the middle of each, and between them a first-order Markov chain with the dinucleotides of
 * human, CpG rare. The bases depend on seed and place only, not on blocks or threads: each cell of
 * 4,096 bases has its own generator, and each half of it begins with a base of the chain's own
 * distribution.
 */
public final class MarkovGenome implements BlockSource {
  private static final String[] NAMES = {
    "chr1", "chr2", "chr3", "chr4", "chr5", "chr6", "chr7", "chr8", "chr9", "chr10", "chr11",
    "chr12", "chr13", "chr14", "chr15", "chr16", "chr17", "chr18", "chr19", "chr20", "chr21",
    "chr22", "chrX", "chrY"
  };

  /** GRCh38, in the order above: 3,088,269,832 bases. */
  private static final int[] LENGTHS = {
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636,
    138394717, 133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345,
    83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895, 57227415
  };

  /** Frequencies of dinucleotides in human, per thousand: rows and columns A C G T. */
  private static final double[][] PAIRS = {
    {98, 50, 70, 77}, {73, 52, 10, 70}, {59, 43, 52, 50}, {66, 59, 73, 98}
  };

  private static final int TELOMERE = 10_000;
  private static final int CENTROMERE = 3_000_000;
  private static final int CELL = 1 << 12;

  /** Four bases from 16 random bits: their codes, the first lowest, after each base. */
  private static final int[] NEXT = table();

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed;
  private final double scale;
  private final int overlap;
  private final int[] lengths = new int[LENGTHS.length];
  private int contig;
  private int place;
  private long blocks;

  /**
   * A genome.
   *
   * @param scale how long its chromosomes are, as a part of hg38's
   * @param overlap bases that blocks share
   */
  public MarkovGenome(long seed, double scale, int overlap) {
    this.seed = seed;
    this.scale = scale;
    this.overlap = overlap;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = (int) Math.max(1, Math.round(scale * LENGTHS[i]));
    }
  }

  private static int[] table() {
    int[] next = new int[4 << 16];
    for (int before = 0; before < 4; before++) {
      double sum = 0;
      int at = 0;
      for (int word = 0; word < 256; word++) {
        double p = 1;
        int last = before;
        int codes = 0;
        for (int i = 0; i < 4; i++) {
          int base = word >> 6 - 2 * i & 3;
          p *= PAIRS[last][base] / Arrays.stream(PAIRS[last]).sum();
          codes |= base << 8 * i;
          last = base;
        }
        sum += p;
        int end = word == 255 ? 1 << 16 : (int) Math.round(sum * (1 << 16));
        Arrays.fill(next, before << 16 | at, (before << 16) + end, codes);
        at = end;
      }
    }
    return next;
  }

  @Override
  public boolean next(SequenceBlock block) {
    int first = plan(block);
    for (int p = 0; p < block.pieces(); p++) {
      fill(first + p, (int) block.start(p), block.codes(), block.offset(p), block.end(p));
    }
    return block.pieces() > 0;
  }

  /** Shares out places; the bases are made outside the lock. */
  private synchronized int plan(SequenceBlock block) {
    block.clear(blocks);
    int first = contig;
    while (contig < lengths.length) {
      int left = lengths[contig] - place;
      int n = Math.min(left, block.room());
      boolean ends = n == left;
      if (!ends && n <= overlap) {
        break;
      }
      block.add(NAMES[contig], contig, place, n, ends, overlap);
      if (!ends) {
        place += n - overlap;
        break;
      }
      contig++;
      place = 0;
    }
    block.finish();
    if (block.pieces() > 0) {
      blocks++;
    }
    return first;
  }

  private void fill(int number, int start, byte[] codes, int from, int end) {
    byte[] cell = new byte[CELL];
    int length = lengths[number];
    int at = from;
    int base = start;
    while (at < end) {
      int inCell = base % CELL;
      int n = Math.min(CELL - inCell, end - at);
      make(number, base / CELL, cell);
      System.arraycopy(cell, inCell, codes, at, n);
      at += n;
      base += n;
    }
    int telomere = (int) Math.ceil(scale * TELOMERE);
    int centromere = (int) (0.4 * length);
    unknown(0, telomere, start, codes, from, end);
    unknown(length - telomere, length, start, codes, from, end);
    unknown(centromere, centromere + (int) Math.ceil(scale * CENTROMERE), start, codes, from, end);
  }

  /** Writes N over places [a, b) of a chromosome where codes[from, end) begin at {@code start}. */
  private static void unknown(int a, int b, int start, byte[] codes, int from, int end) {
    int left = Math.max(from, from + a - start);
    int right = (int) Math.min(end, from + (long) b - start);
    if (left < right) {
      Arrays.fill(codes, left, right, Dna.N);
    }
  }

  /** Makes a cell: its two halves side by side, for neither waits for the other. */
  private void make(int number, int index, byte[] cell) {
    var random = Seeds.generator(seed, (long) number << 32 | index);
    int one = stationary(random.nextInt(1000));
    int two = stationary(random.nextInt(1000));
    for (int i = 0; i < CELL / 2; i += 8) {
      long bits = random.nextLong();
      for (int j = 0; j < 8; j += 4) {
        int a = NEXT[one << 16 | (int) (bits & 0xffff)];
        int b = NEXT[two << 16 | (int) (bits >>> 16 & 0xffff)];
        INTS.set(cell, i + j, a);
        INTS.set(cell, CELL / 2 + i + j, b);
        one = a >>> 24;
        two = b >>> 24;
        bits >>>= 32;
      }
    }
  }

  private static int stationary(int perThousand) {
    return perThousand < 295 ? 0 : perThousand < 500 ? 1 : perThousand < 704 ? 2 : 3;
  }

  @Override
  public long bases() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  @Override
  public Optional<List<Contig>> contigs() {
    List<Contig> all = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      all.add(new Contig(NAMES[i], lengths[i]));
    }
    return Optional.of(all);
  }

  @Override
  public void close() {}
}
