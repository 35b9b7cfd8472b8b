package basewise.scan.output;

import basewise.io.InputException;
import basewise.io.PartRecord;
import basewise.io.Parts;
import basewise.io.TextInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole of a scan from all its parts (see {@link PartOutput}), the same bytes as a scan in one
 * piece writes (compressed: the same text). Parts that are missing, there twice, damaged, or of
 * another scan are refused by name. Memory: a row per part of the motifs, and the counts.
 */
public final class Gathering {
  private final Parts parts;
  private final PartRecord first;

  /**
   * Of parts that are whole.
   *
   * @throws InputException if they are of no scan
   */
  public Gathering(Parts parts) {
    this.parts = parts;
    first = parts.record();
    if (!first.verb().equals(PartOutput.VERB)) {
      throw new InputException("the parts", "are of " + first.verb() + ", not of a scan", "");
    }
  }

  /** The word of the format that the parts hold. */
  public String output() {
    return first.note(PartOutput.OUTPUT);
  }

  /** Whether they hold counts alone. */
  public boolean countsOnly() {
    return !first.files().containsKey(PartOutput.ROWS);
  }

  /** The table of counts. */
  public byte[] table() {
    List<MotifCount> all = new ArrayList<>();
    for (int c = 0; c < parts.chunks(); c++) {
      all.addAll(counts(c));
    }
    return MotifCount.table(all);
  }

  private List<MotifCount> counts(int chunk) {
    List<MotifCount> sum = new ArrayList<>();
    for (int b = 0; b < parts.shares(); b++) {
      List<MotifCount> here = new ArrayList<>();
      try (TextInput in =
          TextInput.open(parts.folder(b, chunk).resolve(PartOutput.COUNTS).toString())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          here.add(MotifCount.parse(line));
        }
      }
      if (sum.isEmpty()) {
        sum.addAll(here);
      } else {
        for (int m = 0; m < sum.size(); m++) {
          sum.set(m, sum.get(m).plus(here.get(m)));
        }
      }
    }
    return sum;
  }

  /** Writes all rows to a file: compressed with an index if its name says so, or to a stream. */
  public long rows(GatheredRows target) {
    boolean waiting = !first.note(PartOutput.QVALUES).isEmpty();
    List<GatheredQ> q = new ArrayList<>();
    int chunks = parts.chunks();
    for (int c = 0; waiting && c < chunks; c++) {
      List<Path> sums = new ArrayList<>();
      for (int b = 0; b < parts.shares(); b++) {
        sums.add(parts.folder(b, c).resolve(PartOutput.SUMS));
      }
      q.add(GatheredQ.of(counts(c).stream().map(MotifCount::tests).toList(), sums));
    }
    long n = 0;
    target.header(first.note(PartOutput.HEADER).getBytes(StandardCharsets.UTF_8));
    for (int b = 0; b < parts.shares(); b++) {
      List<KeyedRows> open = new ArrayList<>();
      try {
        for (int c = 0; c < chunks; c++) {
          open.add(KeyedRows.open(parts.folder(b, c).resolve(PartOutput.ROWS)));
        }
        n += merge(open, q, target);
      } finally {
        open.forEach(KeyedRows::close);
      }
    }
    target.commit();
    return n;
  }

  /** Rows by sequence and start; at one place in the order of the motifs. */
  private long merge(List<KeyedRows> open, List<GatheredQ> q, GatheredRows target) {
    String qvalue = first.note(PartOutput.QVALUE);
    double most = qvalue.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(qvalue);
    long n = 0;
    while (true) {
      int least = -1;
      for (int c = 0; c < open.size(); c++) {
        if (!open.get(c).atEnd() && (least < 0 || open.get(c).precedes(open.get(least)))) {
          least = c;
        }
      }
      if (least < 0) {
        return n;
      }
      KeyedRows next = open.get(least);
      if (q.isEmpty()) {
        target.row(next.bytes(), next.from(), next.to());
        n++;
      } else {
        double value = q.get(least).of(next.oriented(), next.sum());
        if (value <= most) {
          next.fill(value, target);
          n++;
        }
      }
      next.advance();
    }
  }
}
