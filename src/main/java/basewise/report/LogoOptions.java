package basewise.report;

import basewise.motif.Background;

/**
 * How a logo is computed.
 *
 * @param background against which information is measured; uniform gives columns of 0 to 2 bits
 * @param smallSampleCorrection whether each column loses e(n) = 3 / (2 ln 2 n) bits, n the number
 *     of sites (Schneider et al. 1986); a motif whose sites are not known is not corrected
 */
public record LogoOptions(Background background, boolean smallSampleCorrection) {
  /** Uniform background, no correction. */
  public static final LogoOptions DEFAULT = new LogoOptions(Background.UNIFORM, false);

  /** The information a column can hold at most, in bits. */
  public double mostBits() {
    double least = 1;
    for (int c = 0; c < 4; c++) {
      least = Math.min(least, background.of(c));
    }
    return -Math.log(least) / Math.log(2);
  }
}
