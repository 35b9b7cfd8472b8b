package basewise.cli;

import basewise.attribution.Method;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.report.KnownSites;
import basewise.report.ScorePictures;
import basewise.scan.ScanOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Pictures of scores. */
final class PlotOptions {
  private static final int DEFAULT_SEQUENCES = 10;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg|DIR",
      description =
          "Draws the first sequences: one SVG of all, or a folder with one for each. Letters as"
              + " high as their scores, a track per method, sites of known motifs boxed where"
              + " scores are high, and for ism a heat map of every substitution.")
  @Nullable Path plot;

  @Option(
      names = "--plot-sequences",
      paramLabel = "N",
      description = "How many sequences are drawn (default: " + DEFAULT_SEQUENCES + ").")
  @Nullable Integer sequences;

  @Mixin KnownOptions known;

  /** Refuses what makes no sense, before anything is read. */
  void validate(CommonOptions common, CommandSpec spec) {
    if (plot != null) {
      if (sequences != null && sequences < 1) {
        throw InputException.ofOption(
            "--plot-sequences", "must be at least 1, is " + sequences, "");
      }
      common.fresh(plot);
      return;
    }
    ParseResult given = spec.commandLine().getParseResult();
    for (String option : List.of("--plot-sequences", "--known", "--taxon")) {
      if (given.hasMatchedOption(option)) {
        throw InputException.ofOption(option, "is for pictures", "add --plot, or leave it out");
      }
    }
  }

  /** The known motifs; read early, so that a wrong name is told before the work. */
  List<Motif> motifs() {
    return plot == null ? List.of() : known.read();
  }

  /** Opens the pictures; null if none are asked for. */
  @Nullable ScorePictures open(List<Method> methods, List<Motif> motifs, boolean force) {
    if (plot == null) {
      return null;
    }
    int most = sequences == null ? DEFAULT_SEQUENCES : sequences;
    return new ScorePictures(
        plot, most, methods, KnownSites.of(motifs, ScanOptions.DEFAULTS), force);
  }
}
