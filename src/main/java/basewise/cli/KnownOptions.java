package basewise.cli;

import basewise.compare.Match;
import basewise.compare.Tomtom;
import basewise.compare.TomtomOptions;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Discovery;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The known motifs that found ones are named by. */
final class KnownOptions {
  @Option(
      names = "--known",
      paramLabel = "FILE|NAME",
      description =
          "Known motifs: a file, or a collection that ships such as jaspar (default:"
              + " ${DEFAULT-VALUE}).")
  String known = "jaspar";

  @Option(
      names = "--taxon",
      paramLabel = "T",
      description =
          "Only known motifs of these taxa: vertebrates, plants, insects, fungi, nematodes,"
              + " urochordates (default: all).")
  @Nullable String taxon;

  /** The collection; read early, so that a wrong name is told before the work. */
  List<Motif> read() {
    return MotifLibrary.installed().resolve(known, taxon);
  }

  /** Matches of each motif found, those with q-values Tomtom would list. */
  static List<List<Match>> matches(Discovery.Result result, List<Motif> known, int threads) {
    List<Motif> motifs = result.found().stream().map(DiscoveredMotif::motif).toList();
    List<List<Match>> kept = new ArrayList<>();
    for (List<Match> all : Tomtom.against(known, TomtomOptions.DEFAULTS).compare(motifs, threads)) {
      kept.add(all.stream().filter(m -> m.qvalue() <= TomtomOptions.DEFAULT_QVALUE).toList());
    }
    return kept;
  }
}
