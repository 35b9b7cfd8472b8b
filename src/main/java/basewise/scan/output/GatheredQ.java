package basewise.scan.output;

import basewise.io.TextInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Q-values from the counts of all parts: the arithmetic of {@link QValues}, over the sums that some
 * hit has. Sums that none has have no rank of their own, and a q-value not below that of the next
 * better one, so they change no other.
 */
final class GatheredQ {
  /** Hits of one sum of an oriented motif. */
  private static final class Bin {
    private final double p;
    private long hits;
    private double q;

    Bin(double p) {
      this.p = p;
    }
  }

  private final Map<Long, Bin> bins = new HashMap<>();

  private GatheredQ() {}

  /**
   * Adds up counts.
   *
   * @param tests of each motif
   * @param files what {@link HitHistogram#table} wrote, of each share of the bases
   */
  static GatheredQ of(List<Long> tests, List<Path> files) {
    GatheredQ all = new GatheredQ();
    Map<Integer, List<Bin>> byMotif = new TreeMap<>();
    for (Path file : files) {
      try (TextInput in = TextInput.open(file.toString())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] f = line.split("\t", -1);
          int oriented = Integer.parseInt(f[0]);
          long key = key(oriented, Integer.parseInt(f[1]));
          Bin bin = all.bins.get(key);
          if (bin == null) {
            bin = new Bin(Double.parseDouble(f[2]));
            all.bins.put(key, bin);
            byMotif.computeIfAbsent(oriented >>> 1, m -> new ArrayList<>()).add(bin);
          }
          bin.hits += Long.parseLong(f[3]);
        }
      }
    }
    byMotif.forEach((motif, some) -> adjust(some, tests.get(motif)));
    return all;
  }

  private static void adjust(List<Bin> bins, long tests) {
    bins.sort(Comparator.comparingDouble((Bin b) -> b.p));
    long rank = 0;
    for (int i = 0; i < bins.size(); ) {
      double p = bins.get(i).p;
      int end = i;
      while (end < bins.size() && bins.get(end).p == p) {
        rank += bins.get(end++).hits;
      }
      for (; i < end; i++) {
        bins.get(i).q = Math.min(1, p * tests / rank);
      }
    }
    double least = 1;
    for (Bin bin : bins.reversed()) {
      least = Math.min(least, bin.q);
      bin.q = least;
    }
  }

  private static long key(int oriented, int sum) {
    return (long) oriented << 32 | (sum & 0xffffffffL);
  }

  /** The q-value of a hit. */
  double of(int oriented, int sum) {
    Bin bin = bins.get(key(oriented, sum));
    if (bin == null) {
      throw new IllegalStateException("a row without its count");
    }
    return bin.q;
  }
}
