package basewise.patterns;

import basewise.motif.ProbabilityMatrix;
import java.util.List;

/**
 * Aligned seqlets of one length, no place twice, and what they are on average. Arrays are [length *
 * 4], the letter varying fastest; do not change them.
 */
public final class Pattern {
  private static final double PSEUDOCOUNT = 0.001;

  private final List<Seqlet> seqlets;
  private final double[] sequence;
  private final double[] contributions;
  private final double[] hypothetical;

  Pattern(List<Seqlet> seqlets, double[] sequence, double[] contributions, double[] hypothetical) {
    this.seqlets = List.copyOf(seqlets);
    this.sequence = sequence;
    this.contributions = contributions;
    this.hypothetical = hypothetical;
  }

  /** Its seqlets, in the order in which they joined it. */
  public List<Seqlet> seqlets() {
    return seqlets;
  }

  /** How many seqlets it has. */
  public int size() {
    return seqlets.size();
  }

  /** How many positions it has. */
  public int length() {
    return sequence.length / 4;
  }

  /** How often each base is there: the position frequency matrix. */
  public double[] sequence() {
    return sequence;
  }

  /** The contribution weight matrix: mean contributions of the bases that are there. */
  public double[] contributions() {
    return contributions;
  }

  /** The hypothetical contribution weight matrix: of all letters. */
  public double[] hypothetical() {
    return hypothetical;
  }

  /** The frequencies as probabilities; where no seqlet has a base, all are alike. */
  public ProbabilityMatrix probabilities() {
    double[][] rows = new double[length()][4];
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (int c = 0; c < 4; c++) {
        sum += sequence[i * 4 + c];
      }
      for (int c = 0; c < 4; c++) {
        rows[i][c] = sum == 0 ? 0.25 : sequence[i * 4 + c] / sum;
      }
    }
    return new ProbabilityMatrix(rows);
  }

  /** Sum of the contributions: its sign is the pattern's. */
  double total() {
    double sum = 0;
    for (double c : contributions) {
      sum += c;
    }
    return sum;
  }

  /** Bits of each position against a background, as modisco-lite counts them. */
  double[] information(double[] background) {
    double expected = 0;
    for (double b : background) {
      expected += b == 0 ? 0 : Math.log(b) / Math.log(2) * b;
    }
    ProbabilityMatrix p = probabilities();
    double[] bits = new double[length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = -expected;
      for (int c = 0; c < 4; c++) {
        double share = (p.at(i, c) + PSEUDOCOUNT) / (1 + 4 * PSEUDOCOUNT);
        bits[i] += Math.log(share) / Math.log(2) * p.at(i, c);
      }
    }
    return bits;
  }

  /** Where the window with the most information begins, the first if several do. */
  static int richest(double[] bits, int window) {
    double sum = 0;
    for (int i = 0; i < window; i++) {
      sum += bits[i];
    }
    double most = sum;
    int best = 0;
    for (int i = window; i < bits.length; i++) {
      sum += bits[i] - bits[i - window];
      if (sum > most) {
        most = sum;
        best = i - window + 1;
      }
    }
    return best;
  }
}
