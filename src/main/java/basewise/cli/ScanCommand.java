package basewise.cli;

import basewise.genome.BlockSource;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.motif.format.MotifCollection;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.scan.WindowCounts;
import basewise.scan.output.BaseTrack;
import basewise.scan.output.BestHits;
import basewise.scan.output.BgzfOutput;
import basewise.scan.output.HitCounts;
import basewise.scan.output.HitFilter;
import basewise.scan.output.HitHistogram;
import basewise.scan.output.HitOutput;
import basewise.scan.output.Places;
import basewise.scan.output.QValues;
import basewise.scan.output.ReaderLeftException;
import basewise.scan.output.RegionCounts;
import basewise.scan.output.RowFormat;
import basewise.scan.output.RowOutput;
import basewise.scan.output.RowSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code scan}: every site of every motif in a genome. */
@Command(
    name = "scan",
    description = {
      "Finds every site of motifs in sequences, on both strands, with FIMO's scores and p-values,"
          + " in the order of the sequences. No hit is left out.",
      "A window with a letter other than A, C, G, T is not scored. A q-value is Benjamini and"
          + " Hochberg's over a motif's hits, with all windows that were scored as tests."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ScanCommand implements Callable<Integer> {
  private static final int NAMED = 5;

  @Mixin private MotifChoice motifs;
  @Mixin private ScanSequences sequences;

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "fimo (FIMO's TSV), bed (BED6, score -10 log10 p, and more columns; .bed.gz is bgzip with"
              + " a tabix index), gff, bedgraph or bigwig (see --per-base), matrix or mtx (hits of"
              + " each motif in each sequence or region) (default: by the name of --out, else"
              + " fimo).")
  private @Nullable String format;

  @Option(
      names = "--count",
      description = "Only count: a table of motif, threshold, hits per strand, expected, ratio.")
  private boolean count;

  @Option(
      names = "--pvalue",
      paramLabel = "P",
      description = "Hits have at most this p-value (default: 1e-4).")
  private @Nullable String pvalue;

  @Option(
      names = "--score",
      paramLabel = "BITS",
      description = "Hits have at least this score, whatever their p-value.")
  private @Nullable Double score;

  @Option(
      names = "--qvalue",
      paramLabel = "Q",
      description = "Of the hits, only those with at most this q-value.")
  private @Nullable Double qvalue;

  @Option(
      names = "--qvalues",
      description = "Also write q-values in formats that leave them out (reads the input twice).")
  private boolean qvalues;

  @Option(
      names = "--per-base",
      paramLabel = "KIND",
      description =
          "What bedgraph and bigwig tell of a base: score (the best -10 log10 p of the hits over"
              + " it) or occupancy (how many there are) (default: ${DEFAULT-VALUE}).")
  private BaseTrack.Kind perBase = BaseTrack.Kind.SCORE;

  @Option(
      names = "--best",
      description =
          "Only the best hit of each motif in each sequence, or in each row of --regions; with"
              + " --pvalue 1 there is one wherever the motif fits.")
  private boolean best;

  @Option(
      names = "--max-strand",
      description = "Of two hits of a motif at one place on both strands, only the better.")
  private boolean maxStrand;

  @Option(
      names = "--parse-genomic-coord",
      description = "A sequence named chr:start-end gives places in chr (start is its first base).")
  private boolean genomic;

  @Mixin private ScoringOptions scoring;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say how the motifs are scanned.")
  private boolean verbose;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    scoring.validate();
    sequences.validate(motifs.names);
    Threshold threshold = threshold();
    Path out = common.fileOrStandardOutput();
    refuseInputs(out);
    ScanFormat kind = ScanFormat.of(format, out);
    boolean twice = !count && (kind.wantsQvalues() || qvalues || qvalue != null);
    List<MotifCollection> collections = motifs.read();
    fits(kind, out);
    probe(out);
    try (ScanSequences.Opened input =
        sequences.open(
            twice || kind == ScanFormat.BIGWIG || scoring.background.equals("sequences"),
            merged(kind))) {
      ScanOptions options =
          scoring.toScan(collections, () -> input.composition(common.threads), threshold);
      List<Motif> all = MotifChoice.motifs(collections);
      Scanner scanner = Scanner.open(all, options);
      warnHopeless(scanner);
      say("%s".formatted(scanner.describe()));
      if (count) {
        count(scanner, input, out);
      } else if (kind.ofHits()) {
        list(scanner, input, kind, twice, out);
      } else {
        try (HitOutput<?> output = summary(scanner, input, kind, Objects.requireNonNull(out))) {
          finish(scanner, input, output, null);
        }
      }
    } catch (ReaderLeftException e) {
      // Standard output says why, if it was not the reader's choice.
    }
    return ExitCode.DONE;
  }

  private void count(Scanner scanner, ScanSequences.Opened input, @Nullable Path out) {
    HitCounts counts = new HitCounts(scanner.motifs(), scanner.options().bothStrands());
    HitSink<Integer> sink = maxStrand ? HitFilter.maxStrand().into(counts) : counts;
    WindowCounts windows = scan("count", scanner, input, sink);
    byte[] table = counts.table(windows);
    if (out == null) {
      System.out.writeBytes(table);
      System.out.flush();
    } else {
      AtomicOutput.write(out, table);
    }
  }

  private void list(
      Scanner scanner,
      ScanSequences.Opened input,
      ScanFormat kind,
      boolean twice,
      @Nullable Path out) {
    QValues q = null;
    if (twice) {
      HitHistogram histogram = new HitHistogram(scanner.motifs(), scanner.options().bothStrands());
      HitSink<Integer> sink = maxStrand ? HitFilter.maxStrand().into(histogram) : histogram;
      q = histogram.qvalues(scan("q-values", scanner, input, sink));
    }
    RowFormat rows = kind.rows(scanner.motifs(), q);
    Places places = places();
    if (out != null && isCompressed(out)) {
      rows(scanner, input, BgzfOutput.to(out, rows, places), q);
    } else {
      rows(
          scanner,
          input,
          out == null ? RowOutput.to(System.out, rows, places) : RowOutput.to(out, rows, places),
          q);
    }
  }

  private <T> void rows(
      Scanner scanner, ScanSequences.Opened input, RowSink<T> output, @Nullable QValues q) {
    try (HitOutput<?> wanted = best ? new BestHits<>(output, scanner.motifs().size()) : output) {
      finish(scanner, input, wanted, q);
    }
  }

  private <T> void finish(
      Scanner scanner, ScanSequences.Opened input, HitOutput<T> output, @Nullable QValues q) {
    HitSink<T> sink = output;
    if (q != null && qvalue != null) {
      sink = HitFilter.qvalue(q, qvalue).into(sink);
    }
    if (maxStrand) {
      sink = HitFilter.maxStrand().into(sink);
    }
    scan("scan", scanner, input, sink);
    output.commit();
  }

  /** Outputs that are no rows of hits. */
  private HitOutput<?> summary(
      Scanner scanner, ScanSequences.Opened input, ScanFormat kind, Path out) {
    List<ScanMotif> all = scanner.motifs();
    boolean regions = sequences.regions != null;
    return switch (kind) {
      case BEDGRAPH -> BaseTrack.bedGraph(out, perBase, all, places());
      case BIGWIG -> BaseTrack.bigWig(out, perBase, all, places(), input.contigs(common.threads));
      case MATRIX -> RegionCounts.table(out, all, regions);
      case MTX -> RegionCounts.matrixMarket(out, all, regions);
      default -> throw new IllegalStateException(kind.word());
    };
  }

  private Places places() {
    return genomic ? Places.GENOMIC : Places.AS_NAMED;
  }

  private static boolean isCompressed(Path out) {
    return out.toString().matches("(?i).*\\.b?gz");
  }

  /** Regions that overlap are one, unless each is to be told of. */
  private boolean merged(ScanFormat kind) {
    return !best && kind != ScanFormat.MATRIX && kind != ScanFormat.MTX;
  }

  /** Refuses options that could have no effect, or that a format cannot do. */
  private void fits(ScanFormat kind, @Nullable Path out) {
    String word = count ? "--count" : kind.word();
    boolean rows = kind.ofHits() && !count;
    if (!rows && (best || qvalues || qvalue != null)) {
      throw InputException.ofOption(
          best ? "--best" : qvalues ? "--qvalues" : "--qvalue",
          "chooses among rows of hits, and " + word + " has none",
          "leave it out");
    }
    if (best && qvalue != null) {
      throw InputException.ofOption(
          "--qvalue", "cannot go with --best", "a best hit is best whatever its q-value");
    }
    if (count && format != null) {
      throw InputException.ofOption("--format", "cannot go with --count", "leave one out");
    }
    if (count || kind.ofHits()) {
      return;
    }
    if (out == null) {
      throw InputException.ofOption("--format", word + " needs a file", "name it with --out");
    }
    if (isCompressed(out)) {
      throw InputException.ofOption("--out", word + " is not compressed", "leave .gz out");
    }
    if (genomic && !kind.ofBases()) {
      throw InputException.ofOption(
          "--parse-genomic-coord", word + " counts sequences by their names", "leave it out");
    }
    if (genomic && kind == ScanFormat.BIGWIG) {
      throw InputException.ofOption(
          "--parse-genomic-coord", "bigwig needs the contigs' lengths", "write bedgraph");
    }
  }

  private <T> WindowCounts scan(
      String task, Scanner scanner, ScanSequences.Opened input, HitSink<T> sink) {
    int matrices = scanner.motifs().size() * scanner.options().strands().size();
    try (BlockSource blocks = input.blocks(scanner.overlap());
        ScanProgress progress = ScanProgress.of(task, blocks, matrices, common.quiet)) {
      WindowCounts windows =
          scanner.scan(blocks, progress.counting(sink), common.threads, progress);
      if (!task.equals("q-values")) {
        warnTooWide(scanner, windows);
      }
      return windows;
    }
  }

  private Threshold threshold() {
    if (score != null && (pvalue != null || qvalue != null)) {
      throw InputException.ofOption("--score", "cannot go with --pvalue or --qvalue", "");
    }
    if (score != null) {
      if (score.isNaN()) {
        throw InputException.ofOption("--score", "is not a number", "");
      }
      return new Threshold.Bits(score);
    }
    if (qvalue != null && !(qvalue > 0 && qvalue <= 1)) {
      throw InputException.ofOption("--qvalue", "must be above 0 and at most 1, is " + qvalue, "");
    }
    return pvalue == null ? Threshold.DEFAULT : scoring.pvalue(pvalue);
  }

  /** An output that is one of the inputs would be gone before it is read. */
  private void refuseInputs(@Nullable Path out) {
    if (out == null || !Files.exists(out)) {
      return;
    }
    for (List<String> names :
        List.of(
            motifs.names,
            sequences.genomes,
            sequences.regions == null ? List.<String>of() : List.of(sequences.regions))) {
      for (String name : names) {
        try {
          if (Files.exists(Path.of(name)) && Files.isSameFile(out, Path.of(name))) {
            throw new InputException(out.toString(), "is also an input", "choose another --out");
          }
        } catch (IOException e) {
          throw new InputException(name, 0, "cannot be read: " + e.getMessage(), "", e);
        }
      }
    }
  }

  /** Learns before the work whether the output can be written. */
  private static void probe(@Nullable Path out) {
    if (out != null && !AtomicOutput.isDevice(out)) {
      AtomicOutput.to(out).close();
    }
  }

  private void warnHopeless(Scanner scanner) {
    warn(
        scanner.motifs().stream().filter(ScanMotif::hopeless).toList(),
        "can have no hit: even the best score is below the threshold");
  }

  private void warnTooWide(Scanner scanner, WindowCounts windows) {
    warn(
        scanner.motifs().stream().filter(m -> windows.of(m.width()) == 0).toList(),
        "fits nowhere: no stretch of known bases is that long");
  }

  private void warn(List<ScanMotif> some, String what) {
    if (common.quiet || some.isEmpty()) {
      return;
    }
    some.stream()
        .limit(NAMED)
        .forEach(m ->
            System.err.printf(
                "basewise: motif %s (width %d) %s%n", m.motif().id(), m.width(), what));
    if (some.size() > NAMED) {
      System.err.printf("basewise: and so %d more motifs%n", some.size() - NAMED);
    }
  }

  private void say(String line) {
    if (verbose) {
      System.err.println("basewise: " + line);
    }
  }
}
