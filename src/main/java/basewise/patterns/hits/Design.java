package basewise.patterns.hits;

import basewise.patterns.kernel.FitKernel;
import java.util.Arrays;
import java.util.List;

/** The patterns side by side, as {@link FitKernel} reads them. */
final class Design {
  final List<Oriented> oriented;
  final int lanes;

  /** The positions of patterns on which any counts: [from, from + width). */
  final int from;

  final int width;

  /** Positions of a pattern. */
  final int length;

  /** [4][width][lanes]. */
  final float[] weights;

  final float[] limit;

  Design(List<Oriented> oriented, HitOptions options) {
    this.oriented = oriented;
    lanes = FitKernel.padded(oriented.size());
    length = oriented.getFirst().length();
    from = oriented.stream().mapToInt(Oriented::start).min().orElse(0);
    width = oriented.stream().mapToInt(Oriented::end).max().orElse(length) - from;
    weights = new float[4 * width * lanes];
    for (int m = 0; m < oriented.size(); m++) {
      for (int w = 0; w < width; w++) {
        for (int c = 0; c < 4; c++) {
          weights[(c * width + w) * lanes + m] = oriented.get(m).weights()[4 * (from + w) + c];
        }
      }
    }
    limit = new float[lanes];
    Arrays.fill(limit, 1);
    Arrays.fill(limit, 0, oriented.size(), (float) options.lambda());
  }

  /** Where the weights of a letter begin. */
  int row(int code) {
    return code * width * lanes;
  }
}
