package basewise.genome.track;

import basewise.genome.Contig;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs as bigWig, version 4, as they come: data blocks go to the file, sums for the views from afar
 * to temporary files beside it, and the head of the file is written last. Memory: the index, 40
 * bytes per 512 runs. Source: Kent et al. (2010) Bioinformatics 26:2204, supplement.
 */
public final class BigWigWriter implements TrackWriter {
  private static final int PER_BLOCK = 512;
  private static final int LEVELS = 8;
  private static final int FIRST_REDUCTION = 64;
  private static final int STEP = 4;
  private static final int HEADER = 64;
  private static final int SUMMARY_AT = HEADER + 24 * LEVELS;
  private static final int DATA_AT = SUMMARY_AT + 40;
  private static final int MAGIC = 0x888FFC26;
  private static final int TREE_MAGIC = 0x78CA8C91;
  private static final int FANOUT = 256;

  private final AtomicOutput file;
  private final Path path;
  private final String name;
  private final List<Contig> contigs;
  private final Map<String, Integer> ids = new HashMap<>();
  private final BigWigBlocks blocks = new BigWigBlocks();
  private final List<BigWigZoom> zooms = new ArrayList<>();
  private final LittleEndian items = new LittleEndian();
  private final LittleEndian block = new LittleEndian();
  private int inBlock;
  private int contig = -1;
  private int blockStart;
  private int blockEnd;
  private long lastEnd;
  private long covered;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;

  /** Ids of contigs are their places in the list, in which order runs must come. */
  public BigWigWriter(Path path, List<Contig> all) {
    this.path = path;
    name = path.toString();
    contigs = all;
    for (Contig c : all) {
      ids.putIfAbsent(c.name(), ids.size());
    }
    if (ids.size() != all.size()) {
      throw new InputException(name, "two contigs have the same name", "rename one");
    }
    if (AtomicOutput.isDevice(path)) {
      throw new InputException(
          name, "is no file: bigWig is not written in one go", "name a file or write bedGraph");
    }
    file = AtomicOutput.to(path);
    try {
      int reduction = FIRST_REDUCTION;
      for (int i = 0; i < LEVELS; i++, reduction *= STEP) {
        zooms.add(new BigWigZoom(reduction, path));
      }
      file.stream().write(new byte[DATA_AT + 8]);
    } catch (IOException e) {
      close();
      throw AtomicOutput.cannotWrite(path, e);
    }
  }

