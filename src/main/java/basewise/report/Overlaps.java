package basewise.report;

import basewise.genome.track.TrackWriter;
import java.util.Arrays;

/** Windows in the order of the genome become runs of the mean of those that lie over a base. */
final class Overlaps {
  private final TrackWriter out;

  /** Of the bases from {@link #start} on. */
  private final double[] sum;

  private final int[] count;
  private String contig = "";
  private int start;
  private int runStart;
  private int runEnd;
  private float runValue;

  /** Windows of one length. */
  Overlaps(int length, TrackWriter out) {
    this.out = out;
    sum = new double[length];
    count = new int[length];
  }

  /** Adds a window that does not begin before the last one. */
  void add(String name, int at, float[] values) {
    if (!name.equals(contig)) {
      end();
      contig = name;
      start = at;
    }
    advance(at - start);
    for (int i = 0; i < values.length; i++) {
      sum[i] += values[i];
      count[i]++;
    }
  }

  /** No more windows, of this contig at least. */
  void end() {
    advance(count.length);
    write();
  }

  /** Nothing more comes before a base. */
  private void advance(int bases) {
    int done = Math.min(bases, count.length);
    for (int i = 0; i < done && count[i] > 0; i++) {
      run(start + i, (float) (sum[i] / count[i]) + 0f);
    }
    int left = count.length - done;
    System.arraycopy(sum, done, sum, 0, left);
    System.arraycopy(count, done, count, 0, left);
    Arrays.fill(sum, left, sum.length, 0);
    Arrays.fill(count, left, count.length, 0);
    start += bases;
  }

  private void run(int at, float value) {
    if (runEnd > runStart && (at != runEnd || value != runValue)) {
      write();
    }
    if (runEnd == runStart) {
      runStart = at;
      runValue = value;
    }
    runEnd = at + 1;
  }

  private void write() {
    if (runEnd > runStart) {
      out.run(contig, runStart, runEnd, runValue);
    }
    runStart = runEnd;
  }
}
