package basewise.attribution;

import basewise.sequence.Dna;
import java.util.List;

/**
 * The scores of one sequence.
 *
 * @param scores [position][base], flat, the bases in the order A, C, G, T: what each letter does or
 *     would do there (hypothetical contributions)
 * @param completeness one per reference; empty where the method does not promise it
 * @param extras what else was found
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
public record Attribution(float[] scores, List<Completeness> completeness, Extras extras) {
  /** Scores and nothing else. */
  public Attribution(float[] scores, List<Completeness> completeness) {
    this(scores, completeness, Extras.NONE);
  }

  /** The scores of the bases that are there; 0 elsewhere, and at N. */
  public float[] projected(byte[] codes) {
    float[] out = new float[scores.length];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        int at = i * Dna.N + codes[i];
        out[at] = scores[at];
      }
    }
    return out;
  }
}
