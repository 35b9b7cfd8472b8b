package basewise.cli;

import basewise.io.InputException;
import basewise.io.TabixIndex;
import basewise.scan.ScanMotif;
import basewise.scan.output.Bed;
import basewise.scan.output.FimoTsv;
import basewise.scan.output.Gff3;
import basewise.scan.output.QValues;
import basewise.scan.output.RowFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code scan} can write, and the endings of file names that ask for it. */
enum ScanFormat {
  /** FIMO's columns. */
  FIMO("fimo", ".tsv", ".txt"),
  /** BED6 and more columns. */
  BED("bed", ".bed"),
  /** GFF3. */
  GFF("gff", ".gff", ".gff3"),
  /** A number for each base, as text. */
  BEDGRAPH("bedgraph", ".bedgraph", ".bg"),
  /** A number for each base, as a bigWig. */
  BIGWIG("bigwig", ".bw", ".bigwig"),
  /** Hits of each motif in each sequence or region, as a table. */
  MATRIX("matrix", ".matrix.tsv"),
  /** The same as Matrix Market. */
  MTX("mtx", ".mtx");

  private final String word;
  private final List<String> endings;

  ScanFormat(String word, String... endings) {
    this.word = word;
    this.endings = List.of(endings);
  }

  /** The word of {@code --format}. */
  String word() {
    return word;
  }

  /** All words. */
  static String words() {
    return Arrays.stream(values()).map(ScanFormat::word).collect(Collectors.joining(", "));
  }

  /** The format a person asked for, or the one of a file name, or FIMO's. */
  static ScanFormat of(@Nullable String word, @Nullable Path out) {
    if (word != null) {
      return Arrays.stream(values())
          .filter(f -> f.word.equalsIgnoreCase(word))
          .findFirst()
          .orElseThrow(() ->
              InputException.ofOption("--format", "'" + word + "' is not one of " + words(), ""));
    }
    if (out != null) {
      String name = out.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.b?gz$", "");
      for (ScanFormat f : List.of(MATRIX, MTX, BEDGRAPH, BIGWIG, BED, GFF)) {
        if (f.endings.stream().anyMatch(name::endsWith)) {
          return f;
        }
      }
    }
    return FIMO;
  }

  /** Rows for motifs, with q-values if there are any. */
  RowFormat rows(List<ScanMotif> motifs, @Nullable QValues qvalues) {
    return switch (this) {
      case FIMO -> new FimoTsv(motifs, qvalues);
      case BED -> new Bed(motifs, qvalues);
      case GFF -> new Gff3(motifs, qvalues);
      default -> throw new IllegalStateException(word + " has no rows of hits");
    };
  }

  /** Where its rows tell of places, for an index; null where there is none. */
  TabixIndex.@Nullable Columns columns() {
    return switch (this) {
      case BED, BEDGRAPH -> TabixIndex.Columns.BED;
      case GFF -> TabixIndex.Columns.GFF;
      default -> null;
    };
  }

  /** Whether it has a row for each hit. */
  boolean ofHits() {
    return this == FIMO || this == BED || this == GFF;
  }

  /** Whether it has a number for each base. */
  boolean ofBases() {
    return this == BEDGRAPH || this == BIGWIG;
  }

  /** Whether the format has q-values without being asked. */
  boolean wantsQvalues() {
    return this == FIMO;
  }
}
