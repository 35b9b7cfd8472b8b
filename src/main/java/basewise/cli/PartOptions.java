package basewise.cli;

import basewise.io.InputException;
import basewise.io.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a scan is done here; {@code gather} makes the whole of all parts. */
final class PartOptions {
  @Option(
      names = "--part",
      paramLabel = "I/N",
      description =
          "Only the Ith of N shares of the bases, cut at ends of contigs where they are near; --out"
              + " becomes a folder for gather. Shares depend on the genome (and --regions) and N"
              + " alone.")
  private @Nullable String part;

  @Option(
      names = "--motif-part",
      paramLabel = "J/M",
      description = "Only the Jth of M shares of the motifs, likewise.")
  private @Nullable String motifPart;

  /** Whether a part was asked for. */
  boolean given() {
    return part != null || motifPart != null;
  }

  /** The share of the bases. */
  Share bases() {
    return part == null ? Share.WHOLE : Share.parse("--part", part);
  }

  /** The share of the motifs. */
  Share motifs() {
    return motifPart == null ? Share.WHOLE : Share.parse("--motif-part", motifPart);
  }

  /** Those of some items that belong to the share of the motifs. */
  <T> List<T> chosen(List<T> items) {
    Share share = motifs();
    if (share.of() > items.size()) {
      throw InputException.ofOption(
          "--motif-part", "%s of %d motifs".formatted(share, items.size()), "make fewer parts");
    }
    return items.subList((int) share.start(items.size()), (int) share.end(items.size()));
  }

  /** Refuses what parts cannot do. */
  void validate(
      ScanFormat kind, ScanOutputOptions outputs, ScanSequences sequences, CommonOptions common) {
    String option = part == null ? "--motif-part" : "--part";
    bases();
    motifs();
    if (!outputs.count && !kind.ofHits()) {
      throw InputException.ofOption(
          option, kind.word() + " cannot be gathered", "write rows of hits, or --count");
    }
    if (outputs.best || outputs.resume) {
      throw InputException.ofOption(
          outputs.best ? "--best" : "--resume", "cannot go with " + option, "leave one out");
    }
    if (sequences.genomes.size() > 1 || sequences.genomes.contains("-")) {
      throw InputException.ofOption(option, "needs one --genome, in a file", "");
    }
    if (common.out == null || common.out.toString().equals("-")) {
      throw InputException.ofOption(option, "needs a folder", "name it with --out");
    }
  }
}
