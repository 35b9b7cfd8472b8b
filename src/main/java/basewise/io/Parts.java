package basewise.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All parts of one work, in order. Parts that are missing, there twice, damaged, or of another work
 * are refused by name.
 */
public final class Parts {
  private static final int NAMED = 5;

  private final PartRecord record;
  private final Path[][] folders; // [share - 1][share of motifs - 1]

  private Parts(PartRecord record, Path[][] folders) {
    this.record = record;
    this.folders = folders;
  }

  /**
   * Looks at all parts before any is read.
   *
   * @throws InputException if they are not all the parts of one work
   */
  public static Parts of(List<Path> parts) {
    List<PartRecord> records = parts.stream().map(PartRecord::read).toList();
    PartRecord home = home(records);
    for (int i = 0; i < records.size(); i++) {
      Map<String, String> other = records.get(i).identity();
      for (Map.Entry<String, String> e : home.identity().entrySet()) {
        String value = other.getOrDefault(e.getKey(), "");
        if (!value.equals(e.getValue())) {
          throw new InputException(
              parts.get(i).toString(),
              "is of another run: its %s is %s, that of the others %s"
                  .formatted(e.getKey(), value, e.getValue()),
              "give the parts of one run");
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
    return new Parts(home, folders);
  }

  /** The work that most parts are of; of equally many, the first's. */
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
          "make what is missing, then gather all");
    }
  }

  private static String name(Share bases, Share chunk) {
    return chunk.of() == 1 ? "part " + bases : "part " + bases + " of motif part " + chunk;
  }

  /** What they are parts of: the record of one of them. */
  public PartRecord record() {
    return record;
  }

  /** How many shares of the bases or sequences there are. */
  public int shares() {
    return folders.length;
  }

  /** How many shares of the motifs. */
  public int chunks() {
    return folders[0].length;
  }

  /** Where a part lies; both from 0. */
  public Path folder(int share, int chunk) {
    return folders[share][chunk];
  }
}
