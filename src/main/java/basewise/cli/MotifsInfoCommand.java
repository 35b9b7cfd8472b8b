package basewise.cli;

import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.ProbabilityMatrix;
import basewise.motif.format.MotifCollection;
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
          + " (mean share of G and C), taxon and family (- if unknown)."
    },
    mixinStandardHelpOptions = true)
final class MotifsInfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "Motif file, - for standard input, or jaspar.")
  private String file;

  @Option(names = "--taxon", paramLabel = "TAXON", description = KnownOptions.TAXA)
  private @Nullable String taxon;

  @Override
  public Integer call() {
    common.validate();
    StringBuilder out =
        new StringBuilder(
            "id\tname\twidth\tnsites\tinformation_content\tconsensus\tgc\ttaxon\tfamily\n");
    MotifCollection collection = MotifLibrary.installed().collection(file, taxon);
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
              "\t%.2f\t%s\t%.3f\t%s\t%s\n",
              p.informationContent(background),
              p.consensus(),
              gc,
              motif.notes().getOrDefault("taxon", "-"),
              motif.notes().getOrDefault("family", "-")));
    }
    MotifOutput.write(out.toString(), common);
    return ExitCode.DONE;
  }
}
