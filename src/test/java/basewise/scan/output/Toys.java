package basewise.scan.output;

import basewise.genome.BlockSource;
import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ScaledMatrix;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded motifs and sequences, and the hits that the definition finds in them. */
final class Toys {
  private Toys() {}

  /** A hit as the definition finds it. */
  record Found(int sequence, int start, int motif, Strand strand, int sum) {}

  static ScanOptions options() {
    return new ScanOptions(
        Background.UNIFORM, ScaledMatrix.FIMO_PSEUDOCOUNT, new Threshold.PValue(0.005), true);
  }

  static List<Motif> motifs(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Motif> motifs = new ArrayList<>();
    for (int m = 0; m < n; m++) {
      double[][] counts = new double[random.nextInt(4, 15)][4];
      for (double[] column : counts) {
        for (int c = 0; c < 4; c++) {
          column[c] = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(3);
        }
        column[random.nextInt(4)] += 5;
      }
      motifs.add(Motif.ofCounts("M" + m, m % 3 == 0 ? "" : "name" + m, new CountMatrix(counts)));
    }
    return motifs;
  }

  static List<NamedSequence> sequences(long seed, int n, int longest) {
    SplittableRandom random = new SplittableRandom(seed);
    List<NamedSequence> sequences = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      byte[] codes = new byte[random.nextInt(longest)];
      for (int j = 0; j < codes.length; j++) {
        codes[j] = random.nextInt(500) == 0 ? Dna.N : (byte) random.nextInt(4);
      }
      sequences.add(new NamedSequence("s" + i, "", codes));
    }
    return sequences;
  }

  /** Hits by the plain definition, in order of sequence, start, motif, strand. */
  static List<Found> found(Scanner scanner, List<NamedSequence> sequences) {
    List<Found> found = new ArrayList<>();
    for (int s = 0; s < sequences.size(); s++) {
      byte[] codes = sequences.get(s).codes();
      for (int at = 0; at < codes.length; at++) {
        for (int m = 0; m < scanner.motifs().size(); m++) {
          ScanMotif motif = scanner.motifs().get(m);
          for (Strand strand : Strand.values()) {
            if (at + motif.width() <= codes.length) {
              int sum = motif.matrix(strand).sum(codes, at);
              if (sum >= motif.cutoff(strand)) {
                found.add(new Found(s, at, m, strand, sum));
              }
            }
          }
        }
      }
    }
    return found;
  }

  /** A sequence of a letter string. */
  static NamedSequence sequence(String name, String letters) {
    return new NamedSequence(name, "", Dna.encode(letters));
  }

  /** A motif that prefers one word: 20 sites, all of that word. */
  static Motif word(String id, String name, String word) {
    double[][] counts = new double[word.length()][4];
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(counts[i], 0);
      counts[i][Dna.code(word.charAt(i))] = 20;
    }
    return Motif.ofCounts(id, name, new CountMatrix(counts));
  }

  /** Scans sequences held in memory. */
  static <T> basewise.scan.WindowCounts scan(
      Scanner scanner, List<NamedSequence> sequences, HitSink<T> sink, int threads) {
    return scanner.scan(BlockSource.of(sequences, scanner.overlap()), sink, threads, n -> {});
  }

  /** Collects hits after they were thinned. */
  static final class Collector implements HitSink<List<Found>> {
    final List<Found> all = new ArrayList<>();

    @Override
    public List<Found> prepare(HitBlock hits) {
      List<Found> mine = new ArrayList<>();
      int piece = 0;
      for (int i = 0; i < hits.size(); i++) {
        while (hits.start(i) >= hits.block().end(piece)) {
          piece++;
        }
        int start = (int) (hits.start(i) - hits.block().offset(piece) + hits.block().start(piece));
        mine.add(
            new Found(
                hits.block().sequence(piece), start, hits.motif(i), hits.strand(i), hits.sum(i)));
      }
      return mine;
    }

    @Override
    public void write(List<Found> prepared) {
      all.addAll(prepared);
    }
  }
}
