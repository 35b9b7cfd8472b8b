package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.WindowCounts;
import basewise.sequence.Strand;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How many hits each motif has on each strand, and how many chance would give. */
public final class HitCounts implements HitSink<Integer> {
  private final List<ScanMotif> motifs;
  private final boolean bothStrands;
  private final Queue<long[]> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<long[]> mine;

  /** No hits yet. */
  public HitCounts(List<ScanMotif> motifs, boolean bothStrands) {
    this.motifs = motifs;
    this.bothStrands = bothStrands;
    mine =
        ThreadLocal.withInitial(() -> {
          long[] counts = new long[2 * motifs.size()];
          all.add(counts);
          return counts;
        });
  }

  @Override
  public boolean ordered() {
    return false;
  }

  @Override
  public Integer prepare(HitBlock hits) {
    long[] counts = mine.get();
    int n = hits.size();
    for (int i = 0; i < n; i++) {
      counts[hits.oriented(i)]++;
    }
    return n;
  }

  @Override
  public void write(Integer prepared) {}

  /** Hits of a motif on a strand; called after the scan. */
  public long hits(int motif, Strand strand) {
    return all.stream().mapToLong(c -> c[2 * motif + strand.ordinal()]).sum();
  }

  /** All hits; called after the scan. */
  public long hits() {
    long sum = 0;
    for (int m = 0; m < motifs.size(); m++) {
      sum += hits(m, Strand.FORWARD) + hits(m, Strand.REVERSE);
    }
    return sum;
  }

  /**
   * Hits that windows of independent background bases would have: windows x the p-value of each
   * scanned strand's cutoff.
   */
  public double expected(int motif, WindowCounts windows) {
    ScanMotif m = motifs.get(motif);
    double p = p(m, Strand.FORWARD) + (bothStrands ? p(m, Strand.REVERSE) : 0);
    return windows.of(m.width()) * p;
  }

  private static double p(ScanMotif motif, Strand strand) {
    return motif.distribution(strand).pvalue(motif.cutoff(strand));
  }

  /**
   * A table, one row per motif: id, other name, width, the threshold in bits (the smallest score
   * that is a hit; empty where none can be), its p-value, windows scored on each strand, hits on
   * both strands, hits expected by chance, and hits over expected.
   */
  public byte[] table(WindowCounts windows) {
    Rows out = new Rows();
    out.text(
        "motif_id\tmotif_alt_id\twidth\tthreshold\tpvalue\twindows\thits_plus\thits_minus\t"
            + "expected\tratio\n");
    for (int m = 0; m < motifs.size(); m++) {
      ScanMotif motif = motifs.get(m);
      byte[] id = HitFields.cell(motif.motif().id());
      byte[] name = HitFields.cell(motif.motif().name());
      out.room(id.length + name.length + HitFields.ROOM + 4 * Rows.NUMBER);
      out.put(id).put('\t').put(name).put('\t').put(motif.width()).put('\t');
      int least = motif.cutoff(Strand.FORWARD);
      if (least <= motif.matrix(Strand.FORWARD).maximum()) {
        ShortNumbers.score(motif.matrix(Strand.FORWARD).bits(least), out);
      }
      out.put('\t');
      ShortNumbers.g(p(motif, Strand.FORWARD), 3, out);
      long plus = hits(m, Strand.FORWARD);
      long minus = hits(m, Strand.REVERSE);
      double expected = expected(m, windows);
      out.put('\t').put(windows.of(motif.width())).put('\t').put(plus).put('\t').put(minus);
      out.put('\t');
      ShortNumbers.g(expected, 4, out);
      out.put('\t');
      if (expected > 0) {
        ShortNumbers.g((plus + minus) / expected, 4, out);
      }
      out.put('\n');
    }
    return out.toBytes();
  }
}
