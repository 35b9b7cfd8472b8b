package basewise.report;

import basewise.compare.Match;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.patterns.FoundPattern;
import basewise.patterns.FoundPatterns;
import basewise.patterns.PatternFinder;
import basewise.patterns.PatternOptions;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Spacings;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Patterns for the report: {@value #ROWS} sequences hold a word or its variant, and three in four
 * of them a second word that follows on the other strand after 45 to 47 bases.
 */
final class ToyPatterns {
  static final int ROWS = 160;
  private static final int LENGTH = 240;
  private static final String FIRST = "CCACCAGGGGGCGCT";
  private static final String VARIANT = "CCACCAGAGGGCGCT";
  private static final String SECOND = "ACCGGAAGTG";

  /** What the report says of them. */
  static final PatternReport REPORT = report();

  private ToyPatterns() {}

  private static PatternReport report() {
    byte[][] codes = new byte[ROWS][LENGTH];
    float[][] scores = new float[ROWS][4 * LENGTH];
    List<Example> rows = new ArrayList<>();
    for (int n = 0; n < ROWS; n++) {
      Random random = new Random(n);
      for (int i = 0; i < LENGTH; i++) {
        codes[n][i] = (byte) random.nextInt(4);
        for (int c = 0; c < 4; c++) {
          scores[n][4 * i + c] = (float) (0.02 * random.nextGaussian());
        }
      }
      int at = 85 + random.nextInt(36);
      boolean turned = n % 2 == 1;
      plant(codes[n], scores[n], at, n % 4 < 2 ? FIRST : VARIANT, turned);
      if (n % 4 != 3) {
        int gap = 45 + n % 3;
        int second = turned ? at - gap - SECOND.length() : at + FIRST.length() + gap;
        plant(codes[n], scores[n], second, SECOND, !turned);
      }
      Interval place = new Interval("chr7", 1000 * n, 1000 * n + LENGTH);
      rows.add(new Example("peak_" + n, place, codes[n], new float[] {1}, Part.TRAIN, -1));
    }
    ScoredSequences data = new ScoredSequences(codes, scores, 0);
    PatternOptions options = PatternOptions.DEFAULTS;
    FoundPatterns found = PatternFinder.find(data, options, 2);
    return PatternReport.of(
        rows, data, found, matches(found), List.of(), Spacings.of(data, found, options, 2));
  }

  /** The largest has a known match. */
  private static List<List<Match>> matches(FoundPatterns found) {
    List<List<Match>> out = new ArrayList<>();
    for (FoundPattern p : found.all()) {
      Match ctcf =
          new Match(
              PatternFiles.motifs(found).getFirst(),
              ToyDiscovery.motif("MA9001.1", "CTCF", "tgagCGCCCCCTngTGGccant"),
              3,
              15,
              Strand.REVERSE,
              3.2e-14,
              8.4e-11,
              1.1e-10);
      out.add(p.positive() && p.rank() == 0 ? List.of(ctcf) : List.of());
    }
    return out;
  }

  private static void plant(byte[] codes, float[] scores, int at, String word, boolean turned) {
    byte[] bases = Dna.encode(word);
    for (int w = 0; w < bases.length; w++) {
      int i = turned ? at + bases.length - 1 - w : at + w;
      codes[i] = turned ? Dna.complement(bases[w]) : bases[w];
      for (int c = 0; c < 4; c++) {
        scores[4 * i + c] += c == codes[i] ? 1 + 0.1f * (w % 3) : -0.3f;
      }
    }
  }
}
