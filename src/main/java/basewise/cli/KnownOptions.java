package basewise.cli;

import basewise.compare.Match;
import basewise.compare.Tomtom;
import basewise.compare.TomtomOptions;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Discovery;
import basewise.io.TextInput;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.format.MotifCollection;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The known motifs that found ones are named by. */
final class KnownOptions {
  /** What {@code --taxon} means in every verb; {@link GroupedHelp} asks the catalogue for them. */
  static final String TAXA =
      "Only motifs of these taxa, separated by commas (default: all); jaspar has"
          + " ${basewise.taxa}.";

  @Option(
      names = "--known",
      paramLabel = "FILE|NAME",
      description =
          "Known motifs: a file, or a collection that ships such as jaspar (default:"
              + " ${DEFAULT-VALUE}).")
  String known = "jaspar";

  @Option(names = "--taxon", paramLabel = "T", description = TAXA)
  @Nullable String taxon;

  /** The collection; read early, so that a wrong name is told before the work. */
  List<Motif> read() {
    return MotifLibrary.installed().resolve(known, taxon);
  }

  /**
   * The same, prepared to be compared with {@link #matches(List, Background, Prepared, int)},
   * beside other work. What may be wrong with them is told at once: only collections that ship are
   * read beside it too.
   */
  Prepared prepare(Executor beside) {
    MotifLibrary library = MotifLibrary.installed();
    boolean ships = taxon == null && library.collections().containsKey(known);
    CompletableFuture<List<Motif>> motifs =
        ships
            ? CompletableFuture.supplyAsync(this::read, beside)
            : CompletableFuture.completedFuture(read());
    TomtomOptions options = TomtomOptions.DEFAULTS;
    return new Prepared(motifs.thenApplyAsync(all -> Tomtom.against(all, options), beside));
  }

  /** Known motifs, and before long all that comparing with them needs. */
  static final class Prepared {
    private final CompletableFuture<Tomtom> tomtom;

    private Prepared(CompletableFuture<Tomtom> tomtom) {
      this.tomtom = tomtom;
    }

    /** Once they are prepared. */
    private Tomtom tomtom(TomtomOptions options) {
      Tomtom made = tomtom.join();
      double[] background = made.options().background().toArray();
      return Arrays.equals(background, options.background().toArray())
          ? made
          : Tomtom.against(made.targets(), options);
    }
  }

  /**
   * Matches with known motifs.
   *
   * @param options they were made with
   * @param kept of each motif, those to be listed
   */
  record Matches(TomtomOptions options, List<List<Match>> kept) {}

  /**
   * Matches of each motif found, those with q-values Tomtom would list. The motifs are compared as
   * motifs.meme says them, in its digits and with its background, so that {@code compare} finds the
   * same from that file.
   */
  static Matches matches(Discovery.Result result, List<Motif> known, int threads) {
    List<Motif> motifs = result.found().stream().map(DiscoveredMotif::motif).toList();
    return matches(motifs, result.background(), known, threads);
  }

  /** The same, of motifs and the background that their file names. */
  static Matches matches(
      List<Motif> motifs, Background background, List<Motif> known, int threads) {
    return matches(motifs, background, options -> Tomtom.against(known, options), threads);
  }

  /** The same, with known motifs that were prepared. */
  static Matches matches(List<Motif> motifs, Background background, Prepared known, int threads) {
    return matches(motifs, background, known::tomtom, threads);
  }

  private static Matches matches(
      List<Motif> motifs,
      Background background,
      Function<TomtomOptions, Tomtom> known,
      int threads) {
    if (motifs.isEmpty()) {
      return new Matches(TomtomOptions.DEFAULTS, List.of());
    }
    String text = MotifFile.text(motifs, MotifFormat.MEME, background);
    MotifCollection said;
    try (TextInput input =
        TextInput.of(
            "motifs.meme", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      said = MotifFile.readCollection(input);
    }
    TomtomOptions options =
        TomtomOptions.DEFAULTS.withBackground(
            Objects.requireNonNullElse(said.background(), Background.UNIFORM));
    List<List<Match>> kept = new ArrayList<>();
    for (List<Match> all : known.apply(options).compare(said.motifs(), threads)) {
      kept.add(all.stream().filter(m -> m.qvalue() <= TomtomOptions.DEFAULT_QVALUE).toList());
    }
    return new Matches(options, kept);
  }
}
