package basewise.report;

import basewise.attribution.Attribution;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.Origin;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.Strand;
import basewise.stats.Estimate;
import basewise.stats.LogValue;
import basewise.stats.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A discovery made up by hand: realistic in shape and size, its numbers known to the tests. */
final class ToyDiscovery {
  private ToyDiscovery() {}

  /**
   * A motif drawn from a word: capital letters at 0.82 to 0.97, small letters at 0.52, n and the
   * like flat.
   */
  static Motif motif(String id, String name, String word) {
    double[][] rows = new double[word.length()][];
    for (int i = 0; i < rows.length; i++) {
      char c = word.charAt(i);
      int code = "ACGT".indexOf(Character.toUpperCase(c));
      double share = code < 0 ? 0.25 : Character.isUpperCase(c) ? 0.82 + 0.05 * (i * 7 % 4) : 0.52;
      rows[i] = new double[4];
      for (int b = 0; b < 4; b++) {
        rows[i][b] = b == code ? share : code < 0 ? 0.25 : (1 - share) / 3;
      }
      if (code >= 0 && Character.isLowerCase(c)) {
        rows[i][(code + 2) % 4] += 0.2;
        for (int b = 0; b < 4; b++) {
          rows[i][b] /= 1.2;
        }
      }
    }
    return Motif.of(id, name, new ProbabilityMatrix(rows));
  }

  static DiscoveryReport report() {
    return report(0);
  }

