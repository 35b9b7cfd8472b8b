package basewise.cli;

import basewise.io.InputException;
import basewise.io.TextOutput;
import basewise.io.Wording;
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
      "Makes of all parts of a scan (scan --part, --motif-part) what the scan in one piece would"
          + " have written: the same bytes, or, compressed, the same text.",
      "All parts must be there once, whole, and of one scan: the same genome, motifs, options and"
          + " version. What is not is refused by name before anything is written."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  ./basewise scan --motifs jaspar --genome hg38.2bit --format bed --part 1/2 --out part1",
      "  ./basewise scan --motifs jaspar --genome hg38.2bit --format bed --part 2/2 --out part2",
      "  ./basewise gather part1 part2 --out sites.bed.gz"
    })
final class GatherCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PART",
      arity = "1..*",
      description = "Folders that scan --part wrote, in any order.")
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
    if (Files.isDirectory(out)) {
      throw new InputException(out.toString(), "is a folder", "name a file");
    }
    Path table = counts == null ? null : common.fresh(counts);
    Gathering whole = Gathering.of(parts);
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
      if (!common.quiet) {
        System.err.printf(
            "basewise: %s of %s: %s%n",
            Wording.count(rows, "row"), Wording.count(parts.size(), "part"), out);
      }
    }
    return ExitCode.DONE;
  }
}
