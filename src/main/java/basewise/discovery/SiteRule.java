package basewise.discovery;

import java.util.Locale;

/** Which windows of the positive training sequences a filter's first matrix is counted from. */
public enum SiteRule {
  /**
   * Windows whose activation exceeds mean + 0.5 (max - mean), over all positions of all sequences
   * (Basset; Kelley, Snoek and Rinn 2016).
   */
  BASSET,
  /** Windows whose activation exceeds half of the filter's maximum. */
  RELMAX,
  /**
   * The best window of each sequence, if the map before activation is above 0 there (DeepBind;
   * Alipanahi et al. 2015).
   */
  BEST,
  /** The 100 windows with the highest activation. */
  TOP;

  /** How many windows {@link #TOP} takes. */
  public static final int TOP_WINDOWS = 100;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
