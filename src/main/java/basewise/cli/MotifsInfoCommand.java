package basewise.cli;

import basewise.io.GFormat;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.ProbabilityMatrix;
import basewise.motif.ScaledMatrix;
import basewise.motif.format.MotifCollection;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Threshold;
import basewise.sequence.Strand;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code motifs info}: a table of what a motif file holds. */
@Command(
    name = "info",
    description = {
      "Lists the motifs of a file as a table (tabs):",
      "id, name, width, nsites (- if unknown), information_content (bits, all columns, against the"
          + " background that the file states, else equal base frequencies), consensus (IUPAC), gc"
          + " (mean share of G and C), taxon and family (- if unknown).",
      "With --pvalue also how the motif scores DNA, as scan and FIMO do: maximum (the best score,"
          + " bits), and for each p-value threshold_P (the lowest score with such a p-value, - if"
          + " no window has one) and hits_per_mb_P (expected in a million bases of background, on"
          + " the strands scanned)."
    },
    mixinStandardHelpOptions = true)
final class MotifsInfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "Motif file, - for standard input, or jaspar.")
  private String file;

  @Option(names = "--taxon", paramLabel = "TAXON", description = KnownOptions.TAXA)
  private @Nullable String taxon;

  @Option(
      names = "--pvalue",
      split = ",",
      paramLabel = "P",
      description = "Thresholds to tell about, comma-separated, such as 1e-4,1e-5.")
  private List<String> pvalues = List.of();

  @Mixin private ScoringOptions scoring;

  @Override
  public Integer call() {
    common.validate();
    scoring.validate();
    List<Threshold> thresholds = pvalues.stream().map(ScoringOptions::pvalue).toList();
    StringBuilder out =
        new StringBuilder(
            "id\tname\twidth\tnsites\tinformation_content\tconsensus\tgc\ttaxon\tfamily");
    if (!pvalues.isEmpty()) {
      out.append("\tmaximum");
      pvalues.forEach(p -> out.append("\tthreshold_" + p + "\thits_per_mb_" + p));
    }
    out.append('\n');
    MotifCollection collection = MotifLibrary.installed().collection(file, taxon);
    ScanOptions options = scoring.toScan(List.of(collection), null, Threshold.DEFAULT);
    Background background = Objects.requireNonNullElse(collection.background(), Background.UNIFORM);
    for (Motif motif : collection.motifs()) {
      ProbabilityMatrix p = motif.probabilities();
      double gc = 0;
      for (int i = 0; i < p.width(); i++) {
        gc += (p.at(i, 1) + p.at(i, 2)) / p.width();
      }
      out.append(motif.id()).append('\t').append(motif.name()).append('\t');
      out.append(p.width()).append('\t');
      out.append(
          motif.sites().isPresent()
              ? String.format(Locale.ROOT, "%.0f", motif.sites().getAsDouble())
              : "-");
      out.append(
          String.format(
              Locale.ROOT,
              "\t%.2f\t%s\t%.3f\t%s\t%s",
              p.informationContent(background),
              p.consensus(),
              gc,
              motif.notes().getOrDefault("taxon", "-"),
              motif.notes().getOrDefault("family", "-")));
      if (!pvalues.isEmpty()) {
        scores(motif, options, thresholds, out);
      }
      out.append('\n');
    }
    MotifOutput.write(out.toString(), common);
    return ExitCode.DONE;
  }

  private static void scores(
      Motif motif, ScanOptions options, List<Threshold> thresholds, StringBuilder out) {
    ScanMotif scan = ScanMotif.of(motif, options);
    ScaledMatrix matrix = scan.matrix(Strand.FORWARD);
    out.append('\t').append(GFormat.g(matrix.bits(matrix.maximum())));
    for (Threshold t : thresholds) {
      double expected = 0;
      double lowest = Double.POSITIVE_INFINITY;
      for (Strand strand : options.strands()) {
        int cutoff = t.cutoff(scan.matrix(strand), scan.distribution(strand));
        expected += 1e6 * scan.distribution(strand).pvalue(cutoff);
        if (cutoff <= matrix.maximum()) {
          lowest = Math.min(lowest, matrix.bits(cutoff));
        }
      }
      out.append('\t').append(lowest == Double.POSITIVE_INFINITY ? "-" : GFormat.g(lowest));
      out.append('\t').append(GFormat.g(expected));
    }
  }
}
