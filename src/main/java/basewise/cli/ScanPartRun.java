package basewise.cli;

import basewise.genome.BlockSource;
import basewise.io.BgzfPart;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.report.InputFile;
import basewise.scan.HitSink;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.WindowCounts;
import basewise.scan.output.HitFilter;
import basewise.scan.output.PartOutput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One part of a scan, into a folder for {@code gather}. */
final class ScanPartRun {
  private final PartOptions part;
  private final ScanOutputOptions outputs;
  private final ScanSequences sequences;
  private final CommonOptions common;

  ScanPartRun(
      PartOptions part, ScanOutputOptions outputs, ScanSequences sequences, CommonOptions common) {
    this.part = part;
    this.outputs = outputs;
    this.sequences = sequences;
    this.common = common;
  }

  /**
   * Scans the part.
   *
   * @param motifs all of the scan
   * @param scanner of the part's own
   */
  void write(ScanFormat kind, List<Motif> motifs, Scanner scanner, ScanSequences.Opened input) {
    ScanOptions options = scanner.options();
    Path out = Objects.requireNonNull(common.out);
    PartOutput.Kind rows =
        new PartOutput.Kind(
            outputs.count ? "count" : kind.word(),
            outputs.count ? null : kind::rows,
            outputs.places());
    int matrices = scanner.motifs().size() * options.strands().size();
    try (Interruption watch =
            Interruption.watch(() -> "interrupted; %s was not written".formatted(out));
        PartOutput output =
            new PartOutput(
                out,
                common.force,
                rows,
                scanner.motifs(),
                options.bothStrands(),
                part.bases(),
                part.motifs(),
                identity(motifs, options),
                outputs.needsQvalues(kind),
                outputs.qvalue);
        BlockSource blocks = input.share(part.bases(), scanner.overlap());
        ScanProgress progress = ScanProgress.of("scan", blocks, matrices, common.quiet)) {
      HitSink<BgzfPart> sink = outputs.maxStrand ? HitFilter.maxStrand().into(output) : output;
      WindowCounts windows =
          scanner.scan(blocks, progress.counting(sink), common.threads, progress);
      output.commit(windows);
    }
  }

  /** What parts of one scan agree in, in the order in which differences are told. */
  private Map<String, String> identity(List<Motif> motifs, ScanOptions options) {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("version of Basewise", Version.text());
    of.put("genome", InputFile.read("genome", sequences.genomes.getFirst()).sha256());
    of.put(
        "--regions",
        sequences.regions == null ? "none" : InputFile.read("regions", sequences.regions).sha256());
    of.put("--skip-masked", Boolean.toString(sequences.skipMasked));
    Fingerprint all = new Fingerprint();
    for (Motif m : motifs) {
      all.add(m.id()).add(m.name()).add(m.sites().toString());
      for (int i = 0; i < m.width(); i++) {
        for (int c = 0; c < 4; c++) {
          all.add(Double.toString(m.probabilities().at(i, c)));
        }
      }
      all.add("end");
    }
    of.put("set of motifs", all.text().strip());
    Background background = options.background();
    of.put(
        "scoring",
        "background %s, pseudocount %s, %s, %s"
            .formatted(
                Arrays.toString(background.toArray()),
                options.pseudocount(),
                options.threshold(),
                options.strands()));
    of.put("--max-strand", Boolean.toString(outputs.maxStrand));
    of.put("--parse-genomic-coord", Boolean.toString(outputs.genomic));
    return of;
  }
}
