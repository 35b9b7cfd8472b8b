package basewise.cli;

import basewise.io.InputException;
import basewise.io.Parts;
import basewise.io.TextOutput;
import basewise.io.Wording;
import basewise.report.ScoresFiles;
import basewise.report.ScoresParts;
import basewise.scan.output.GatheredRows;
import basewise.scan.output.Gathering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gather}: the whole of a scan from its parts. */
@Command(
    name = "gather",
    description = {
      "Makes of all parts of a scan (scan --part, --motif-part) or of scores (attribute --part)"
          + " what one run would have written: the same bytes, or, compressed, the same text."
          + " Scores take any format of attribute.",
      "All parts must be there once, whole, and of one run: the same inputs, options and version."
          + " What is not is refused by name before anything is written."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise scan --motifs jaspar --genome hg38.2bit --format bed --part 1/2 --out part1",
      "  ./basewise scan --motifs jaspar --genome hg38.2bit --format bed --part 2/2 --out part2",
      "  ./basewise gather part1 part2 --out sites.bed.gz",
      "",
      "  ./basewise attribute peaks.model peaks.fa --part 1/2 --out part1",
      "  ./basewise attribute peaks.model peaks.fa --part 2/2 --out part2",
      "  ./basewise gather part1 part2 --out scores.npz"
    })
final class GatherCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PART",
      arity = "1..*",
      description = "Folders that scan --part or attribute --part wrote, in any order.")
  private List<Path> parts = List.of();

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "Also write the table of scan --count; parts of rows hold its counts too.")
  private @Nullable Path counts;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    if (common.out == null || common.out.toString().equals("-")) {
      throw InputException.ofOption("--out", "gather needs a file to write", "name it");
    }
    Path out = common.freshOut(common.out);
    Parts all = Parts.of(parts);
    return ScoresParts.of(all.record()) ? scores(new ScoresParts(all), out) : scan(all, out);
  }

  private int scores(ScoresParts whole, Path out) {
    if (counts != null) {
      throw InputException.ofOption("--counts", "is of scans", "leave it out");
    }
    AttributeRun.validate(out, whole.methods(), whole.hypothetical(), whole.indels(), common);
    AttributeRun.refuseUnplaced(out, "the input", whole.unplaced());
    try (ScoresFiles files = new ScoresFiles(out, whole.plan(common.force), whole.indels())) {
      whole.into(files);
      files.seal();
      files.commit();
    }
    say(whole.sequences(), "sequence", out);
    return ExitCode.DONE;
  }

  private void say(long n, String what, Path out) {
    if (!common.quiet) {
      System.err.printf(
          "basewise: %s of %s: %s%n",
          Wording.count(n, what), Wording.count(parts.size(), "part"), out);
    }
  }

  private int scan(Parts all, Path out) {
    if (Files.isDirectory(out)) {
      throw new InputException(out.toString(), "is a folder", "name a file");
    }
    Path table = counts == null ? null : common.fresh(counts);
    Gathering whole = new Gathering(all);
    if (whole.countsOnly() && table != null) {
      throw InputException.ofOption("--counts", "is what --out will be here", "leave it out");
    }
    if (whole.countsOnly()) {
      TextOutput.write(out, whole.table());
      return ExitCode.DONE;
    }
    String asked = ScanFormat.of(null, out).word();
    boolean named = !asked.equals("fimo") || out.toString().matches("(?i).*\\.(tsv|txt)(\\.b?gz)?");
    if (named && !asked.equals(whole.output())) {
      throw InputException.ofOption(
          "--out",
          "is named as %s, and the parts are %s".formatted(asked, whole.output()),
          "scan with --format " + asked + ", or choose another name");
    }
    ScanFormat kind = ScanFormat.of(whole.output(), null);
    try (GatheredRows target = new GatheredRows(out, kind.columns())) {
      long rows = whole.rows(target);
      if (table != null) {
        TextOutput.write(table, whole.table());
      }
      say(rows, "row", out);
    }
    return ExitCode.DONE;
  }
}
