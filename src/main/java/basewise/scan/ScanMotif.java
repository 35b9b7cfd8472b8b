package basewise.scan;

import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.ScaledMatrix;
import basewise.motif.ScoreDistribution;
import basewise.sequence.Strand;

/**
 * A motif ready to be scanned: whole-number scores, their exact distribution and the cutoff, for
 * each strand. The two strands' tables are computed each in its own order of columns, as FIMO does,
 * and may differ in the last bits.
 */
public final class ScanMotif {
  private final Motif motif;
  private final ScaledMatrix[] matrix;
  private final ScoreDistribution[] distribution;
  private final int[] cutoff = new int[2];

  private ScanMotif(Motif motif, ScaledMatrix[] matrix, ScoreDistribution[] distribution) {
    this.motif = motif;
    this.matrix = matrix;
    this.distribution = distribution;
  }

  /** Prepares a motif. */
  public static ScanMotif of(Motif motif, ScanOptions options) {
    Background background = options.background().smoothed(options.bothStrands());
    ScaledMatrix plus = ScaledMatrix.of(motif, options.pseudocount(), background);
    ScaledMatrix minus = plus.reverseComplement();
    ScoreDistribution forward = ScoreDistribution.of(plus, background);
    ScoreDistribution reverse =
        minus.equals(plus) ? forward : ScoreDistribution.of(minus, background);
    ScanMotif m =
        new ScanMotif(
            motif, new ScaledMatrix[] {plus, minus}, new ScoreDistribution[] {forward, reverse});
    for (int s = 0; s < 2; s++) {
      m.cutoff[s] = options.threshold().cutoff(m.matrix[s], m.distribution[s]);
    }
    return m;
  }

  /** The same, of whose distributions the p-values of hits are kept: some percent of the memory. */
  public ScanMotif ofHits() {
    ScoreDistribution plus = distribution[0].above(cutoff[0]);
    boolean equal = distribution[0] == distribution[1] && cutoff[0] == cutoff[1];
    ScoreDistribution minus = equal ? plus : distribution[1].above(cutoff[1]);
    ScanMotif m = new ScanMotif(motif, matrix, new ScoreDistribution[] {plus, minus});
    m.cutoff[0] = cutoff[0];
    m.cutoff[1] = cutoff[1];
    return m;
  }

  /** The motif. */
  public Motif motif() {
    return motif;
  }

  /** Number of columns. */
  public int width() {
    return matrix[0].width();
  }

  /** Scores for a strand, to be read along the forward strand. */
  public ScaledMatrix matrix(Strand strand) {
    return matrix[strand.ordinal()];
  }

  /** How likely sums are on a strand; of a {@link Scanner}'s motifs, those of hits. */
  public ScoreDistribution distribution(Strand strand) {
    return distribution[strand.ordinal()];
  }

  /** The smallest sum that is a hit on a strand; above the maximum where there can be none. */
  public int cutoff(Strand strand) {
    return cutoff[strand.ordinal()];
  }

  /** Whether no window of any sequence can be a hit. */
  public boolean hopeless() {
    return cutoff[0] > matrix[0].maximum() && cutoff[1] > matrix[1].maximum();
  }
}
