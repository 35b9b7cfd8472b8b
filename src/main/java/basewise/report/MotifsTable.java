package basewise.report;

import basewise.io.AtomicOutput;
import basewise.patterns.FoundPattern;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code motifs.tsv}: one line per motif that was found, by rank, with its best known match. */
public final class MotifsTable {
  /** The columns; others may follow these one day, none goes before. */
  public static final List<String> COLUMNS =
      List.of(
          "rank",
          "motif_id",
          "consensus",
          "width",
          "nsites",
          "information_content",
          "enrichment_pvalue",
          "evalue",
          "positives_with_site",
          "negatives_with_site",
          "match_id",
          "match_name",
          "match_pvalue",
          "match_evalue",
          "match_qvalue",
          "positives",
          "negatives",
          "auroc",
          "influence",
          "forward_share",
          "notes",
          "enrichment_qvalue",
          "source",
          "patterns");

  private MotifsTable() {}

  /**
   * Writes the table; fields of a missing match or of a number that is not known are empty.
   *
   * @throws basewise.io.InputException if the file cannot be written
   */
  public static void write(List<MotifEntry> motifs, Path file) {
    AtomicOutput.write(file, text(motifs));
  }

  /** The table as text. */
  public static String text(List<MotifEntry> motifs) {
    StringBuilder tsv = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
    for (MotifEntry m : motifs) {
      Optional<KnownMatch> match = m.bestMatch();
      tsv.append(
          String.join(
              "\t",
              Integer.toString(m.rank()),
              m.id(),
              m.consensus(),
              Integer.toString(m.motif().width()),
              Long.toString(m.sites()),
              number(m.informationContent(), 4),
              m.pvalue().toString(),
              m.evalue().toString(),
              Long.toString(m.positivesWithSite()),
              Long.toString(m.negativesWithSite()),
              match.map(k -> Text.field(k.target().id())).orElse(""),
              match.map(k -> Text.field(k.target().name())).orElse(""),
              match.map(k -> LogValue.of(k.pvalue()).toString()).orElse(""),
              match.map(k -> LogValue.of(k.evalue()).toString()).orElse(""),
              match.map(k -> LogValue.of(k.qvalue()).toString()).orElse(""),
              Long.toString(m.positives()),
              Long.toString(m.negatives()),
              number(m.auroc(), 4),
              number(m.influence(), 4),
              number(m.forwardShare(), 4),
              Text.field(String.join("; ", m.notes())),
              m.qvalue().toString(),
              m.source(),
              m.patterns().stream()
                  .map(p -> FoundPattern.id(true, p))
                  .collect(Collectors.joining(","))));
      tsv.append('\n');
    }
    return tsv.toString();
  }

  private static String number(double x, int decimals) {
    return Double.isFinite(x) ? Text.fixed(x, decimals) : "";
  }
}
