package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.TabixIndex;
import basewise.io.Wording;
import basewise.patterns.SavedPattern;
import basewise.patterns.ScoredSequences;
import basewise.patterns.hits.HitCaller;
import basewise.patterns.hits.HitOptions;
import basewise.patterns.hits.Hits;
import basewise.patterns.hits.Recall;
import basewise.patterns.hits.RegionFit;
import basewise.report.HitFiles;
import basewise.report.ScoredRegions;
import basewise.scan.output.GatheredRows;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise hits}: where patterns act. */
@Command(
    name = "hits",
    description = {
      "Says where patterns act: of each sequence, the few places of patterns that together make its"
          + " contribution scores, as Fi-NeMo's call-hits finds them.",
      "Writes Fi-NeMo's table of hits (.tsv), or BED of six columns (.bed, .bed.gz with a tabix"
          + " index; the score is the cosine times 1000); beside it NAME.patterns.tsv (of each"
          + " pattern its hits, and how many of its seqlets they are) and NAME.qc.tsv (how each"
          + " sequence was explained)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise patterns --sequences s.ohe.npz --scores s.npz --out patterns",
      "  ./basewise hits patterns --sequences s.ohe.npz --scores s.npz --out hits.tsv",
      "  ./basewise hits patterns --sequences s.ohe.npz --scores s.npz --regions peaks.bed --out"
          + " hits.bed.gz"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HitsCommand implements Callable<Integer> {
  private static final HitOptions DEFAULTS = HitOptions.DEFAULTS;

  @Parameters(
      paramLabel = "PATTERNS",
      description = "The folder that patterns wrote, or TF-MoDISco's HDF5.")
  private Path patterns = Path.of("");

  @Mixin private ScoresOptions input;

  @Option(
      names = "--lambda",
      paramLabel = "X",
      description =
          "What a hit must explain to be one, and the least cosine with its pattern (default:"
              + " ${DEFAULT-VALUE}).")
  private double lambda = DEFAULTS.lambda();

  @Option(
      names = "--trim",
      paramLabel = "X",
      description =
          "Cut ends of patterns that contribute less than this share of the strongest position"
              + " (default: ${DEFAULT-VALUE}).")
  private double trim = DEFAULTS.trim();

  @Option(
      names = "--overlap",
      paramLabel = "X",
      description =
          "Of hits that share this part of their mean length only the most similar is primary: a"
              + " column is_primary in the table, and only those in BED.")
  private @Nullable Double overlap;

  @Option(
      names = "--hypothetical",
      description = "Compare with the patterns' hypothetical contributions, not those of bases.")
  private boolean hypothetical;

  @Option(names = "--no-filter", description = "Keep hits whose cosine is below --lambda.")
  private boolean noFilter;

  @Option(names = "--single-strand", description = "Not on the other strand, as for RNA.")
  private boolean singleStrand;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "The duality gap per position that ends a sequence (default: ${DEFAULT-VALUE}).")
  private double tolerance = DEFAULTS.tolerance();

  @Option(
      names = "--half",
      description =
          "Round scores to half precision first, as Fi-NeMo's preprocessing does; scores below 6e-8"
              + " are then 0.")
  private boolean half;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    HitOptions options = options();
    Path out =
        common.freshOut(
            Path.of("basewise-hits-" + InputNames.stem(input.scores.toString()) + ".tsv"));
    HitsFormat format = HitsFormat.of(out);
    if (format != HitsFormat.TSV && input.regions == null) {
      throw InputException.ofOption(
          "--out", "BED needs places in a genome", "give --regions, or write .tsv");
    }
    try (Interruption watch = Interruption.watch(() -> Interruption.NOTHING)) {
      return run(out, format, options);
    }
  }

  private int run(Path out, HitsFormat format, HitOptions options) {
    Path recallFile = common.fresh(format.beside(out, "patterns"));
    Path fitsFile = common.fresh(format.beside(out, "qc"));
    SavedPattern.Saved saved = SavedPattern.read(patterns);
    List<SavedPattern> all = saved.patterns();
    int least = all.isEmpty() ? 1 : all.getFirst().length();
    ScoredSequences data = input.read(Integer.MAX_VALUE, least);
    if (half) {
      fitsHalf(data);
    }
    ScoredRegions places = input.places(data);
    Hits hits =
        all.isEmpty()
            ? new Hits(List.of(), List.of())
            : HitCaller.call(data, all, options, common.threads);
    HitFiles files = new HitFiles(places, all, hits.hits());
    OptionalDouble share = overlap == null ? OptionalDouble.empty() : OptionalDouble.of(overlap);
    List<Recall> recall =
        Recall.of(data, all, hits.hits(), places.apart(), data.inputLength(), saved.window());
    // All three files appear or none.
    try (AtomicOutput recalls = AtomicOutput.sealed(recallFile, HitFiles.recall(all, recall));
        AtomicOutput fits = AtomicOutput.sealed(fitsFile, HitFiles.fits(places, hits.fits()))) {
      format.write(out, files, share);
      recalls.commit();
      fits.commit();
    }
    say(all, hits, out);
    return ExitCode.DONE;
  }

  /** Half precision ends at 65,504; what is beyond would be infinite. */
  private void fitsHalf(ScoredSequences data) {
    for (int s = 0; s < data.count(); s++) {
      for (int i = 0; i < data.length(); i++) {
        if (Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(data.contribution(s, i))))) {
          throw new InputException(
              input.scores.toString(),
              "has scores above 65504, which half precision has not",
              "leave out --half, or scale the scores");
        }
      }
    }
  }

  private HitOptions options() {
    share("--lambda", lambda);
    share("--trim", trim);
    if (overlap != null) {
      share("--overlap", overlap);
    }
    if (!(tolerance > 0)) {
      throw InputException.ofOption("--tolerance", "must be above 0, is " + tolerance, "");
    }
    return new HitOptions(
        lambda,
        trim,
        tolerance,
        DEFAULTS.steps(),
        DEFAULTS.step(),
        DEFAULTS.leastStep(),
        DEFAULTS.shrink(),
        !noFilter,
        !singleStrand,
        hypothetical,
        half);
  }

  private static void share(String option, double x) {
    if (!(x > 0 && x <= 1)) {
      throw InputException.ofOption(option, "must be above 0 and at most 1, is " + x, "");
    }
  }

  private void say(List<SavedPattern> all, Hits hits, Path out) {
    if (common.quiet) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    if (all.isEmpty()) {
      err.printf("basewise: %s holds no patterns: no hits%n", patterns);
    }
    long late = hits.fits().stream().filter(f -> f.end() != RegionFit.End.CONVERGED).count();
    if (late > 0) {
      err.printf(
          "basewise: %s not explained to the end; see the column end of the qc table%n",
          Wording.count((int) late, "sequence was", "sequences were"));
    }
    err.flush();
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        "%s of %s in %s: %s%n",
        Wording.count(hits.hits().size(), "hit"),
        Wording.count(all.size(), "pattern"),
        Wording.count(hits.fits().size(), "sequence"),
        out);
    print.flush();
  }

  /** What hits are written as, by the name of the output. */
  private enum HitsFormat {
    TSV(".tsv"),
    BED(".bed"),
    BED_GZ(".bed.gz");

    private final String ending;

    HitsFormat(String ending) {
      this.ending = ending;
    }

    static HitsFormat of(Path out) {
      for (HitsFormat f : values()) {
        if (out.toString().endsWith(f.ending)) {
          return f;
        }
      }
      throw InputException.ofOption(
          "--out", "'%s' does not end in .tsv, .bed or .bed.gz".formatted(out), "name the format");
    }

    Path beside(Path out, String what) {
      String name = String.valueOf(out.getFileName());
      String stem = name.substring(0, name.length() - ending.length());
      return out.resolveSibling(stem + "." + what + ".tsv");
    }

    void write(Path out, HitFiles files, OptionalDouble overlap) {
      if (this == TSV) {
        AtomicOutput.write(out, files.table(overlap));
        return;
      }
      try (GatheredRows rows = new GatheredRows(out, TabixIndex.Columns.BED)) {
        for (String line : files.bed(overlap)) {
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          rows.row(bytes, 0, bytes.length);
        }
        rows.commit();
      }
    }
  }
}
