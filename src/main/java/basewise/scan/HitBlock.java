package basewise.scan;

import basewise.genome.SequenceBlock;
import basewise.scan.device.FoundHits;
import basewise.scan.kernel.HitReceiver;
import basewise.sequence.Strand;
import java.util.Arrays;

/**
 * The hits of one block. A hit is one long, as {@link HitReceiver#pack} makes them of the start in
 * the block and {@code 2 * motif + strand} (0 forward, 1 reverse), so that sorting longs sorts hits
 * by start, motif and strand. Reused; filled by one thread.
 */
public final class HitBlock implements HitReceiver {
  private static final int BITS = HitReceiver.BITS;
  private static final int MASK = (1 << BITS) - 1;

  /** A bucket is 2^this starts. */
  private static final int BUCKET_BITS = 4;

  private SequenceBlock block;
  private long[] hits = new long[1 << 12];
  private int size;

  /** For sorting: where hits go, and where those of each bucket of starts go next. */
  private long[] spare = new long[0];

  private int[] next = new int[0];

  /** No hits yet in a block. */
  public HitBlock(SequenceBlock block) {
    this.block = block;
  }

  /** Forgets all hits; those to come are of another block. */
  void begin(SequenceBlock newBlock) {
    block = newBlock;
    size = 0;
  }

  /** Takes the hits of a block that a device found. */
  void take(SequenceBlock newBlock, FoundHits found, int at) {
    block = newBlock;
    size = found.size(at);
    if (hits.length < size) {
      hits = new long[size + size / 8];
    }
    found.copy(at, hits);
  }

  @Override
  public void add(int start, int oriented, int sum) {
    if (size == hits.length) {
      hits = Arrays.copyOf(hits, 2 * size);
    }
    hits[size++] = HitReceiver.pack(start, oriented, sum);
  }

  @Override
  public void add(long[] packed, int n) {
    if (n > hits.length - size) {
      hits = Arrays.copyOf(hits, Math.max(2 * hits.length, size + n));
    }
    System.arraycopy(packed, 0, hits, size, n);
    size += n;
  }

  /** Puts hits in order of start, motif, strand: first into buckets of starts, then each bucket. */
  public void sort() {
    int shift = 2 * BITS + BUCKET_BITS;
    int buckets = (block.length() >>> BUCKET_BITS) + 1;
    if (size < buckets / 8) {
      Arrays.sort(hits, 0, size);
      return;
    }
    if (next.length < buckets + 1) {
      next = new int[(block.capacity() >>> BUCKET_BITS) + 2];
    }
    if (spare.length < hits.length) {
      spare = new long[hits.length];
    }
    Arrays.fill(next, 0);
    for (int i = 0; i < size; i++) {
      next[(int) (hits[i] >>> shift) + 1]++;
    }
    for (int b = 0; b < buckets; b++) {
      next[b + 1] += next[b];
    }
    for (int i = 0; i < size; i++) {
      spare[next[(int) (hits[i] >>> shift)]++] = hits[i];
    }
    int from = 0;
    for (int b = 0; b < buckets; b++) {
      // A bucket's next place is by now where it ends.
      Arrays.sort(spare, from, next[b]);
      from = next[b];
    }
    long[] sorted = spare;
    spare = hits;
    hits = sorted;
  }

  /** The sequences. */
  public SequenceBlock block() {
    return block;
  }

  /** Number of hits. */
  public int size() {
    return size;
  }

  /** Where hit i starts in the block's codes. */
  public int start(int i) {
    return (int) (hits[i] >>> 2 * BITS);
  }

  /** 2 * motif + strand of hit i. */
  public int oriented(int i) {
    return (int) (hits[i] >>> BITS) & MASK;
  }

  /** The motif of hit i. */
  public int motif(int i) {
    return oriented(i) >>> 1;
  }

  /** The strand of hit i. */
  public Strand strand(int i) {
    return (oriented(i) & 1) == 0 ? Strand.FORWARD : Strand.REVERSE;
  }

  /** The sum of hit i. */
  public int sum(int i) {
    return (int) hits[i] & MASK;
  }

  /** Keeps hit i and no other that is not kept: for those that thin hits out, in order. */
  public void keep(int to, int from) {
    hits[to] = hits[from];
  }

  /** Forgets all but the first hits. */
  public void truncate(int newSize) {
    size = Math.min(size, newSize);
  }
}
