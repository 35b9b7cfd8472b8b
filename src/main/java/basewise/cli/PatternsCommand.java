package basewise.cli;

import basewise.compare.Match;
import basewise.io.AtomicFolder;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Background;
import basewise.patterns.FoundPatterns;
import basewise.patterns.PatternFinder;
import basewise.patterns.PatternOptions;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Spacings;
import basewise.patterns.kernel.Rehearsal;
import basewise.report.PatternFiles;
import basewise.report.ScoredRegions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code basewise patterns}: from contribution scores to motifs. */
@Command(
    name = "patterns",
    description = {
      "Turns contribution scores into motifs, as TF-MoDISco does: places of high scores (seqlets)"
          + " are compared, clustered, aligned and merged to patterns.",
      "Takes the .npz that attribute --hypothetical writes, or any as TF-MoDISco takes them: arrays"
          + " [sequences, 4, length], one-hot sequences and hypothetical scores.",
      "Writes patterns.tsv, motifs.meme (base frequencies of the positions that contribute),"
          + " pfm.tsv, cwm.tsv and hypothetical_cwm.tsv (whole patterns), seqlets.tsv, spacing.tsv"
          + " (gaps between patterns, with a permutation's p-value), logos, and"
          + " modisco_results.h5, which modisco-lite and Fi-NeMo read; with --regions, seqlets.bed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise attribute peaks.model peaks.fa --method deepshap --hypothetical --out s.npz",
      "  ./basewise patterns --sequences s.ohe.npz --scores s.npz --out patterns"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PatternsCommand implements Callable<Integer> {
  private static final PatternOptions DEFAULTS = PatternOptions.DEFAULTS;

  @Mixin private ScoresOptions input;

  @Option(
      names = "--seqlets",
      paramLabel = "RULE",
      description =
          "windows (TF-MoDISco's: windows of 20 positions that are above chance) or recursive"
              + " (tangermeme's: spans of 4 to 25 positions of which each part is) (default:"
              + " windows).")
  private PatternOptions.Rule rule = DEFAULTS.rule();

  @Option(
      names = "--single-strand",
      description = "Seqlets are as they are read, and not their other strand, as for RNA.")
  private boolean singleStrand;

  @Option(
      names = "--min-seqlets",
      paramLabel = "N",
      description =
          "A sign with fewer seqlets gives no patterns; a pattern itself needs 20 (default:"
              + " ${DEFAULT-VALUE}).")
  private int minSeqlets = DEFAULTS.minSeqlets();

  @Option(
      names = "--max-seqlets",
      paramLabel = "N",
      description =
          "Seqlets of a sign that are used, those of the highest scores (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxSeqlets = DEFAULTS.maxSeqlets();

  @Option(
      names = "--modisco-order",
      description =
          "Of too many seqlets use the first in the input, as modisco-lite does, in place of the"
              + " strongest.")
  private boolean modiscoOrder;

  @Option(
      names = "--leiden-runs",
      paramLabel = "N",
      description =
          "Runs of each clustering; the one of the best modularity counts (default: 20, fewer of"
              + " large ones).")
  private @Nullable Integer runs;

  @Mixin private EnrichmentOptions enrichment;
  @Mixin private KnownOptions knownOptions;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    enrichment.validate();
    InputNames.readOnce(enrichment.files());
    PatternOptions options = options();
    Path out =
        common.named(Path.of("basewise-patterns-" + InputNames.stem(input.scores.toString())));
    Executor beside = common.threads == 1 ? Runnable::run : ForkJoinPool.commonPool();
    try (AtomicFolder folder = AtomicFolder.to(out, common.force, PatternFiles.TABLE);
        Interruption watch = Interruption.watch(() -> Interruption.NOTHING)) {
      KnownOptions.Prepared known = knownOptions.prepare(beside);
      int least = Math.max(options.patternLength(), options.seqletLength() + 1);
      if (common.threads > 1) {
        // The launcher has it begin sooner; not everything that calls this is the launcher.
        Rehearsal.begin();
      }
      ScoredSequences data = input.read(PatternOptions.WINDOW, least);
      ScoredRegions places = input.places(data);
      PatternTrial.Outcome outcome = outcome(data, places, options);
      FoundPatterns found = outcome.found();
      CompletableFuture<List<List<Match>>> matches =
          CompletableFuture.supplyAsync(() -> matches(found, known), beside);
      PatternFiles.write(
          folder.path(),
          outcome.data(),
          places,
          found,
          matches::join,
          outcome.evidence(),
          Spacings.of(outcome.data(), found, options, common.threads),
          beside);
      folder.commit();
      say(found, out);
    }
    return ExitCode.DONE;
  }

  private List<List<Match>> matches(FoundPatterns found, KnownOptions.Prepared known) {
    return KnownOptions.matches(
            PatternFiles.motifs(found), Background.UNIFORM, known, common.threads)
        .kept();
  }

  private PatternTrial.Outcome outcome(
      ScoredSequences data, ScoredRegions places, PatternOptions options) {
    return enrichment.given()
        ? new PatternTrial(data, places, options, enrichment, common).run()
        : new PatternTrial.Outcome(
            data, PatternFinder.find(data, options, common.threads), List.of());
  }

  private PatternOptions options() {
    atLeast("--min-seqlets", minSeqlets, PatternOptions.SUPPORT, "a pattern needs as many");
    atLeast("--max-seqlets", maxSeqlets, minSeqlets, "or lower --min-seqlets");
    if (runs != null) {
      atLeast("--leiden-runs", runs, 1, "");
    }
    return DEFAULTS
        .withSeqlets(minSeqlets, maxSeqlets)
        .withRuns(runs == null ? DEFAULTS.runs() : runs, common.seed)
        .with(rule, !singleStrand, modiscoOrder);
  }

  private static void atLeast(String option, int value, int least, String remedy) {
    if (value < least) {
      throw InputException.ofOption(
          option, "must be at least %d, is %d".formatted(least, value), remedy);
    }
  }

  private void say(FoundPatterns found, Path out) {
    if (common.quiet) {
      return;
    }
    if (found.positiveSeqlets() < minSeqlets && found.negativeSeqlets() < minSeqlets) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "basewise: fewer than %d seqlets of either sign: no patterns (score more sequences, or"
              + " lower --min-seqlets)%n",
          minSeqlets);
      err.flush();
    }
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        "%s of %s, %d negative of %s: %s%n",
        Wording.count(found.positive().size(), "positive pattern"),
        Wording.count(found.positiveSeqlets(), "seqlet"),
        found.negative().size(),
        Wording.count(found.negativeSeqlets(), "seqlet"),
        out);
    print.flush();
  }
}
