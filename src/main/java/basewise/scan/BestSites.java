package basewise.scan;

import basewise.motif.ScoreMatrix;
import basewise.scan.kernel.BestSiteKernel;
import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * The best site of each of many motifs in each of many sequences, over both strands or one.
 * Thread-safe and reusable.
 */
public final class BestSites {
  private final int motifs;
  private final int padded;
  private final int pairs;
  private final int narrowest;

  /** Motifs by width: which one is the m-th of the tables. */
  private final int[] order;

  /** Pairs of columns of each {@link BestSiteKernel#LANES} of them. */
  private final int[] blockPairs;

  private final boolean bothStrands;
  private final float[] forward;
  private final float[] reverse;

  private BestSites(List<ScoreMatrix> matrices, boolean bothStrands) {
    motifs = matrices.size();
    padded = (motifs + BestSiteKernel.LANES - 1) / BestSiteKernel.LANES * BestSiteKernel.LANES;
    int widest = matrices.stream().mapToInt(ScoreMatrix::width).max().orElseThrow();
    narrowest = matrices.stream().mapToInt(ScoreMatrix::width).min().orElseThrow();
    pairs = (widest + 1) / 2;
    // Motifs of like widths side by side, so that narrow ones need not be as wide as the widest.
    order =
        IntStream.range(0, motifs)
            .boxed()
            .sorted(Comparator.comparingInt(m -> matrices.get(m).width()))
            .mapToInt(m -> m)
            .toArray();
    blockPairs = new int[padded / BestSiteKernel.LANES];
    for (int i = 0; i < motifs; i++) {
      blockPairs[i / BestSiteKernel.LANES] = (matrices.get(order[i]).width() + 1) / 2;
    }
    this.bothStrands = bothStrands;
    forward = table(matrices);
    reverse =
        bothStrands
            ? table(matrices.stream().map(ScoreMatrix::reverseComplement).toList())
            : new float[0];
  }

  /**
   * Prepares tables for some motifs of any widths.
   *
   * @param bothStrands whether the reverse complement counts as well
   */
  public static BestSites of(List<ScoreMatrix> motifs, boolean bothStrands) {
    return new BestSites(motifs, bothStrands);
  }

  private float[] table(List<ScoreMatrix> matrices) {
    float[] table = new float[pairs * 25 * padded];
    for (int m = 0; m < matrices.size(); m++) {
      ScoreMatrix s = matrices.get(order[m]);
      for (int k = 0; k < pairs; k++) {
        for (int a = 0; a < 5; a++) {
          for (int b = 0; b < 5; b++) {
            table[(k * 25 + 5 * a + b) * padded + m] = score(s, 2 * k, a) + score(s, 2 * k + 1, b);
          }
        }
      }
    }
    return table;
  }

  private static float score(ScoreMatrix s, int column, int code) {
    if (column >= s.width()) {
      return 0;
    }
    return code == Dna.N ? BestSiteKernel.IMPOSSIBLE : (float) s.at(column, code);
  }

  /** Number of motifs. */
  public int motifs() {
    return motifs;
  }

  /**
   * Finds the best site of each motif in each sequence; the threads change nothing but the time.
   */
  public Found find(List<byte[]> sequences, int threads) {
    int n = sequences.size();
    float[] score = new float[n * motifs];
    int[] place = new int[n * motifs];
    int chunk = 64;
    int chunks = (n + chunk - 1) / chunk;
    Runnable work =
        () ->
            IntStream.range(0, chunks)
                .parallel()
                .forEach(c -> {
                  Scratch scratch = new Scratch(padded);
                  for (int i = c * chunk; i < Math.min(n, (c + 1) * chunk); i++) {
                    one(sequences.get(i), scratch, score, place, i * motifs);
                  }
                });
    if (threads == 1) {
      Scratch scratch = new Scratch(padded);
      for (int i = 0; i < n; i++) {
        one(sequences.get(i), scratch, score, place, i * motifs);
      }
    } else {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        pool.submit(work).join();
      }
    }
    return new Found(motifs, score, place);
  }

  private void one(byte[] codes, Scratch s, float[] score, int[] place, int at) {
    int positions = Math.max(0, codes.length - narrowest + 1);
    s.fill(codes, 2 * pairs + 2);
    BestSiteKernel.best(s.pairs, positions, forward, blockPairs, padded, s.value, s.position);
    if (bothStrands) {
      BestSiteKernel.best(s.pairs, positions, reverse, blockPairs, padded, s.value2, s.position2);
    }
    for (int m = 0; m < motifs; m++) {
      boolean minus = bothStrands && s.value2[m] > s.value[m];
      float v = minus ? s.value2[m] : s.value[m];
      int p = (int) (minus ? s.position2[m] : s.position[m]);
      boolean none = v < BestSiteKernel.IMPOSSIBLE / 2;
      score[at + order[m]] = none ? Float.NEGATIVE_INFINITY : v;
      place[at + order[m]] = none ? 0 : minus ? ~p : p;
    }
  }

  /** What one thread needs. */
  private static final class Scratch {
    byte[] pairs = new byte[0];
    final float[] value;
    final float[] position;
    final float[] value2;
    final float[] position2;

    Scratch(int padded) {
      value = new float[padded];
      position = new float[padded];
      value2 = new float[padded];
      position2 = new float[padded];
    }

    void fill(byte[] codes, int tail) {
      if (pairs.length < codes.length + tail) {
        pairs = new byte[codes.length + tail];
      }
      Arrays.fill(pairs, codes.length, codes.length + tail, (byte) (5 * Dna.N + Dna.N));
      for (int i = 0; i + 1 < codes.length; i++) {
        pairs[i] = (byte) (5 * codes[i] + codes[i + 1]);
      }
      if (codes.length > 0) {
        pairs[codes.length - 1] = (byte) (5 * codes[codes.length - 1] + Dna.N);
      }
    }
  }

  /** The best sites found: one per sequence and motif. */
  public static final class Found {
    private final int motifs;
    private final float[] score;
    private final int[] place;

    Found(int motifs, float[] score, int[] place) {
      this.motifs = motifs;
      this.score = score;
      this.place = place;
    }

    /** The best score in bits, or -infinity if the motif fits nowhere. */
    public float score(int sequence, int motif) {
      return score[sequence * motifs + motif];
    }

    /** The best scores of one motif, one per sequence. */
    public float[] scores(int motif) {
      float[] out = new float[motifs == 0 ? 0 : score.length / motifs];
      for (int i = 0; i < out.length; i++) {
        out[i] = score(i, motif);
      }
      return out;
    }

    /** Where the best site starts on the forward strand, whichever strand it reads on. */
    public int start(int sequence, int motif) {
      int p = place[sequence * motifs + motif];
      return p < 0 ? ~p : p;
    }

    /** The strand it reads on; the forward strand wins ties. */
    public Strand strand(int sequence, int motif) {
      return place[sequence * motifs + motif] < 0 ? Strand.REVERSE : Strand.FORWARD;
    }
  }
}
