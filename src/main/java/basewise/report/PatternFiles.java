package basewise.report;

import basewise.compare.Match;
import basewise.io.AtomicOutput;
import basewise.io.GFormat;
import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import basewise.patterns.Core;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.Pattern;
import basewise.patterns.SavedPattern;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Seqlet;
import basewise.patterns.Spacing;
import basewise.patterns.hits.Recall;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The files about patterns. */
public final class PatternFiles {
  /** A line per pattern. */
  public static final String TABLE = "patterns.tsv";

  /** The columns of {@code patterns.tsv}; others may follow these one day, none goes before. */
  public static final List<String> COLUMNS =
      List.of(
          "pattern",
          "sign",
          "seqlets",
          "consensus",
          "start",
          "end",
          "information_content",
          "contribution",
          "subpatterns",
          "match_id",
          "match_name",
          "match_pvalue",
          "match_qvalue",
          "positives_with_site",
          "negatives_with_site",
          "enrichment_pvalue",
          "evalue",
          "qvalue",
          "auroc",
          "positives",
          "negatives");

  /** A motif keeps the positions that contribute, and some around them. */
  private static final int AROUND = 4;

  private PatternFiles() {}

  /** The positions of a pattern that its motif keeps. */
  static Core core(Pattern p) {
    return Core.of(p).widened(AROUND, p);
  }

  /** How often each base is at the positions of a pattern's motif; see {@link #motifs}. */
  public static CountMatrix counts(FoundPattern p) {
    Core core = core(p.pattern());
    double[] shares = p.pattern().sequence();
    double[][] counts = new double[core.end() - core.start()][4];
    for (int i = 0; i < counts.length; i++) {
      for (int c = 0; c < 4; c++) {
        counts[i][c] = Math.rint(shares[4 * (core.start() + i) + c] * p.pattern().size());
      }
    }
    return new CountMatrix(counts);
  }

  /**
   * The motif of each pattern: base frequencies from the first to the last position whose
   * contributions, their absolute values added up, are 0.3 of the strongest position's, and 4
   * positions around them, as modisco-lite's report cuts them.
   */
  public static List<Motif> motifs(FoundPatterns found) {
    List<Motif> motifs = new ArrayList<>();
    for (FoundPattern p : found.all()) {
      Core core = core(p.pattern());
      ProbabilityMatrix matrix = p.pattern().probabilities().slice(core.start(), core.end());
      motifs.add(
          new Motif(
              p.id(),
              matrix.consensus(),
              matrix,
              OptionalDouble.of(p.pattern().size()),
              OptionalDouble.empty(),
              null,
              Map.of()));
    }
    return motifs;
  }

  /**
   * Writes patterns.tsv, motifs.meme, pfm.tsv, cwm.tsv, hypothetical_cwm.tsv, seqlets.tsv,
   * spacing.tsv, modisco_results.h5 and logos.
   *
   * @param places with which seqlets.bed is written too
   * @param matches of each pattern with known motifs, the best first; asked for last, so that they
   *     may be found while other files are written
   * @param evidence of each pattern; empty if they were not judged
   * @param spacing of the pairs
   * @param beside may run a part of the work
   */
  public static void write(
      Path folder,
      ScoredSequences data,
      ScoredRegions places,
      FoundPatterns found,
      Supplier<List<List<Match>>> matches,
      List<PatternEvidence> evidence,
      List<Spacing> spacing,
      Executor beside) {
    List<Motif> motifs = motifs(found);
    matrices(folder.resolve("pfm.tsv"), found, Pattern::sequence);
    matrices(folder.resolve("cwm.tsv"), found, Pattern::contributions);
    matrices(folder.resolve("hypothetical_cwm.tsv"), found, Pattern::hypothetical);
    SpacingTable.write(spacing, folder.resolve("spacing.tsv"));
    seqlets(folder.resolve("seqlets.tsv"), data, found);
    if (places.known()) {
      bed(folder.resolve("seqlets.bed"), data, places, found);
    }
    ModiscoHdf5.write(folder.resolve(SavedPattern.FILE), data, found, beside);
    for (Motif m : motifs) {
      SequenceLogo.of(m).write(folder.resolve("logos").resolve(m.id() + ".svg"));
    }
    List<List<Match>> like = matches.get();
    MotifFile.write(
        folder.resolve("motifs.meme"),
        named(motifs, like, evidence),
        MotifFormat.MEME,
        Background.UNIFORM);
    AtomicOutput.write(folder.resolve(TABLE), table(found, motifs, like, evidence));
  }

  /** Called by the best known motif, where one is like it, and with their E-value. */
  private static List<Motif> named(
      List<Motif> motifs, List<List<Match>> matches, List<PatternEvidence> evidence) {
    List<Motif> out = new ArrayList<>();
    for (int i = 0; i < motifs.size(); i++) {
      Motif m = motifs.get(i);
      List<Match> like = matches.get(i);
      String known = like.isEmpty() ? "" : like.getFirst().target().name();
      OptionalDouble evalue =
          evidence.isEmpty()
              ? m.evalue()
              : OptionalDouble.of(Double.parseDouble(evidence.get(i).evalue().toString()));
      String name = known.isEmpty() ? m.name() : known;
      out.add(new Motif(m.id(), name, m.probabilities(), m.sites(), evalue, m.counts(), m.notes()));
    }
    return out;
  }

