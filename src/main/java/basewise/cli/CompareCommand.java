package basewise.cli;

import basewise.compare.Distance;
import basewise.compare.Match;
import basewise.compare.Tomtom;
import basewise.compare.TomtomOptions;
import basewise.compare.TomtomTsv;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.format.MotifCollection;
import basewise.motif.format.MotifFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The verb {@code compare}: is this motif known? */
@Command(
    name = "compare",
    description = "Compares motifs with known ones and writes Tomtom's table.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  /** Below this Tomtom, too, says that p-values are rough: the null is made of the targets. */
  private static final int FEW_TARGETS = 50;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "QUERY", description = "Motif file, or - for standard input.")
  String query;

  @Option(
      names = "--against",
      paramLabel = "FILE|NAME",
      description =
          "Known motifs: a motif file or a collection that ships, such as jaspar or"
              + " jaspar:vertebrates (default: ${DEFAULT-VALUE}).")
  String against = "jaspar";

  @Option(names = "--taxon", paramLabel = "T", description = KnownOptions.TAXA)
  @Nullable String taxon;

  @Option(
      names = "--distance",
      paramLabel = "D",
      converter = DistanceWord.class,
      description =
          "How columns are compared: pearson, ed, sandelin, kullback or allr (default:"
              + " pearson).")
  Distance distance = TomtomOptions.DEFAULTS.distance();

  @Option(
      names = "--qvalue",
      paramLabel = "Q",
      description = "Keep matches with at most this q-value (default: 0.5).")
  @Nullable Double qvalue;

  @Option(
      names = "--evalue",
      paramLabel = "E",
      description = "Keep matches with at most this E-value instead.")
  @Nullable Double evalue;

  @Option(
      names = "--min-overlap",
      paramLabel = "N",
      description =
          "Columns that must overlap, or all of a shorter motif (default:" + " ${DEFAULT-VALUE}).")
  int minOverlap = TomtomOptions.DEFAULTS.minOverlap();

  @Option(names = "--norc", description = "Do not try reverse complements of the known motifs.")
  boolean norc;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    double limit = limit();
    if (minOverlap < 1) {
      throw InputException.ofOption("--min-overlap", "must be at least 1, is " + minOverlap, "");
    }
    InputNames.readOnce(List.of(query, against));
    Path out = common.fileOrStandardOutput();
    MotifCollection queries = MotifFile.readCollection(query);
    List<Motif> known = MotifLibrary.installed().resolve(against, taxon);
    checkWidths(query, queries.motifs(), Tomtom.WIDEST_QUERY);
    checkWidths(against, known, Tomtom.WIDEST_TARGET);
    if (known.size() < FEW_TARGETS && !common.quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "basewise: %s few: p-values are rough below %d%n",
          Wording.count(known.size(), "known motif is", "known motifs are"), FEW_TARGETS);
      err.flush();
    }
    Background stated = queries.background();
    TomtomOptions options =
        TomtomOptions.DEFAULTS
            .with(distance)
            .withBackground(stated == null ? Background.UNIFORM : stated)
            .withMinOverlap(minOverlap)
            .withReverseComplements(!norc);
    List<List<Match>> kept = new ArrayList<>();
    for (List<Match> all :
        Tomtom.against(known, options).compare(queries.motifs(), common.threads)) {
      kept.add(
          all.stream().filter(m -> (evalue == null ? m.qvalue() : m.evalue()) <= limit).toList());
    }
    StringBuilder table = new StringBuilder();
    new TomtomTsv(options, false).write(kept, comments(known.size()), table);
    if (out == null) {
      PrintWriter print = spec.commandLine().getOut();
      print.print(table);
      print.flush();
    } else {
      AtomicOutput.write(out, table.toString());
    }
    return ExitCode.DONE;
  }

  private double limit() {
    if (qvalue != null && evalue != null) {
      throw InputException.ofOption("--qvalue", "--evalue is given too", "leave one out");
    }
    if (evalue != null) {
      if (!(evalue >= 0)) {
        throw InputException.ofOption("--evalue", "must not be negative, is " + evalue, "");
      }
      return evalue;
    }
    double q = qvalue == null ? TomtomOptions.DEFAULT_QVALUE : qvalue;
    if (!(q >= 0 && q <= 1)) {
      throw InputException.ofOption("--qvalue", "must be from 0 to 1, is " + q, "");
    }
    return q;
  }

  private static void checkWidths(String source, List<Motif> motifs, int widest) {
    for (Motif m : motifs) {
      if (m.width() > widest) {
        throw new InputException(
            source,
            "motif %s has %d columns, more than %d".formatted(m.id(), m.width(), widest),
            "leave it out or cut it");
      }
    }
  }

  /**
   * What Tomtom's own last lines say: who made this and from what; nothing that changes by itself.
   */
  private List<String> comments(int targets) {
    return List.of(
        "basewise "
            + Version.text()
            + " compare; columns as Tomtom's, q-values with all true nulls",
        "%s against %s%s: %s, --distance %s --min-overlap %d%s"
            .formatted(
                query,
                against,
                taxon == null ? "" : " --taxon " + taxon,
                Wording.count(targets, "motif"),
                distance.word(),
                minOverlap,
                norc ? " --norc" : ""));
  }

  /** The words of {@link Distance#word}. */
  static final class DistanceWord implements ITypeConverter<Distance> {
    @Override
    public Distance convert(String word) {
      try {
        return Distance.of(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
