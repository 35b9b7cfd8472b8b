package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.ShortNumbers;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.WindowCounts;
import basewise.scan.device.SumTally;
import basewise.sequence.Strand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
  public SumTally tally() {
    return new SumTally() {
      @Override
      public boolean bySum() {
        return false;
      }

      @Override
      public void add(int oriented, int sum, long hits) {
        mine.get()[oriented] += hits;
      }
    };
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

  /** A table with a row per motif; see {@link MotifCount#HEADER}. */
  public byte[] table(WindowCounts windows) {
    return MotifCount.table(counts(windows));
  }

  /** What a table says of each motif; called after the scan. */
  List<MotifCount> counts(WindowCounts windows) {
    List<MotifCount> all = new ArrayList<>();
    for (int m = 0; m < motifs.size(); m++) {
      ScanMotif motif = motifs.get(m);
      Rows threshold = new Rows();
      int least = motif.cutoff(Strand.FORWARD);
      if (least <= motif.matrix(Strand.FORWARD).maximum()) {
        threshold.room(HitFields.ROOM);
        ShortNumbers.score(motif.matrix(Strand.FORWARD).bits(least), threshold);
      }
      Rows pvalue = new Rows();
      ShortNumbers.g(p(motif, Strand.FORWARD), 3, pvalue.room(HitFields.ROOM));
      all.add(
          new MotifCount(
              new String(HitFields.cell(motif.motif().id()), StandardCharsets.UTF_8),
              new String(HitFields.cell(motif.motif().name()), StandardCharsets.UTF_8),
              motif.width(),
              threshold.toString(),
              pvalue.toString(),
              p(motif, Strand.FORWARD) + (bothStrands ? p(motif, Strand.REVERSE) : 0),
              bothStrands,
              windows.of(motif.width()),
              hits(m, Strand.FORWARD),
              hits(m, Strand.REVERSE)));
    }
    return all;
  }
}
