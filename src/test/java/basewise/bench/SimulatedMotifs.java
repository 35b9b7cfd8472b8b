package basewise.bench;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.TextInput;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated sequences of DeepLIFT's authors: 250 random bases in which GATA_disc1, TAL1_known1,
 * both or neither were embedded 1 to 6 times, at positions the file names.
 */
final class SimulatedMotifs {
  /** Tasks: is the motif there? */
  static final List<String> TASKS = List.of("GATA_disc1", "TAL1_known1");

  private static final List<String> FILES = List.of("gataAndTal", "gataOnly", "talOnly", "empty");

  private final Dataset data;
  private final Map<String, boolean[][]> embedded;

  private SimulatedMotifs(Dataset data, Map<String, boolean[][]> embedded) {
    this.data = data;
    this.embedded = embedded;
  }

  /**
   * Reads {@code talgata_*_2000.simdata.gz}; of ten sequences eight train, one validates, one
   * tests.
   */
  static SimulatedMotifs read(Path folder) {
    List<Example> examples = new ArrayList<>();
    Map<String, boolean[][]> embedded = new LinkedHashMap<>();
    for (String file : FILES) {
      List<String> lines;
      try (TextInput in =
          TextInput.open(folder.resolve("talgata_" + file + "_2000.simdata.gz").toString())) {
        lines = rest(in);
      }
      for (int i = 1; i < lines.size(); i++) {
        String[] fields = lines.get(i).split("\t", -1);
        byte[] codes = Dna.encode(fields[1]);
        boolean[][] marks = marks(fields[2], codes);
        float[] labels = new float[TASKS.size()];
        for (int t = 0; t < labels.length; t++) {
          for (boolean mark : marks[t]) {
            labels[t] = mark ? 1 : labels[t];
          }
        }
        Part part = i % 10 == 8 ? Part.VALIDATION : i % 10 == 9 ? Part.TEST : Part.TRAIN;
        String id = file + "-" + i;
        examples.add(new Example(id, null, codes, labels, part, -1));
        embedded.put(id, marks);
      }
    }
    int width = examples.getFirst().codes().length;
    return new SimulatedMotifs(new Dataset(width, TASKS, examples, Map.of()), embedded);
  }

  private static List<String> rest(TextInput in) {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  /** Bases by task: entries are pos-START_MOTIF-LETTERS, and the letters must be there. */
  private static boolean[][] marks(String embeddings, byte[] codes) {
    boolean[][] marks = new boolean[TASKS.size()][codes.length];
    for (String each : embeddings.isEmpty() ? new String[0] : embeddings.split(",")) {
      int underscore = each.indexOf('_');
      int dash = each.lastIndexOf('-');
      int start = Integer.parseInt(each.substring("pos-".length(), underscore));
      String letters = each.substring(dash + 1);
      int task = TASKS.indexOf(each.substring(underscore + 1, dash));
      if (task < 0 || !Dna.decode(codes, start, start + letters.length()).equals(letters)) {
        throw new IllegalStateException("not as the file says: " + each);
      }
      for (int i = start; i < start + letters.length(); i++) {
        marks[task][i] = true;
      }
    }
    return marks;
  }

  /** The sequences and which motifs they hold. */
  Dataset data() {
    return data;
  }

  /** The bases of a sequence that belong to the motif of a task. */
  boolean[] embedded(Example example, int task) {
    boolean[][] marks = embedded.get(example.id());
    if (marks == null) {
      throw new IllegalArgumentException(example.id());
    }
    return marks[task];
  }
}