  private static String table(
      FoundPatterns found,
      List<Motif> motifs,
      List<List<Match>> matches,
      List<PatternEvidence> evidence) {
    StringBuilder tsv = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
    for (int i = 0; i < motifs.size(); i++) {
      FoundPattern p = found.all().get(i);
      Core core = core(p.pattern());
      double sum = 0;
      for (double c : p.pattern().contributions()) {
        sum += c;
      }
      ProbabilityMatrix matrix = motifs.get(i).probabilities();
      List<String> fields =
          new ArrayList<>(
              List.of(
                  p.id(),
                  p.positive() ? "+" : "-",
                  Integer.toString(p.pattern().size()),
                  matrix.consensus(),
                  Integer.toString(core.start()),
                  Integer.toString(core.end()),
                  GFormat.g(matrix.informationContent(Background.UNIFORM), 4),
                  GFormat.g(sum, 4),
                  Integer.toString(p.subpatterns().size())));
      if (matches.get(i).isEmpty()) {
        fields.addAll(List.of("", "", "", ""));
      } else {
        Match m = matches.get(i).getFirst();
        fields.add(Text.field(m.target().id()));
        fields.add(Text.field(m.target().name()));
        fields.add(LogValue.of(m.pvalue()).toString());
        fields.add(LogValue.of(m.qvalue()).toString());
      }
      if (evidence.isEmpty()) {
        fields.addAll(List.of("", "", "", "", "", "", "", ""));
      } else {
        PatternEvidence e = evidence.get(i);
        fields.add(Integer.toString(e.positivesWith()));
        fields.add(Integer.toString(e.negativesWith()));
        fields.add(e.pvalue().toString());
        fields.add(e.evalue().toString());
        fields.add(e.qvalue().toString());
        fields.add(GFormat.g(e.auroc(), 4));
        fields.add(Integer.toString(e.positives()));
        fields.add(Integer.toString(e.negatives()));
      }
      tsv.append(String.join("\t", fields)).append('\n');
    }
    return tsv.toString();
  }

  private static void matrices(Path file, FoundPatterns found, Function<Pattern, double[]> matrix) {
    StringBuilder tsv = new StringBuilder("pattern\tposition\tA\tC\tG\tT\n");
    for (FoundPattern p : found.all()) {
      double[] numbers = matrix.apply(p.pattern());
      for (int i = 0; i < p.pattern().length(); i++) {
        tsv.append(p.id()).append('\t').append(i);
        for (int c = 0; c < 4; c++) {
          tsv.append('\t').append(GFormat.g(numbers[4 * i + c], 6));
        }
        tsv.append('\n');
      }
    }
    AtomicOutput.write(file, tsv.toString());
  }

  private static void seqlets(Path file, ScoredSequences data, FoundPatterns found) {
    StringBuilder tsv = new StringBuilder("pattern\tsequence\tstart\tend\tstrand\tcontribution\n");
    for (FoundPattern p : found.all()) {
      List<Seqlet> sorted =
          p.pattern().seqlets().stream()
              .sorted(
                  Comparator.comparingInt((Seqlet s) -> data.row(s.sequence()))
                      .thenComparingInt(Seqlet::start))
              .toList();
      for (Seqlet s : sorted) {
        tsv.append(p.id()).append('\t').append(data.row(s.sequence()));
        tsv.append('\t').append(s.start() + data.offset());
        tsv.append('\t').append(s.end() + data.offset());
        tsv.append('\t').append(s.reverse() ? '-' : '+');
        tsv.append('\t').append(GFormat.g(data.total(s), 6)).append('\n');
      }
    }
    AtomicOutput.write(file, tsv.toString());
  }

  /**
   * Seqlets in the genome, by contig (as the rows first name them) and start; what lies before the
   * contig's first base is left out.
   */
  private static void bed(
      Path file, ScoredSequences data, ScoredRegions places, FoundPatterns found) {
    record Row(String contig, long start, long end, String pattern, boolean reverse) {}
    Map<String, Integer> order = new HashMap<>();
    places.places().forEach(p -> order.putIfAbsent(p.contig(), order.size()));
    Set<Row> rows = new LinkedHashSet<>();
    for (FoundPattern p : found.all()) {
      for (Seqlet s : p.pattern().seqlets()) {
        Recall.Place place = places.places().get(data.row(s.sequence()));
        long start = (long) place.start() + data.offset() + s.start();
        if (start + s.length() > 0) {
          long first = Math.max(0, start);
          rows.add(new Row(place.contig(), first, start + s.length(), p.id(), s.reverse()));
        }
      }
    }
    StringBuilder bed = new StringBuilder();
    rows.stream()
        .sorted(
            Comparator.comparingInt((Row r) -> order.getOrDefault(r.contig, 0))
                .thenComparingLong(Row::start)
                .thenComparing(Row::pattern)
                .thenComparing(Row::reverse))
        .forEach(r ->
            bed.append(
                "%s\t%d\t%d\t%s\t0\t%s\n"
                    .formatted(r.contig, r.start, r.end, r.pattern, r.reverse ? "-" : "+")));
    AtomicOutput.write(file, bed.toString());
  }
}
