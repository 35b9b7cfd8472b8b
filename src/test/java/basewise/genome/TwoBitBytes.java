package basewise.genome;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Writes 2bit by its specification (genome.ucsc.edu/FAQ/FAQformat.html#format7). */
public final class TwoBitBytes {
  private TwoBitBytes() {}

  /**
   * The bytes of a file.
   *
   * @param contigs name to letters ACGTN in either case, in order
   * @param version 0 or 1 (offsets of 64 bits)
   */
  public static byte[] of(Map<String, byte[]> contigs, ByteOrder order, int version) {
    List<ByteBuffer> records = new ArrayList<>();
    int offset = 16;
    int total = 16;
    for (Map.Entry<String, byte[]> c : contigs.entrySet()) {
      ByteBuffer record = record(c.getValue(), order);
      records.add(record);
      int entry = 1 + c.getKey().length() + (version == 0 ? 4 : 8);
      offset += entry;
      total += entry + record.remaining();
    }
    ByteBuffer out = ByteBuffer.allocate(total).order(order);
    out.putInt(TwoBitGenome.SIGNATURE).putInt(version).putInt(contigs.size()).putInt(0);
    int i = 0;
    for (String name : contigs.keySet()) {
      out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
      if (version == 0) {
        out.putInt(offset);
      } else {
        out.putLong(offset);
      }
      offset += records.get(i++).remaining();
    }
    records.forEach(out::put);
    return out.array();
  }

  private static ByteBuffer record(byte[] letters, ByteOrder order) {
    int[][] n = runs(letters, c -> c == 'N' || c == 'n');
    int[][] mask = runs(letters, c -> c >= 'a');
    ByteBuffer out =
        ByteBuffer.allocate(16 + 8 * (n[0].length + mask[0].length) + (letters.length + 3) / 4)
            .order(order);
    out.putInt(letters.length);
    for (int[][] runs : List.of(n, mask)) {
      out.putInt(runs[0].length);
      Arrays.stream(runs[0]).forEach(out::putInt);
      Arrays.stream(runs[1]).forEach(out::putInt);
    }
    out.putInt(0);
    int at = out.position();
    for (int i = 0; i < letters.length; i++) {
      int base = Math.max(0, "TCAG".indexOf(Character.toUpperCase(letters[i])));
      out.put(at + i / 4, (byte) (out.get(at + i / 4) | base << 6 - 2 * (i % 4)));
    }
    return out.rewind();
  }

  /** Starts and sizes of the runs of some letters. */
  private static int[][] runs(byte[] letters, IntPredicate in) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < letters.length; i++) {
      if (in.test(letters[i])) {
        if (i == 0 || !in.test(letters[i - 1])) {
          starts.add(i);
          sizes.add(0);
        }
        sizes.set(sizes.size() - 1, sizes.getLast() + 1);
      }
    }
    return new int[][] {
      starts.stream().mapToInt(Integer::intValue).toArray(),
      sizes.stream().mapToInt(Integer::intValue).toArray()
    };
  }
}