  /** With counts over some folds of a cross-validation. */
  static DiscoveryReport report(int folds) {
    Motif ctcf = motif("motif_1", "", "cCAcnAGGGGGCgct");
    Motif knownCtcf = motif("MA9001.1", "CTCF", "tgagCGCCCCCTngTGGccant");
    Motif knownCtcfl = motif("MA9002.1", "CTCFL", "gcCgCCaggGGGCgcc");
    Motif ets = motif("motif_2", "", "ACCGGAAGTg");
    Motif knownEts = motif("MA9003.2", "ELK4", "nnCCGGAAGTgn");
    Motif unknown = motif("motif_3", "", "gGnATTGcn");
    List<MotifEntry> motifs =
        List.of(
            new MotifEntry(
                1,
                ctcf,
                "CCACNAGGGGGCGCT",
                3412,
                18.74,
                new LogValue(-412.3),
                new LogValue(-410.5),
                new LogValue(-410.5),
                812,
                983,
                31,
                983,
                0.9412,
                0.713,
                bell(40, 18, 2.5, 160),
                200,
                0.487,
                List.of(),
                List.of(
                    new KnownMatch(knownCtcf, 3.2e-14, 8.4e-11, 1.1e-10, 3, 15, Strand.REVERSE),
                    new KnownMatch(knownCtcfl, 4.1e-9, 1.08e-5, 7.2e-6, -1, 14, Strand.FORWARD)),
                List.of(
                    new Origin(Origin.Kind.ATTRIBUTIONS, 0), Origin.filter(3), Origin.filter(17))),
            new MotifEntry(
                2,
                ets,
                "ACCGGAAGTG",
                641,
                13.02,
                LogValue.of(2.4e-9),
                LogValue.of(1.5e-7),
                LogValue.of(3.6e-8),
                118,
                983,
                41,
                983,
                0.5511,
                0.094,
                bell(40, 20, 11, 30),
                200,
                0.521,
                List.of("Often beside motif 1: 61 of its 118 held-out sites are within 40 bases."),
                List.of(new KnownMatch(knownEts, 2.2e-8, 5.8e-5, 9.1e-5, 1, 10, Strand.FORWARD)),
                List.of(Origin.filter(5), new Origin(Origin.Kind.WORDS, 2))),
            new MotifEntry(
                3,
                unknown,
                "GGNATTGCN",
                97,
                8.11,
                LogValue.of(1.9e-4),
                LogValue.of(0.0118),
                LogValue.of(1.9e-3),
                44,
                983,
                17,
                983,
                0.5134,
                Double.NaN,
                bell(40, 12, 20, 6),
                200,
                0.71,
                List.of("Mostly on one strand."),
                List.of(),
                List.of(Origin.filter(40))));
    double[][] scores = scores();
    boolean[] positive = new boolean[scores[0].length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = i % 2 == 0;
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("Sequences read", 10_000L);
    counts.put("Dropped: over half N", 12L);
    counts.put("Dropped: duplicates", 158L);
    counts.put("Training windows", 15_728L);
    counts.put("Validation windows", 1_966L);
    counts.put("Test windows", 1_966L);
    List<Epoch> history = new ArrayList<>();
    for (int e = 1; e <= 14; e++) {
      double fall = Math.exp(-e / 3.0);
      history.add(
          new Epoch(
              e,
              0.16 + 0.5 * fall - 0.004 * e,
              0.21 + 0.42 * fall + 0.0009 * e * e / 2,
              0.975 - 0.2 * fall - 0.0001 * e * e));
    }
    return new DiscoveryReport(
        "toy_peaks.fa.gz",
        Verdict.of(motifs),
        new Estimate(Ranking.auroc(scores[0], positive), 0.955, 0.977),
        new Estimate(Ranking.auprc(scores[0], positive), 0.958, 0.981),
        new Estimate(Ranking.auroc(scores[1], positive), 0.861, 0.898),
        new Estimate(Ranking.auprc(scores[1], positive), 0.862, 0.903),
        Curve.roc(scores[0], positive),
        Curve.roc(scores[1], positive),
        Curve.precisionRecall(scores[0], positive),
        Curve.precisionRecall(scores[1], positive),
        history,
        9,
        counts,
        List.of("158 duplicates were removed: 1.6 % of the input."),
        folds,
        motifs,
        List.of(
            new RejectedMotif(
                "filter_17", "TTTTTTTTCT", 388, LogValue.of(3.4), "E-value not below 0.05"),
            new RejectedMotif(
                "filter_52", "GCGNGC", 7, new LogValue(Double.NaN), "fewer than 10 sites")),
        gallery(),
        ToyPatterns.REPORT,
        "basewise discover toy_peaks.fa.gz --seed 1 --out basewise-toy_peaks",
        "0.1.0",
        1,
        List.of(
            new InputFile(
                "positives",
                "toy_peaks.fa.gz",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            new InputFile(
                "known motifs",
                "JASPAR 2026 CORE",
                "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752")));
  }

  /** A window of 120 bases in a genome, with a site across two lines, and one of no known place. */
  static List<GalleryExample> gallery() {
    List<GalleryExample> out = new ArrayList<>();
    Random random = new Random(3);
    for (int n = 0; n < 2; n++) {
      byte[] codes = new byte[120];
      float[] scores = new float[4 * codes.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) random.nextInt(4);
        scores[4 * i + codes[i]] = (float) (0.02 * random.nextGaussian());
      }
      byte[] word = Dna.encode("CCACCAGGGGGCGCT");
      int at = n == 0 ? 33 : 70;
      for (int i = 0; i < word.length; i++) {
        scores[4 * (at + i) + codes[at + i]] = 0;
        codes[at + i] = word[i];
        scores[4 * (at + i) + word[i]] = i == 4 ? -0.2f : 0.25f + 0.05f * (i % 3);
      }
      codes[2] = Dna.N;
      Interval place = n == 0 ? new Interval("chr11", 190_037, 190_157) : null;
      out.add(
          new GalleryExample(
              new Example("peak_" + n, place, codes, new float[] {1}, Part.TEST, -1),
              5.25 - n,
              new Attribution(scores, List.of()),
              List.of(
                  new MarkedSite(at, at + 15, Strand.REVERSE, "CTCF", "motif 1, 17.2 bits"),
                  new MarkedSite(at + 20, at + 30, Strand.FORWARD, "ELK4", "motif 2, 9.1 bits"))));
    }
    return out;
  }

  private static List<Long> bell(int bins, double centre, double spread, double most) {
    List<Long> counts = new ArrayList<>();
    Random random = new Random(bins + (long) centre);
    for (int i = 0; i < bins; i++) {
      double z = (i - centre) / spread;
      counts.add(Math.round(most * Math.exp(-z * z / 2) + most * 0.05 * random.nextDouble()));
    }
    return counts;
  }

  private static double[][] scores() {
    Random random = new Random(7);
    double[][] scores = new double[2][1966];
    for (int i = 0; i < scores[0].length; i++) {
      double shift = i % 2 == 0 ? 1 : 0;
      scores[0][i] = random.nextGaussian() + 2.6 * shift;
      scores[1][i] = random.nextGaussian() + 1.65 * shift;
    }
    return scores;
  }
}
