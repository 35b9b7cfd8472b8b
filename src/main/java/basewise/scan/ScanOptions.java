package basewise.scan;

import basewise.motif.Background;
import basewise.motif.ScaledMatrix;
import basewise.sequence.Strand;
import java.util.List;

/**
 * How motifs are scored; the defaults are FIMO's.
 *
 * @param background base frequencies as stated; smoothed and averaged over strands as FIMO does
 * @param pseudocount counts added to each column, spread as the background; above 0
 * @param threshold which scores are hits
 * @param bothStrands whether the reverse complement counts too
 */
public record ScanOptions(
    Background background, double pseudocount, Threshold threshold, boolean bothStrands) {
  /** FIMO's defaults. */
  public static final ScanOptions DEFAULTS =
      new ScanOptions(Background.NRDB, ScaledMatrix.FIMO_PSEUDOCOUNT, Threshold.DEFAULT, true);

  /** The strands that are scored. */
  public List<Strand> strands() {
    return bothStrands ? List.of(Strand.values()) : List.of(Strand.FORWARD);
  }

  /** The same with another background. */
  public ScanOptions with(Background other) {
    return new ScanOptions(other, pseudocount, threshold, bothStrands);
  }

  /** The same with another threshold. */
  public ScanOptions with(Threshold other) {
    return new ScanOptions(background, pseudocount, other, bothStrands);
  }

  /** The same over one strand or both. */
  public ScanOptions withBothStrands(boolean both) {
    return new ScanOptions(background, pseudocount, threshold, both);
  }
}
