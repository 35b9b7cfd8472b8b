package basewise.motif.format;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Collects the motifs of one file and turns every mistake into a line number and a reason. */
final class Gathering {
  /** As far as a row of probabilities may be from 1: three printed decimals, generously. */
  static final double ROW_TOLERANCE = 0.02;

  private final Lines lines;
  private final List<Motif> motifs = new ArrayList<>();
  private final Map<String, Integer> firstLine = new HashMap<>();
  @Nullable Background background;

  Gathering(Lines lines) {
    this.lines = lines;
  }

  /** A motif under construction: what its header said, and its rows as they come. */
  static final class Draft {
    String id;
    String name;
    final int line;
    OptionalDouble sites = OptionalDouble.empty();
    OptionalDouble evalue = OptionalDouble.empty();
    final Map<String, String> notes = new LinkedHashMap<>();
    final List<double[]> rows = new ArrayList<>();
    final List<Integer> rowLines = new ArrayList<>();

    Draft(String id, String name, int line) {
      this.id = id;
      this.name = name;
      this.line = line;
    }

    /** Adds a row, A C G T, read at a line. */
    void row(double[] row, int at) {
      rows.add(row);
      rowLines.add(at);
    }

    /** Adds a note if there is something to say. */
    void note(String key, String value) {
      if (!value.isBlank()) {
        notes.put(key, value.strip());
      }
    }
  }

  /** How many motifs were added. */
  int size() {
    return motifs.size();
  }

  /** Adds a motif whose rows are probabilities. */
  void addProbabilities(Draft draft) {
    add(draft, probabilities(draft), null);
  }

  /**
   * Adds a motif whose rows are counts; a column without any count becomes uniform. PRODORIC has
   * motifs of nothing else: they are uniform, with their number of sites unknown.
   */
  void addCounts(Draft draft) {
    checkRows(draft);
    CountMatrix counts = new CountMatrix(draft.rows.toArray(new double[0][]));
    if (draft.sites.isEmpty() && counts.sites() > 0) {
      draft.sites = OptionalDouble.of(counts.sites());
    }
    add(draft, counts.toProbabilities(0, Background.UNIFORM), counts);
  }

  /**
   * Adds a motif whose rows are counts or probabilities, as the rows themselves show: whole numbers
   * are counts; otherwise, if none is above 1, they are probabilities and must sum to 1; otherwise
   * they are counts with weights.
   */
  void addEither(Draft draft) {
    checkRows(draft);
    boolean whole = true;
    boolean small = true;
    for (double[] row : draft.rows) {
      for (double x : row) {
        whole &= x == Math.rint(x);
        small &= x <= 1 + ROW_TOLERANCE;
      }
    }
    if (whole || !small) {
      addCounts(draft);
    } else {
      addProbabilities(draft);
    }
  }

  /**
   * Adds a motif whose rows are log-odds against a uniform background. Natural (HOCOMOCO) or binary
   * logarithms: whichever gives rows that sum closer to 1.
   */
  void addLogOdds(Draft draft) {
    double binary = distanceFromOne(draft, 2);
    double natural = distanceFromOne(draft, Math.E);
    double base = binary <= natural ? 2 : Math.E;
    if (Math.min(binary, natural) > 0.1 * draft.rows.size()) {
      throw lines.wrong(
          draft.rowLines.get(0),
          "motif " + draft.id + " has negative numbers, but is no log-odds matrix against 0.25",
          "convert it to counts or probabilities");
    }
    for (double[] row : draft.rows) {
      double sum = 0;
      for (int c = 0; c < 4; c++) {
        row[c] = Math.pow(base, row[c]);
        sum += row[c];
      }
      for (int c = 0; c < 4; c++) {
        row[c] /= sum;
      }
    }
    draft.note("made_from", base == 2 ? "log2-odds" : "ln-odds");
    addProbabilities(draft);
  }

  private static double distanceFromOne(Draft draft, double base) {
    double distance = 0;
    for (double[] row : draft.rows) {
      double sum = 0;
      for (double x : row) {
        sum += Math.pow(base, x) / 4;
      }
      distance += Math.abs(sum - 1);
    }
    return distance;
  }

  /** Adds a motif whose rows are log-odds in hundredths of bits, as MEME writes them. */
  void addLogOdds(Draft draft, Background against) {
    for (double[] row : draft.rows) {
      double sum = 0;
      for (int c = 0; c < 4; c++) {
        row[c] = against.of(c) * Math.pow(2, row[c] / 100);
        sum += row[c];
      }
      for (int c = 0; c < 4; c++) {
        row[c] /= sum;
      }
    }
    addProbabilities(draft);
  }

  private ProbabilityMatrix probabilities(Draft draft) {
    checkRows(draft);
    for (int i = 0; i < draft.rows.size(); i++) {
      double[] row = draft.rows.get(i);
      double sum = row[0] + row[1] + row[2] + row[3];
      if (!(Math.abs(sum - 1) <= ROW_TOLERANCE)) {
        throw lines.wrong(
            draft.rowLines.get(i),
            "the probabilities of motif " + draft.id + " sum to " + (float) sum + " here, not 1",
            "each row is one position, A C G T");
      }
    }
    return new ProbabilityMatrix(draft.rows.toArray(new double[0][]));
  }

  private void checkRows(Draft draft) {
    if (draft.rows.isEmpty()) {
      throw lines.wrong(draft.line, "motif " + draft.id + " has no matrix", "remove it");
    }
    for (int i = 0; i < draft.rows.size(); i++) {
      for (double x : draft.rows.get(i)) {
        if (x < 0) {
          throw lines.wrong(
              draft.rowLines.get(i),
              "motif " + draft.id + " has a negative number where counts or probabilities are due",
              "a log-odds matrix must be marked as one");
        }
      }
    }
  }

  private void add(Draft draft, ProbabilityMatrix probabilities, @Nullable CountMatrix counts) {
    String id = Lines.spaced(draft.id, "_");
    if (id.isEmpty()) {
      id = "motif_" + (motifs.size() + 1);
    }
    Integer first = firstLine.putIfAbsent(id, draft.line);
    if (first != null) {
      throw lines.wrong(
          draft.line,
          "motif id " + id + " was used before, at line " + first,
          "ids in a motif file are unique; rename one");
    }
    motifs.add(
        new Motif(
            id,
            Lines.spaced(draft.name, " "),
            probabilities,
            draft.sites,
            draft.evalue,
            counts,
            draft.notes));
  }

  /** What was gathered; none is a mistake. */
  MotifCollection finish(MotifFormat format) {
    if (motifs.isEmpty()) {
      throw lines.wrong(0, "holds no motif", "is the file cut short?");
    }
    return new MotifCollection(lines.name(), format, background, motifs);
  }
}
