package basewise.scan.output;

import basewise.io.InputException;
import basewise.io.Share;
import basewise.io.TextInput;
import basewise.io.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole of a scan from all its parts (see {@link PartOutput}), the same bytes as a scan in one
 * piece writes (compressed: the same text). Parts that are missing, there twice, damaged, or of
 * another scan are refused by name. Memory: a row per part of the motifs, and the counts.
 */
public final class Gathering {
  private static final int NAMED = 5;

  private final Path[][] folders; // [share of bases - 1][share of motifs - 1]
  private final PartRecord first;

  private Gathering(PartRecord first, Path[][] folders) {
    this.folders = folders;
    this.first = first;
  }

  /**
   * Looks at all parts before any is read.
   *
   * @throws InputException if they are not all the parts of one scan
   */
  public static Gathering of(List<Path> parts) {
    List<PartRecord> records = parts.stream().map(PartRecord::read).toList();
    PartRecord home = home(records);
    for (int i = 0; i < records.size(); i++) {
      Map<String, String> other = records.get(i).identity();
      for (Map.Entry<String, String> e : home.identity().entrySet()) {
        String value = other.getOrDefault(e.getKey(), "");
        if (!value.equals(e.getValue())) {
          throw new InputException(
              parts.get(i).toString(),
              "is of another scan: its %s is %s, that of the others %s"
                  .formatted(e.getKey(), value, e.getValue()),
              "give the parts of one scan");
        }
      }
    }
    int bases = home.bases().of();
    int chunks = home.chunk().of();
    Map<String, Path> seen = new HashMap<>();
    Path[][] folders = new Path[bases][chunks];
    for (int i = 0; i < records.size(); i++) {
      PartRecord record = records.get(i);
      String name = name(record.bases(), record.chunk());
      Path before = seen.put(name, parts.get(i));
      if (before != null) {
        throw new InputException(
            parts.get(i).toString(), "is " + name + ", and so is " + before, "leave one out");
      }
      folders[record.bases().number() - 1][record.chunk().number() - 1] = parts.get(i);
    }
    refuseMissing(bases, chunks, seen);
    return new Gathering(home, folders);
  }

  /** The scan that most parts are of; of equally many, the first's. */
  private static PartRecord home(List<PartRecord> records) {
    Map<Map<String, String>, Integer> votes = new LinkedHashMap<>();
    records.forEach(r -> votes.merge(r.identity(), 1, Integer::sum));
    int most = votes.values().stream().mapToInt(n -> n).max().orElseThrow();
    return records.stream()
        .filter(r -> votes.getOrDefault(r.identity(), 0) == most)
        .findFirst()
        .orElseThrow();
  }

  private static void refuseMissing(int bases, int chunks, Map<String, Path> seen) {
    List<String> missing = new ArrayList<>();
    long count = 0;
    for (int b = 1; b <= bases; b++) {
      for (int c = 1; c <= chunks; c++) {
        String name = name(new Share(b, bases), new Share(c, chunks));
        if (!seen.containsKey(name) && count++ < NAMED) {
          missing.add(name);
        }
      }
    }
    if (count > 0) {
      String more = count > NAMED ? " and %d more".formatted(count - NAMED) : "";
      throw new InputException(
          Wording.count(count, "part"),
          count == 1
              ? "is missing: " + missing.getFirst()
              : "are missing: " + String.join(", ", missing) + more,
          "scan what is missing, then gather all");
    }
  }

  private static String name(Share bases, Share chunk) {
    return chunk.of() == 1 ? "part " + bases : "part " + bases + " of motif part " + chunk;
  }

  /** The word of the format that the parts hold. */
  public String output() {
    return first.output();
  }

  /** Whether they hold counts alone. */
  public boolean countsOnly() {
    return !first.files().containsKey(PartRecord.ROWS);
  }

  /** The table of counts. */
  public byte[] table() {
    List<MotifCount> all = new ArrayList<>();
    for (int c = 0; c < folders[0].length; c++) {
      all.addAll(counts(c));
    }
    return MotifCount.table(all);
  }

  private List<MotifCount> counts(int chunk) {
    List<MotifCount> sum = new ArrayList<>();
    for (Path[] row : folders) {
      List<MotifCount> here = new ArrayList<>();
      try (TextInput in = TextInput.open(row[chunk].resolve(PartRecord.COUNTS).toString())) {
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
    List<GatheredQ> q = new ArrayList<>();
    int chunks = folders[0].length;
    for (int c = 0; first.qvalues() && c < chunks; c++) {
      List<Path> sums = new ArrayList<>();
      for (Path[] row : folders) {
        sums.add(row[c].resolve(PartRecord.SUMS));
      }
      q.add(GatheredQ.of(counts(c).stream().map(MotifCount::tests).toList(), sums));
    }
    long n = 0;
    target.header(first.headerBytes());
    for (Path[] row : folders) {
      List<KeyedRows> open = new ArrayList<>();
      try {
        for (Path folder : row) {
          open.add(KeyedRows.open(folder.resolve(PartRecord.ROWS)));
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
    double most = first.qvalue() == null ? Double.POSITIVE_INFINITY : first.qvalue();
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
