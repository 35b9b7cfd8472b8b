package basewise.genome.track;

import basewise.io.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compressed blocks of a bigWig file and the R-tree over them. Source: Kent et al. (2010)
 * Bioinformatics 26:2204, supplement.
 */
final class BigWigBlocks {
  private static final int FANOUT = 256;
  private static final int MAGIC = 0x2468ACE0;
  private static final int HEADER = 48;
  private static final int LEAF_ITEM = 32;
  private static final int NODE_ITEM = 24;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private byte[] squeezed = new byte[1 << 15];
  private int n;
  private int[] startContig = new int[64];
  private int[] startBase = new int[64];
  private int[] endContig = new int[64];
  private int[] endBase = new int[64];
  private long[] offset = new long[64];
  private long[] size = new long[64];
  private long written;
  private int largest;

  /** Writes a block that covers some bases; its offset counts from the first block's. */
  void add(LittleEndian block, int contig, int start, int lastContig, int end, OutputStream out)
      throws IOException {
    if (n == offset.length) {
      startContig = Arrays.copyOf(startContig, 2 * n);
      startBase = Arrays.copyOf(startBase, 2 * n);
      endContig = Arrays.copyOf(endContig, 2 * n);
      endBase = Arrays.copyOf(endBase, 2 * n);
      offset = Arrays.copyOf(offset, 2 * n);
      size = Arrays.copyOf(size, 2 * n);
    }
    largest = Math.max(largest, block.size());
    deflater.reset();
    deflater.setInput(block.array(), 0, block.size());
    deflater.finish();
    int length = 0;
    while (!deflater.finished()) {
      if (length == squeezed.length) {
        squeezed = Arrays.copyOf(squeezed, 2 * length);
      }
      length += deflater.deflate(squeezed, length, squeezed.length - length);
    }
    out.write(squeezed, 0, length);
    startContig[n] = contig;
    startBase[n] = start;
    endContig[n] = lastContig;
    endBase[n] = end;
    offset[n] = written;
    size[n] = length;
    n++;
    written += length;
  }

  /** Bytes of all blocks. */
  long written() {
    return written;
  }

  /** Number of blocks. */
  int count() {
    return n;
  }

  /** Bytes of the largest block before it was compressed. */
  int largest() {
    return largest;
  }

  void close() {
    deflater.end();
  }

  /**
   * The R-tree.
   *
   * @param blocksAt where in the file the first block lies
   * @param at where the tree will lie
   */
  byte[] index(long blocksAt, long at, int itemsPerBlock) {
    LittleEndian out = new LittleEndian();
    out.u32(MAGIC).u32(FANOUT).u64(n);
    int[] whole = bounds(0, n);
    out.u32(whole[0]).u32(whole[1]).u32(whole[2]).u32(whole[3]);
    out.u64(blocksAt + written).u32(itemsPerBlock).u32(0);
    int levels = 0;
    for (long reach = FANOUT; reach < n; reach *= FANOUT) {
      levels++;
    }
    long below = at + HEADER;
    for (int level = levels; level >= 0; level--) {
      long step = 1; // blocks under one item of a node of this level
      for (int i = 0; i < level; i++) {
        step *= FANOUT;
      }
      int nodes = (int) Math.max(1, (n + step * FANOUT - 1) / (step * FANOUT));
      below += nodes * nodeSize(level);
      for (int node = 0; node < nodes; node++) {
        long from = node * step * FANOUT;
        int items = (int) Math.min(FANOUT, (n - from + step - 1) / step);
        out.u8(level == 0 ? 1 : 0).u8(0).u16(items);
        for (int i = 0; i < FANOUT; i++) {
          if (i >= items) {
            out.bytes(new byte[level == 0 ? LEAF_ITEM : NODE_ITEM]);
            continue;
          }
          int first = (int) (from + i * step);
          int[] b = bounds(first, (int) Math.min(n, first + step));
          out.u32(b[0]).u32(b[1]).u32(b[2]).u32(b[3]);
          if (level == 0) {
            out.u64(blocksAt + offset[first]).u64(size[first]);
          } else {
            out.u64(below + (from / step + i) * nodeSize(level - 1));
          }
        }
      }
    }
    return out.toBytes();
  }

  private static long nodeSize(int level) {
    return 4L + (long) FANOUT * (level == 0 ? LEAF_ITEM : NODE_ITEM);
  }

  /** Blocks lie in order, so the first and the last say where all of them are. */
  private int[] bounds(int from, int to) {
    if (from >= to) {
      return new int[4];
    }
    return new int[] {startContig[from], startBase[from], endContig[to - 1], endBase[to - 1]};
  }
}
