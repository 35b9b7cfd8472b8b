package basewise.cli;

import basewise.genome.BlockSource;
import basewise.io.InputException;
import basewise.io.TextOutput;
import basewise.io.Wording;
import basewise.scan.HitSink;
import basewise.scan.KeptSequences;
import basewise.scan.ScanMotif;
import basewise.scan.Scanner;
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
import basewise.scan.output.RegionCounts;
import basewise.scan.output.ResumableRows;
import basewise.scan.output.RowFormat;
import basewise.scan.output.RowOutput;
import basewise.scan.output.RowSink;
import basewise.sequence.Strand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One scan: passes over the sequences, and what comes of them. */
final class ScanRun {
  /** So many motifs are named in one line, and warned of one by one. */
  private static final int NAMED = 5;

  private static final int WARNED = 20;

  private final Scanner scanner;
  private final ScanSequences.Opened input;
  private final ScanOutputOptions options;
  private final int threads;
  private final boolean quiet;

  ScanRun(
      Scanner scanner,
      ScanSequences.Opened input,
      ScanOutputOptions options,
      CommonOptions common) {
    this.scanner = scanner;
    this.input = input;
    this.options = options;
    threads = common.threads;
    quiet = common.quiet;
  }

  /** Scans and writes. */
  void write(ScanFormat kind, @Nullable Path out) {
    warnHopeless();
    try (Interruption watch = Interruption.watch(() -> interrupted(out))) {
      run(kind, out);
    }
  }

  private String interrupted(@Nullable Path out) {
    if (out == null) {
      return "interrupted; what was written is not all";
    }
    return options.resume
        ? "interrupted; go on with --resume"
        : "interrupted; %s was not written".formatted(out);
  }

  private void run(ScanFormat kind, @Nullable Path out) {
    if (options.count) {
      count(out);
    } else if (kind.ofHits()) {
      try (KeptSequences kept = scanner.keeping(options.resume && out != null)) {
        list(kind, out, kept);
      }
    } else {
      try (HitOutput<?> output = summary(kind, Objects.requireNonNull(out))) {
        finish(output, null, null);
      }
    }
  }

  private void count(@Nullable Path out) {
    HitCounts counts = new HitCounts(scanner.motifs(), scanner.options().bothStrands());
    WindowCounts windows = scan("count", counts, null);
    byte[] table = counts.table(windows);
    if (out == null) {
      System.out.writeBytes(table);
      System.out.flush();
    } else {
      TextOutput.write(out, table);
    }
  }

  private void list(ScanFormat kind, @Nullable Path out, KeptSequences kept) {
    QValues q = null;
    if (options.needsQvalues(kind)) {
      HitHistogram histogram = new HitHistogram(scanner.motifs(), scanner.options().bothStrands());
      q = histogram.qvalues(scan("q-values", histogram, kept));
    }
    RowFormat rows = kind.rows(scanner.motifs(), q);
    Places places = options.places();
    if (options.resume && out != null) {
      try (ResumableRows file = ResumableRows.to(out, fingerprint(kind), rows, places)) {
        finish(file, q, kept);
      }
    } else if (out != null && TextOutput.isCompressed(out)) {
      rows(BgzfOutput.to(out, rows, places), q, kept);
    } else {
      rows(
          out == null ? RowOutput.to(System.out, rows, places) : RowOutput.to(out, rows, places),
          q,
          kept);
    }
  }

  private <T> void rows(RowSink<T> output, @Nullable QValues q, KeptSequences kept) {
    try (HitOutput<?> wanted =
        options.best ? new BestHits<>(output, scanner.motifs().size()) : output) {
      finish(wanted, q, kept);
    }
  }

  private <T> void finish(HitOutput<T> output, @Nullable QValues q, @Nullable KeptSequences kept) {
    HitSink<T> sink = output;
    if (q != null && options.qvalue != null) {
      sink = HitFilter.qvalue(q, options.qvalue).into(sink);
    }
    scan("scan", sink, q == null ? null : kept);
    output.commit();
  }

  /** Outputs that are no rows of hits. */
  private HitOutput<?> summary(ScanFormat kind, Path out) {
    List<ScanMotif> all = scanner.motifs();
    boolean regions = input.ofRegions();
    return switch (kind) {
      case BEDGRAPH -> BaseTrack.bedGraph(out, options.perBase, all, options.places());
      case BIGWIG ->
          BaseTrack.bigWig(out, options.perBase, all, options.places(), input.contigs(threads));
      case MATRIX -> RegionCounts.table(out, all, regions);
      case MTX -> RegionCounts.matrixMarket(out, all, regions);
      default -> throw new IllegalStateException(kind.word());
    };
  }

  /** One pass over the sequences; with {@code --max-strand} the sink gets the better strand's. */
  private <T> WindowCounts scan(String task, HitSink<T> sink, @Nullable KeptSequences kept) {
    HitSink<T> wanted = options.maxStrand ? HitFilter.maxStrand().into(sink) : sink;
    int matrices = scanner.motifs().size() * scanner.options().strands().size();
    boolean sums = task.equals("q-values");
    try (BlockSource blocks =
            sums ? input.covered(scanner.overlap()) : input.blocks(scanner.overlap());
        ScanProgress progress = ScanProgress.of(task, blocks, matrices, quiet)) {
      HitSink<T> counted = progress.counting(wanted);
      WindowCounts windows =
          kept == null
              ? scanner.scan(blocks, counted, threads, progress)
              : scanner.scan(blocks, counted, threads, progress, kept);
      if (windows.bases() == 0) {
        throw new InputException(input.names(), "holds no base", "give sequences");
      }
      if (!sums) {
        warnTooWide(windows);
      }
      return windows;
    }
  }

  /** All that rows depend on; another scan's rows are not gone on from. */
  private String fingerprint(ScanFormat kind) {
    Fingerprint f = new Fingerprint().add("basewise " + Version.text()).add(kind.word());
    f.add("%s %s %s".formatted(options.qvalue, options.qvalues, options.maxStrand));
    f.add(options.places().name()).add(input.describe());
    for (ScanMotif m : scanner.motifs()) {
      f.add(m.motif().id()).add(m.motif().name());
      for (Strand strand : scanner.options().strands()) {
        f.add(Arrays.deepToString(m.matrix(strand).toArray())).add("" + m.cutoff(strand));
      }
    }
    return f.text();
  }

  private void warnHopeless() {
    List<ScanMotif> some = scanner.motifs().stream().filter(ScanMotif::hopeless).toList();
    if (quiet || some.isEmpty()) {
      return;
    }
    String names =
        some.stream()
            .limit(NAMED)
            .map(m -> "%s (width %d)".formatted(m.motif().id(), m.width()))
            .collect(Collectors.joining(", "));
    System.err.printf(
        "basewise: %s can have no hit, as even the best score is below the threshold: %s%s%n",
        Wording.count(some.size(), "motif"),
        names,
        some.size() > NAMED ? " and %d more".formatted(some.size() - NAMED) : "");
  }

  private void warnTooWide(WindowCounts windows) {
    List<ScanMotif> some =
        scanner.motifs().stream().filter(m -> windows.of(m.width()) == 0).toList();
    if (quiet || some.isEmpty()) {
      return;
    }
    some.stream()
        .limit(WARNED)
        .forEach(m ->
            System.err.printf(
                "basewise: motif %s (width %d) fits nowhere: no stretch of known bases is that"
                    + " long%n",
                m.motif().id(), m.width()));
    if (some.size() > WARNED) {
      System.err.printf("basewise: and so %d more motifs%n", some.size() - WARNED);
    }
  }
}
