package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.motif.format.MotifCollection;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.scan.output.ReaderLeftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise scan --motifs jaspar:vertebrates --genome hg38.2bit --out sites.bed.gz",
      "  ./basewise scan --motifs my.meme --genome peaks.fa --qvalue 0.05 > sites.tsv",
      "  ./basewise scan --motifs jaspar --genome peaks.fa --count",
      "",
      "In the words of fimo [OPTIONS] MOTIFS SEQUENCES, which writes the same columns:",
      "  --thresh P              --pvalue P",
      "  --qv-thresh --thresh Q  --qvalue Q",
      "  --bfile FILE            --background FILE; motifs for --motif--, uniform for --uniform--",
      "  --motif ID              --only '^ID$'",
      "  --motif-pseudo N        --pseudocount N",
      "  --text                  --format bed, which reads the sequences once",
      "  --max-stored-scores     not needed: every hit is kept",
      "  --norc, --max-strand, --parse-genomic-coord are called the same. Rows come in the order of"
          + " the sequences, not of p-values."
    })
final class ScanCommand implements Callable<Integer> {
  @Mixin private MotifChoice motifs;
  @Mixin private ScanSequences sequences;

  @Mixin private PartOptions part;
  @Mixin private ThresholdOptions thresholds;
  @Mixin private ScanOutputOptions outputs;
  @Mixin private ScoringOptions scoring;
  @Mixin private DeviceOption device;

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
    Threshold threshold = thresholds.threshold(outputs.qvalue);
    Path out = part.given() ? null : common.fileOrStandardOutput();
    ScanFormat kind = outputs.format(out);
    if (part.given()) {
      part.validate(kind, outputs, sequences, common);
    }
    outputs.validate(kind, out);
    if (out != null) {
      refuseInputs(out);
      for (Path beside : outputs.companions(kind, out)) {
        common.fresh(beside);
        refuseInputs(beside);
      }
    }
    try (DeviceStart start = DeviceStart.of(device)) {
      return scan(kind, threshold, out, start);
    }
  }

  private int scan(ScanFormat kind, Threshold threshold, @Nullable Path out, DeviceStart start) {
    Laps laps = new Laps();
    List<MotifCollection> collections = motifs.read();
    laps.lap("motifs");
    probe(out);
    boolean again =
        outputs.needsQvalues(kind)
            || kind == ScanFormat.BIGWIG
            || scoring.background.equals("sequences");
    try (ScanSequences.Opened input =
        part.given() ? sequences.openShared() : sequences.open(again, outputs.overlaps(kind))) {
      ScanOptions options =
          scoring.toScan(collections, () -> input.composition(common.threads), threshold);
      List<Motif> chosen = part.chosen(MotifChoice.motifs(collections));
      laps.lap("background");
      DeviceStart.Started started = start.get();
      say(started.choice().text());
      laps.lap("driver");
      try (Scanner scanner = Scanner.open(chosen, options, started.gpus())) {
        laps.lap("scores");
        laps.split("tables", started.gpus().tableSeconds());
        laps.split("GPU", started.gpus().waitSeconds());
        say(scanner.describe());
        if (part.given()) {
          new ScanPartRun(part, outputs, sequences, common)
              .write(kind, MotifChoice.motifs(collections), scanner, input);
        } else {
          new ScanRun(scanner, input, outputs, common).write(kind, out);
        }
        laps.lap("scan");
        say(scanner.work());
      }
      laps.lap("end");
      say(laps.text(started.gpus().startSeconds()));
    } catch (ReaderLeftException e) {
      // Standard output says why, if it was not the reader's choice.
    }
    return ExitCode.DONE;
  }

  /** An output that is one of the inputs would be gone before it is read. */
  private void refuseInputs(Path out) {
    if (!Files.exists(out)) {
      return;
    }
    for (List<String> names :
        List.of(
            motifs.names,
            sequences.genomes,
            List.of(scoring.background),
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

  private void say(String line) {
    if (verbose && !line.isEmpty()) {
      System.err.println("basewise: " + line);
    }
  }
}
