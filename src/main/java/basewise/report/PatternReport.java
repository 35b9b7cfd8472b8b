package basewise.report;

import basewise.compare.Match;
import basewise.dataset.Example;
import basewise.motif.Motif;
import basewise.patterns.Core;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.Pattern;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Seqlet;
import basewise.patterns.Spacing;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a report says of the patterns of a network.
 *
 * @param sequences whose contributions were looked at
 * @param seqlets that were found in them
 * @param patterns of both signs, those that raise the output first
 * @param spacing of the pairs, the most certain first
 */
public record PatternReport(
    int sequences, int seqlets, List<Entry> patterns, List<Spacing> spacing) {
  /** Seqlets that are shown of each pattern. */
  private static final int EXAMPLES = 6;

  /** Keeps its own copies. */
  public PatternReport {
    patterns = List.copyOf(patterns);
    spacing = List.copyOf(spacing);
  }

  /**
   * A pattern.
   *
   * @param found it
   * @param motif its base frequencies at the positions that are shown
   * @param shown positions of the pattern, [start, end)
   * @param matches known motifs, the best first
   * @param became ranks of the motifs found that it started
   * @param examples some of its seqlets, from the strongest to the weakest
   */
  public record Entry(
      FoundPattern found,
      Motif motif,
      Core shown,
      List<KnownMatch> matches,
      List<Integer> became,
      List<Shown> examples) {
    /** Keeps its own copies. */
    public Entry {
      matches = List.copyOf(matches);
      became = List.copyOf(became);
      examples = List.copyOf(examples);
    }

    /** What the best match says, or the consensus. */
    String said() {
      return matches.isEmpty()
          ? motif.probabilities().consensus().replaceAll("^N+(?=.)|(?<=.)N+$", "")
          : matches.getFirst().said();
    }

    /** Where it stands in the page. */
    String anchor() {
      return "pattern-" + (found.positive() ? "" : "n") + found.rank();
    }
  }

  /**
   * A seqlet, read as its pattern is.
   *
   * @param sequence id of the sequence
   * @param place in words, forward strand, from 1
   * @param reverse whether it is read on the other strand
   * @param contributions of the bases that are there, [position * 4 + base], the positions shown
   * @param total of them
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  public record Shown(
      String sequence, String place, boolean reverse, double[] contributions, double total) {}

  /**
   * All that there is to say.
   *
   * @param rows the sequences that were explained, as {@link ScoredSequences#row} counts them
   * @param matches of each pattern with known motifs, the best first
   * @param motifs that were found
   */
  public static PatternReport of(
      List<Example> rows,
      ScoredSequences data,
      FoundPatterns found,
      List<List<Match>> matches,
      List<MotifEntry> motifs,
      List<Spacing> spacing) {
    List<Motif> cut = PatternFiles.motifs(found);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      FoundPattern p = found.all().get(i);
      Core shown = PatternFiles.core(p.pattern());
      List<Integer> became =
          p.positive()
              ? motifs.stream()
                  .filter(m -> m.patterns().contains(p.rank()))
                  .map(MotifEntry::rank)
                  .toList()
              : List.of();
      entries.add(
          new Entry(
              p,
              cut.get(i),
              shown,
              matches.get(i).stream().map(KnownMatch::of).toList(),
              became,
              examples(rows, data, p.pattern(), shown)));
    }
    return new PatternReport(
        data.count(), found.positiveSeqlets() + found.negativeSeqlets(), entries, spacing);
  }

  private static List<Shown> examples(
      List<Example> rows, ScoredSequences data, Pattern pattern, Core shown) {
    List<Seqlet> sorted =
        pattern.seqlets().stream()
            .sorted(
                Comparator.comparingDouble((Seqlet s) -> -Math.abs(data.total(shown.in(s))))
                    .thenComparingInt(s -> data.row(s.sequence()))
                    .thenComparingInt(Seqlet::start))
            .toList();
    int n = Math.min(EXAMPLES, sorted.size());
    List<Shown> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Seqlet s = shown.in(sorted.get(n == 1 ? 0 : i * (sorted.size() - 1) / (n - 1)));
      double[] contributions = new double[4 * s.length()];
      for (int p = 0; p < s.length(); p++) {
        int code = data.code(s, p);
        if (code != Dna.N) {
          contributions[4 * p + code] = data.hypothetical(s, p, code);
        }
      }
      Example row = rows.get(data.row(s.sequence()));
      int from = s.start() + data.offset();
      Interval window = row.place();
      // A pattern may reach beyond the sequence that its seqlet is in.
      int to = Math.min(from + s.length(), row.codes().length);
      from = Math.max(0, from);
      int start = window == null ? 0 : window.start();
      String contig = window == null ? "" : window.contig() + ":";
      String place = "%s%d–%d".formatted(contig, start + from + 1, start + to);
      out.add(new Shown(row.id(), place, s.reverse(), contributions, data.total(s)));
    }
    return out;
  }

  /** The entry of a pattern. */
  Entry entry(FoundPattern p) {
    return patterns.stream()
        .filter(e -> e.found.positive() == p.positive() && e.found.rank() == p.rank())
        .findFirst()
        .orElseThrow();
  }
}
