package basewise.report;

import basewise.attribution.Epistasis;
import basewise.attribution.Extras;
import basewise.attribution.Indel;
import basewise.attribution.Method;
import basewise.attribution.PlayerScore;
import basewise.sequence.Dna;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What methods find that is no score of a base, in tables beside the scores; positions are 0-based.
 *
 * <p>{@code NAME.players.tsv}: id, method, start, end (half-open), score of the segment, its
 * standard error. {@code NAME.pairs.tsv}: id, position and base that is there and base put there of
 * the first and of the second position, epistasis of that pair of substitutions (the strongest of
 * nine), mean of the nine absolute ones. {@code NAME.indels.tsv}: id, position, edit, base, effect.
 */
public final class ExtrasTables implements AutoCloseable {
  private static final String PLAYERS = "players";
  private static final String PAIRS = "pairs";
  private static final String INDELS = "indels";

  private final @Nullable TableOutput players;
  private final @Nullable TableOutput pairs;
  private final @Nullable TableOutput indels;

  private ExtrasTables(
      @Nullable TableOutput players, @Nullable TableOutput pairs, @Nullable TableOutput indels) {
    this.players = players;
    this.pairs = pairs;
    this.indels = indels;
  }

  /** What the tables are called that will be written. */
  public static List<String> names(List<Method> methods, boolean indels) {
    List<String> names = new ArrayList<>();
    if (plays(methods)) {
      names.add(PLAYERS);
    }
    if (methods.contains(Method.ISM_PAIRS)) {
      names.add(PAIRS);
    }
    if (indels) {
      names.add(INDELS);
    }
    return names;
  }

  /**
   * Opens the tables that these methods fill.
   *
   * @param path where a table of a name goes
   * @param indels whether deletions and insertions are looked at
   * @throws basewise.io.InputException if one cannot be written
   */
  public static ExtrasTables open(
      Function<String, Path> path, List<Method> methods, boolean indels) {
    TableOutput players = null;
    TableOutput pairs = null;
    try {
      if (plays(methods)) {
        players = open(path.apply(PLAYERS), "method\tstart\tend\tscore\tstandard_error");
      }
      if (methods.contains(Method.ISM_PAIRS)) {
        pairs =
            open(
                path.apply(PAIRS),
                "position1\tbase1\tmutant1\tposition2\tbase2\tmutant2\tepistasis\tmean_absolute");
      }
      TableOutput edits = indels ? open(path.apply(INDELS), "position\tedit\tbase\teffect") : null;
      return new ExtrasTables(players, pairs, edits);
    } catch (RuntimeException e) {
      new ExtrasTables(players, pairs, null).close();
      throw e;
    }
  }

  private static boolean plays(List<Method> methods) {
    return methods.contains(Method.KERNEL_SHAP) || methods.contains(Method.SHAPLEY_SAMPLING);
  }

  private static TableOutput open(Path file, String columns) {
    TableOutput out = TableOutput.to(file);
    out.line("id\t" + columns);
    return out;
  }

  /** Appends what was found of a sequence. */
  public void rows(String id, byte[] codes, Method method, Extras extras) {
    String name = Text.field(id);
    if (players != null) {
      for (PlayerScore p : extras.players()) {
        players.line(
            "%s\t%s\t%d\t%d\t%s\t%s"
                .formatted(
                    name,
                    method.label(),
                    p.start(),
                    p.end(),
                    number(p.value()),
                    number(p.error())));
      }
    }
    if (pairs != null) {
      for (Epistasis e : extras.pairs()) {
        pairs.line(
            "%s\t%d\t%s\t%s\t%d\t%s\t%s\t%s\t%s"
                .formatted(
                    name,
                    e.first(),
                    Dna.letter(codes[e.first()]),
                    Dna.letter(e.firstBase()),
                    e.second(),
                    Dna.letter(codes[e.second()]),
                    Dna.letter(e.secondBase()),
                    number(e.strongest()),
                    number(e.meanAbsolute())));
      }
    }
    if (indels != null) {
      for (Indel i : extras.indels()) {
        indels.line(
            "%s\t%d\t%s\t%s\t%s"
                .formatted(
                    name,
                    i.position(),
                    i.insertion() ? "insertion" : "deletion",
                    Dna.letter(i.base()),
                    number(i.effect())));
      }
    }
  }

  /** Adding 0 takes the sign from a zero. */
  private static String number(double x) {
    return String.valueOf((float) x + 0f);
  }

  private List<TableOutput> all() {
    List<TableOutput> all = new ArrayList<>();
    for (TableOutput each : new @Nullable TableOutput[] {players, pairs, indels}) {
      if (each != null) {
        all.add(each);
      }
    }
    return all;
  }

  /** Writes what is left; several files may be sealed before the first is committed. */
  public void seal() {
    all().forEach(TableOutput::seal);
  }

  /** Moves the files to their names. */
  public void commit() {
    all().forEach(TableOutput::commit);
  }

  @Override
  public void close() {
    all().forEach(TableOutput::close);
  }
}
