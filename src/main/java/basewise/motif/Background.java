package basewise.motif;

import java.util.Arrays;

/**
 * Order-0 base frequencies, in the order A C G T, that sum to 1.
 *
 * @see #NRDB FIMO's default
 */
public final class Background {
  /** All four bases alike. */
  public static final Background UNIFORM = new Background("uniform", .25, .25, .25, .25);

  /** The MEME Suite's default: frequencies of the NCBI non-redundant DNA database. */
  public static final Background NRDB = new Background("nrdb", .281774, .222020, .228876, .267330);

  private final String name;
  private final double[] frequencies;

  private Background(String name, double... frequencies) {
    this.name = name;
    this.frequencies = frequencies;
  }

  /**
   * Frequencies from any non-negative numbers, made to sum to 1.
   *
   * @param name where they come from, as reports will say it
   * @param weights four numbers, A C G T, not all zero
   */
  public static Background of(String name, double... weights) {
    double sum = 0;
    for (double w : weights) {
      if (!(w >= 0) || Double.isInfinite(w)) {
        throw new IllegalArgumentException("not a frequency: " + w);
      }
      sum += w;
    }
    if (weights.length != 4 || !(sum > 0)) {
      throw new IllegalArgumentException("expected four frequencies: " + Arrays.toString(weights));
    }
    double[] f = weights.clone();
    for (int i = 0; i < 4; i++) {
      f[i] /= sum;
    }
    return new Background(name, f);
  }

  /** Base composition of the known bases of some sequences, with a pseudocount of 1 per base. */
  public static Background ofSequences(String name, Iterable<byte[]> sequences) {
    double[] n = {1, 1, 1, 1};
    for (byte[] codes : sequences) {
      for (byte c : codes) {
        if (c < 4) {
          n[c]++;
        }
      }
    }
    return of(name, n);
  }

  /** Where the frequencies come from. */
  public String name() {
    return name;
  }

  /** Frequency of a base code 0-3. */
  public double of(int code) {
    return frequencies[code];
  }

  /** A copy of the four frequencies, A C G T. */
  public double[] toArray() {
    return frequencies.clone();
  }

  /** Each base averaged with its complement, as both strands see it. */
  public Background bothStrands() {
    double at = (frequencies[0] + frequencies[3]) / 2;
    double cg = (frequencies[1] + frequencies[2]) / 2;
    return new Background(name, at, cg, cg, at);
  }

  /**
   * The frequencies as FIMO uses them: both strands averaged where both are scanned, 5e-7 added to
   * each, and made to sum to 1 again.
   */
  public Background smoothed(boolean bothStrands) {
    double[] f = (bothStrands ? bothStrands() : this).toArray();
    for (int i = 0; i < 4; i++) {
      f[i] += 5e-7;
    }
    return of(name, f);
  }
}