  @Override
  public void run(String contigName, long start, long end, float value) {
    Integer id = ids.get(contigName);
    if (id == null || end > contigs.get(id).length()) {
      throw new InputException(
          name,
          "cannot be written: " + contigName + ":" + end + " is outside all contigs of the genome",
          "write bedGraph");
    }
    if (id < contig || id == contig && start < lastEnd) {
      throw new InputException(
          name, "cannot be written: sequences are not in the genome's order", "sort the input");
    }
    try {
      if (id != contig || inBlock == PER_BLOCK) {
        flushBlock();
      }
      contig = id;
      lastEnd = end;
      if (inBlock == 0) {
        blockStart = (int) start;
      }
      blockEnd = (int) end;
      items.u32(start).u32(end).f32(value);
      inBlock++;
      for (BigWigZoom zoom : zooms) {
        zoom.add(id, (int) start, (int) end, value);
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    long bases = end - start;
    covered += bases;
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += (double) value * bases;
    squares += (double) value * value * bases;
  }

  private void flushBlock() throws IOException {
    if (inBlock == 0) {
      return;
    }
    block.clear();
    block.u32(contig).u32(blockStart).u32(blockEnd).u32(0).u32(0).u8(1).u8(0).u16(inBlock);
    block.bytes(items.toBytes());
    items.clear();
    blocks.add(block, contig, blockStart, contig, blockEnd, file.stream());
    inBlock = 0;
  }

  @Override
  public void commit() {
    try {
      flushBlock();
      OutputStream out = file.stream();
      long at = DATA_AT + 8 + blocks.written();
      long indexAt = at;
      int largest = blocks.largest();
      byte[] index = blocks.index(DATA_AT + 8, indexAt, PER_BLOCK);
      out.write(index);
      at += index.length;
      LittleEndian levels = new LittleEndian();
      int used = 0;
      for (BigWigZoom zoom : zooms) {
        BigWigBlocks sums = zoom.finish();
        largest = Math.max(largest, sums.largest());
        if (sums.count() == 0) {
          continue;
        }
        used++;
        out.write(new LittleEndian().u32(sums.count()).toBytes());
        zoom.copyTo(out);
        long zoomIndexAt = at + 4 + sums.written();
        byte[] zoomIndex = sums.index(at + 4, zoomIndexAt, BigWigZoom.PER_BLOCK);
        out.write(zoomIndex);
        levels.u32(zoom.reduction()).u32(0).u64(at).u64(zoomIndexAt);
        at = zoomIndexAt + zoomIndex.length;
      }
      out.write(contigTree(at));
      out.write(new LittleEndian().u32(MAGIC).toBytes());
      file.seal();
      file.patch(0, head(used, at, indexAt, largest, levels));
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
    file.commit();
  }

  private byte[] head(int used, long treeAt, long indexAt, int largest, LittleEndian levels) {
    LittleEndian head = new LittleEndian();
    head.u32(MAGIC).u16(4).u16(used).u64(treeAt).u64(DATA_AT).u64(indexAt);
    head.u16(0).u16(0).u64(0).u64(SUMMARY_AT).u32(largest).u64(0);
    head.bytes(Arrays.copyOf(levels.toBytes(), 24 * LEVELS));
    head.u64(covered).f64(covered == 0 ? 0 : least).f64(covered == 0 ? 0 : most);
    head.f64(sum).f64(squares).u64(blocks.count());
    return head.toBytes();
  }

  /** Names in order, with id and length: a tree of one or two levels. */
  private byte[] contigTree(long at) {
    List<Contig> sorted = new ArrayList<>(contigs);
    sorted.sort((a, b) ->
        Arrays.compareUnsigned(
            a.name().getBytes(StandardCharsets.UTF_8), b.name().getBytes(StandardCharsets.UTF_8)));
    int key = 1;
    for (Contig c : sorted) {
      key = Math.max(key, c.name().getBytes(StandardCharsets.UTF_8).length);
    }
    int n = sorted.size();
    int fanout = Math.min(Math.max(1, n), FANOUT);
    while ((long) fanout * fanout < n) {
      fanout *= 2;
    }
    int leaves = Math.max(1, (n + fanout - 1) / fanout);
    LittleEndian out = new LittleEndian();
    out.u32(TREE_MAGIC).u32(fanout).u32(key).u32(8).u64(n).u64(0);
    long nodeSize = 4 + (long) fanout * (key + 8);
    if (leaves > 1) {
      long first = at + 32 + nodeSize;
      out.u8(0).u8(0).u16(leaves);
      for (int i = 0; i < fanout; i++) {
        String text = i < leaves ? sorted.get(i * fanout).name() : "";
        out.bytes(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), key));
        out.u64(i < leaves ? first + i * nodeSize : 0);
      }
    }
    for (int leaf = 0; leaf < leaves; leaf++) {
      int from = leaf * fanout;
      out.u8(1).u8(0).u16(Math.min(fanout, n - from));
      for (int i = from; i < from + fanout; i++) {
        Contig c = i < n ? sorted.get(i) : new Contig("", 0);
        out.bytes(Arrays.copyOf(c.name().getBytes(StandardCharsets.UTF_8), key));
        out.u32(i < n ? ids.getOrDefault(c.name(), 0) : 0).u32(c.length());
      }
    }
    return out.toBytes();
  }

  @Override
  public void close() {
    try {
      file.close();
      blocks.close();
      for (BigWigZoom zoom : zooms) {
        zoom.close();
      }
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(path, e);
    }
  }
}
