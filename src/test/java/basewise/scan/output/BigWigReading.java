package basewise.scan.output;

import basewise.genome.Contig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads bigWig through its own trees, as the format's paper describes them. */
final class BigWigReading {
  private final ByteBuffer file;
  private final List<Contig> contigs = new ArrayList<>();
  private final List<Integer> ids = new ArrayList<>();

  BigWigReading(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (file.getInt(0) != 0x888FFC26 || file.getInt(bytes.length - 4) != 0x888FFC26) {
      throw new IllegalStateException("not bigWig");
    }
    int tree = (int) file.getLong(8);
    if (file.getInt(tree) != 0x78CA8C91) {
      throw new IllegalStateException("no tree of contigs");
    }
    names(tree + 32, file.getInt(tree + 8));
  }

  private void names(int node, int key) {
    boolean leaf = file.get(node) == 1;
    for (int i = 0; i < file.getShort(node + 2); i++) {
      int at = node + 4 + i * (key + 8);
      if (!leaf) {
        names((int) file.getLong(at + key), key);
        continue;
      }
      byte[] name = new byte[key];
      file.get(at, name);
      contigs.add(
          new Contig(new String(name, StandardCharsets.UTF_8).trim(), file.getInt(at + key + 4)));
      ids.add(file.getInt(at + key));
    }
  }

  List<Contig> contigs() {
    return contigs;
  }

  long covered() {
    return file.getLong(summary());
  }

  double sum() {
    return file.getDouble(summary() + 24);
  }

  private int summary() {
    return (int) file.getLong(44);
  }

  int levels() {
    return file.getShort(6);
  }

  /** The bases that the records of a level of zoom say are covered. */
  long zoomCovered(int level) {
    int head = 64 + 24 * level;
    long covered = 0;
    for (int[] block : blocks((int) file.getLong(head + 16), -1, 0, 0)) {
      ByteBuffer data = inflated(block);
      while (data.hasRemaining()) {
        covered += data.getInt(data.position() + 12);
        data.position(data.position() + 32);
      }
    }
    return covered;
  }

  /** Runs that overlap [start, end), as text. */
  List<String> runs(String contig, int start, int end) {
    int id = -1;
    for (int i = 0; i < contigs.size(); i++) {
      if (contigs.get(i).name().equals(contig)) {
        id = ids.get(i);
      }
    }
    List<String> runs = new ArrayList<>();
    for (int[] block : blocks((int) file.getLong(24), id, start, end)) {
      ByteBuffer data = inflated(block);
      if (data.getInt(0) != id || data.get(20) != 1) {
        throw new IllegalStateException("the index leads to another contig");
      }
      for (int i = 0; i < data.getShort(22); i++) {
        int at = 24 + 12 * i;
        if (data.getInt(at) < end && data.getInt(at + 4) > start) {
          runs.add(data.getInt(at) + "-" + data.getInt(at + 4) + " " + data.getFloat(at + 8));
        }
      }
    }
    return runs;
  }

  /** Blocks that may overlap, as offset and size; all of them if the contig is -1. */
  private List<int[]> blocks(int index, int contig, int start, int end) {
    if (file.getInt(index) != 0x2468ACE0) {
      throw new IllegalStateException("no index");
    }
    List<int[]> found = new ArrayList<>();
    node(index + 48, contig, start, end, found);
    return found;
  }

  private void node(int at, int contig, int start, int end, List<int[]> found) {
    boolean leaf = file.get(at) == 1;
    int size = leaf ? 32 : 24;
    for (int i = 0; i < file.getShort(at + 2); i++) {
      int item = at + 4 + i * size;
      boolean before = before(contig, end, file.getInt(item), file.getInt(item + 4) + 1);
      boolean after = before(file.getInt(item + 8), file.getInt(item + 12), contig, start + 1);
      if (contig >= 0 && (before || after)) {
        continue;
      }
      if (leaf) {
        found.add(new int[] {(int) file.getLong(item + 16), (int) file.getLong(item + 24)});
      } else {
        node((int) file.getLong(item + 16), contig, start, end, found);
      }
    }
  }

  private static boolean before(int contigA, int a, int contigB, int b) {
    return contigA != contigB ? contigA < contigB : a < b;
  }

  private ByteBuffer inflated(int[] block) {
    Inflater inflater = new Inflater();
    inflater.setInput(file.array(), block[0], block[1]);
    byte[] out = new byte[file.getInt(52)];
    try {
      int n = inflater.inflate(out);
      if (!inflater.finished()) {
        throw new IllegalStateException("a block is larger than the header says");
      }
      return ByteBuffer.wrap(out, 0, n).order(ByteOrder.LITTLE_ENDIAN);
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    } finally {
      inflater.end();
    }
  }
}
