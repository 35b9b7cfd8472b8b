package basewise.report;

import basewise.compare.Match;
import basewise.compare.TomtomOptions;
import basewise.compare.TomtomTsv;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Discovery;
import basewise.discovery.Site;
import basewise.io.AtomicOutput;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.Strand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
   */
  public static void write(
      Discovery.Result result,
      List<MotifEntry> entries,
      List<List<Match>> matches,
      TomtomOptions options,
      Path folder) {
    List<Motif> motifs = result.found().stream().map(DiscoveredMotif::motif).toList();
    MotifFile.write(folder.resolve("motifs.meme"), motifs, MotifFormat.MEME, result.background());
    MotifsTable.write(entries, folder.resolve("motifs.tsv"));
    StringBuilder table = new StringBuilder();
    new TomtomTsv(options, true).write(matches, List.of(), table);
    AtomicOutput.write(folder.resolve("matches.tsv"), table.toString());
    sites(result.found(), folder);
    for (Motif m : motifs) {
      SequenceLogo.of(m).write(folder.resolve("logos").resolve(m.id() + ".svg"));
    }
  }

  private static void sites(List<DiscoveredMotif> motifs, Path folder) {
    List<Site> sites = motifs.stream().flatMap(m -> m.sites().stream()).toList();
    boolean placed = !sites.isEmpty() && sites.stream().allMatch(s -> s.example().place() != null);
    if (placed) {
      AtomicOutput.write(folder.resolve("sites.bed"), bed(sites));
    } else {
      AtomicOutput.write(folder.resolve("sites.tsv"), table(sites));
    }
  }

  /** BED6 and the score in bits; the BED score is ten times the bits, at most 1000. */
  private static String bed(List<Site> sites) {
    StringBuilder out =
        new StringBuilder("# contig\tstart\tend\tmotif_id\tscore\tstrand\tscore_bits\n");
    record Placed(String contig, int start, int end, Site site) {}
    List<Placed> placed = new ArrayList<>();
    for (Site s : sites) {
      Interval p = place(s.example().place());
      placed.add(new Placed(p.contig(), p.start() + s.start(), p.start() + s.end(), s));
    }
    placed.sort(
        Comparator.comparing(Placed::contig)
            .thenComparingInt(Placed::start)
            .thenComparingInt(Placed::end)
            .thenComparing(p -> p.site.motif()));
    for (Placed p : placed) {
      out.append(p.contig)
          .append('\t')
          .append(p.start)
          .append('\t')
          .append(p.end)
          .append('\t')
          .append(p.site.motif())
          .append('\t')
          .append(Math.clamp(Math.round(10 * p.site.score()), 0, 1000))
          .append('\t')
          .append(p.site.strand().symbol())
          .append(String.format(Locale.ROOT, "\t%.3f\n", p.site.score()));
    }
    return out.toString();
  }

  private static Interval place(@Nullable Interval place) {
    if (place == null) {
      throw new IllegalArgumentException("a site without a place");
    }
    return place;
  }

  private static String table(List<Site> sites) {
    StringBuilder out =
        new StringBuilder("motif_id\tsequence\tstart\tend\tstrand\tscore_bits\tmatched\n");
    for (Site s : sites) {
      String forward = Dna.decode(s.example().codes(), s.start(), s.end());
      String matched =
          s.strand() == Strand.FORWARD
              ? forward
              : Dna.decode(Dna.reverseComplement(Dna.encode(forward)));
      out.append(s.motif())
          .append('\t')
          .append(s.example().id())
          .append('\t')
          .append(s.start())
          .append('\t')
          .append(s.end())
          .append('\t')
          .append(s.strand().symbol())
          .append(String.format(Locale.ROOT, "\t%.3f\t", s.score()))
          .append(matched)
          .append('\n');
    }
    return out.toString();
  }
}
