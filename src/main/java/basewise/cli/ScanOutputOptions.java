package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.TextOutput;
import basewise.scan.output.BaseTrack;
import basewise.scan.output.Places;
import basewise.scan.output.RegionCounts;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a scan is written, and how. */
final class ScanOutputOptions {
  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "fimo (FIMO's TSV), bed (BED6, score -10 log10 p, and more columns), gff, bedgraph or"
              + " bigwig (see --per-base), matrix or mtx (hits of each motif in each sequence or"
              + " region) (default: by the name of --out, else fimo). Text whose name ends in .gz"
              + " is bgzip, with a tabix index if it is bed, gff or bedgraph.")
  @Nullable String format;

  @Option(
      names = "--count",
      description = "Only count: a table of motif, threshold, hits per strand, expected, ratio.")
  boolean count;

  @Option(
      names = "--qvalue",
      paramLabel = "Q",
      description = "Of the hits, only those with at most this q-value.")
  @Nullable Double qvalue;

  @Option(
      names = "--qvalues",
      description = "Also write q-values in formats that leave them out (reads the input twice).")
  boolean qvalues;

  @Option(
      names = "--per-base",
      paramLabel = "KIND",
      description =
          "What bedgraph and bigwig tell of a base: score (the best -10 log10 p of the hits over"
              + " it) or occupancy (how many there are) (default: score).")
  BaseTrack.Kind perBase = BaseTrack.Kind.SCORE;

  @Option(
      names = "--best",
      description =
          "Only the best hit of each motif in each sequence, or in each row of --regions, in the"
              + " order of the genome; with --pvalue 1 there is one wherever the motif fits."
              + " q-values are those of all hits.")
  boolean best;

  @Option(
      names = "--max-strand",
      description = "Of two hits of a motif at one place on both strands, only the better.")
  boolean maxStrand;

  @Option(
      names = "--parse-genomic-coord",
      description = "A sequence named chr:start-end gives places in chr (start is its first base).")
  boolean genomic;

  @Option(
      names = "--resume",
      description =
          "Keep what is found in OUT.checkpoint while scanning, and go on from it if it is there,"
              + " to the same bytes as a scan without interruption (uncompressed rows only;"
              + " q-values are counted anew).")
  boolean resume;

  /** The format a person asked for, or the one of the file's name. */
  ScanFormat format(@Nullable Path out) {
    return ScanFormat.of(format, out);
  }

  /** Whether q-values are needed, which take a pass of their own. */
  boolean needsQvalues(ScanFormat kind) {
    return !count && (kind.wantsQvalues() || qvalues || qvalue != null);
  }

  /** How places are told. */
  Places places() {
    return genomic ? Places.GENOMIC : Places.AS_NAMED;
  }

  /** Regions that overlap are one, unless each is to be told of. */
  ScanSequences.Overlaps overlaps(ScanFormat kind) {
    boolean ofRegions = !count && (kind == ScanFormat.MATRIX || kind == ScanFormat.MTX);
    return best
        ? ScanSequences.Overlaps.SORTED
        : ofRegions ? ScanSequences.Overlaps.AS_GIVEN : ScanSequences.Overlaps.MERGED;
  }

  /** Files that are written beside {@code out}. */
  List<Path> companions(ScanFormat kind, Path out) {
    return kind == ScanFormat.MTX && !count ? RegionCounts.companions(out) : List.of();
  }

  /** Refuses options that could have no effect, or that a format cannot do. */
  void validate(ScanFormat kind, @Nullable Path out) {
    String word = count ? "--count" : kind.word();
    boolean rows = kind.ofHits() && !count;
    if (!rows && (best || qvalues || qvalue != null)) {
      throw InputException.ofOption(
          best ? "--best" : qvalues ? "--qvalues" : "--qvalue",
          "chooses among rows of hits, and " + word + " has none",
          "leave it out");
    }
    if (count && format != null) {
      throw InputException.ofOption("--format", "cannot go with --count", "leave one out");
    }
    if (resume
        && (!rows
            || best
            || out == null
            || TextOutput.isCompressed(out)
            || AtomicOutput.isDevice(out))) {
      throw InputException.ofOption(
          "--resume",
          "needs rows of hits in a file that is not compressed, and not --best",
          "leave it out");
    }
    if (count || kind.ofHits()) {
      return;
    }
    if (out == null) {
      throw InputException.ofOption("--format", word + " needs a file", "name it with --out");
    }
    if (kind == ScanFormat.BIGWIG && TextOutput.isCompressed(out)) {
      throw InputException.ofOption("--out", "bigwig is compressed itself", "leave .gz out");
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
}
