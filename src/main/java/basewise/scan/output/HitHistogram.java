package basewise.scan.output;

import basewise.io.Rows;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.WindowCounts;
import basewise.scan.device.SumTally;
import basewise.sequence.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * How many hits each motif has of each sum, on each strand: all that q-values need. 8 bytes per sum
 * from the cutoff to the largest, about 7 MB for 1,019 motifs of JASPAR at p 1e-4.
 */
public final class HitHistogram implements HitSink<Integer> {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final List<ScanMotif> motifs;
  private final boolean bothStrands;
  private final long[][] counts;
  private final int[] cutoff;

  /** No hits yet. */
  public HitHistogram(List<ScanMotif> motifs, boolean bothStrands) {
    this.motifs = motifs;
    this.bothStrands = bothStrands;
    counts = new long[2 * motifs.size()][];
    cutoff = new int[counts.length];
    for (int o = 0; o < counts.length; o++) {
      ScanMotif motif = motifs.get(o >>> 1);
      Strand strand = Strand.values()[o & 1];
      cutoff[o] = motif.cutoff(strand);
      boolean scanned = bothStrands || strand == Strand.FORWARD;
      counts[o] =
          new long[scanned ? Math.max(0, motif.matrix(strand).maximum() - cutoff[o] + 1) : 0];
    }
  }

  @Override
  public boolean ordered() {
    return false;
  }

  @Override
  public Integer prepare(HitBlock hits) {
    for (int i = 0; i < hits.size(); i++) {
      int o = hits.oriented(i);
      long _ = (long) CELL.getAndAdd(counts[o], hits.sum(i) - cutoff[o], 1L);
    }
    return hits.size();
  }

  @Override
  public SumTally tally() {
    return new SumTally() {
      @Override
      public boolean bySum() {
        return true;
      }

      @Override
      public void add(int oriented, int sum, long hits) {
        long _ = (long) CELL.getAndAdd(counts[oriented], sum - cutoff[oriented], hits);
      }
    };
  }

  @Override
  public void write(Integer prepared) {}

  /** Appends a row for each sum that a hit has: 2 * motif + strand, sum, p-value, hits. */
  void table(Rows out) {
    for (int o = 0; o < counts.length; o++) {
      ScanMotif motif = motifs.get(o >>> 1);
      for (int i = 0; i < counts[o].length; i++) {
        if (counts[o][i] > 0) {
          int sum = cutoff[o] + i;
          double p = motif.distribution(Strand.values()[o & 1]).pvalue(sum);
          out.room(4 * Rows.NUMBER + 4).put(o).put('\t').put(sum).put('\t');
          out.text(Double.toString(p)).room(Rows.NUMBER + 2).put('\t');
          out.put(counts[o][i]).put('\n');
        }
      }
    }
  }

  /** The q-values of the hits counted; called after the scan, with what it returned. */
  public QValues qvalues(WindowCounts windows) {
    long[] tests =
        motifs.stream().mapToLong(m -> windows.of(m.width()) * (bothStrands ? 2 : 1)).toArray();
    return QValues.of(motifs, counts, tests);
  }
}
