package basewise.report;

import basewise.compare.Match;
import basewise.compare.TomtomOptions;
import basewise.compare.TomtomTsv;
import basewise.dataset.Example;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Discovery;
import basewise.io.AtomicOutput;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files about motifs that discover and filters both write, with the same bytes. */
public final class MotifFiles {
  private MotifFiles() {}

  /** Motifs that were found, as the report and the tables show them. */
  public static List<MotifEntry> entries(Discovery.Result result, List<List<Match>> matches) {
    double influence = result.found().stream().mapToDouble(m -> Math.max(0, m.influence())).sum();
    List<MotifEntry> entries = new ArrayList<>();
    for (int i = 0; i < result.found().size(); i++) {
      entries.add(
          MotifEntry.of(result.found().get(i), result.background(), influence, matches.get(i)));
    }
    return entries;
  }

  /**
   * Writes motifs.meme, motifs.tsv, matches.tsv, sites.bed or sites.tsv, and logos.
   *
   * @param matches of each motif found, those to be listed
   * @param positives the windows whose sites are listed
   */
  public static void write(
      Discovery.Result result,
      List<MotifEntry> entries,
      List<List<Match>> matches,
      TomtomOptions options,
      List<Example> positives,
      Path folder,
      int threads) {
    List<Motif> motifs = result.found().stream().map(DiscoveredMotif::motif).toList();
    MotifFile.write(
        folder.resolve("motifs.meme"), sourced(entries), MotifFormat.MEME, result.background());
    MotifsTable.write(entries, folder.resolve("motifs.tsv"));
    StringBuilder table = new StringBuilder();
    new TomtomTsv(options, true).write(matches, List.of(), table);
    AtomicOutput.write(folder.resolve("matches.tsv"), table.toString());
    SiteFiles.write(!motifs.isEmpty(), result.bothStrands(), positives, folder, threads);
    for (Motif m : motifs) {
      SequenceLogo.of(m).write(folder.resolve("logos").resolve(m.id() + ".svg"));
    }
  }

  /** Named by consensus and, where several kinds were asked for, source. */
  private static List<Motif> sourced(List<MotifEntry> entries) {
    boolean told = entries.stream().anyMatch(e -> !e.patterns().isEmpty());
    List<Motif> out = new ArrayList<>();
    for (MotifEntry e : entries) {
      Motif m = e.motif();
      String name = told ? m.name() + ":" + e.source() : m.name();
      out.add(
          new Motif(m.id(), name, m.probabilities(), m.sites(), m.evalue(), m.counts(), m.notes()));
    }
    return out;
  }
}
