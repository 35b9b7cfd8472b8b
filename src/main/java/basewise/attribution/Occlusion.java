package basewise.attribution;

import basewise.nn.network.Network;
import basewise.sequence.Dna;
import java.util.List;

/**
 * Occlusion (Zeiler and Fergus 2014): the output minus that with a window replaced. A position's
 * score is the mean over the windows that cover it; the last window ends with the sequence.
 */
final class Occlusion {
  private static final int BASES = Dna.N;

  private final Subject subject;

  Occlusion(Subject subject) {
    this.subject = subject;
  }

  /** Scores on the bases that are there. */
  double[] scores(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    List<double[]> replacements =
        switch (options.replacement()) {
          case N -> List.of(new double[codes.length * BASES]);
          case MEAN -> List.of(References.composition(codes));
          case SHUFFLE -> References.shuffles(codes, item, options.seed(), options.shuffles());
        };
    int window = options.window();
    int windows = Math.ceilDiv(codes.length - window, options.stride()) + 1;
    double[] sums = new double[codes.length];
    int[] covered = new int[codes.length];
    double[] x = Network.oneHot(codes);
    int each = replacements.size();
    double[] changes =
        new Variants(subject, x)
            .differences(
                windows * each,
                v -> {
                  int start = v / each * options.stride();
                  int end = Math.min(start + window, codes.length);
                  double[] occluded = x.clone();
                  System.arraycopy(
                      replacements.get(v % each),
                      start * BASES,
                      occluded,
                      start * BASES,
                      (end - start) * BASES);
                  return occluded;
                });
    for (int v = 0; v < changes.length; v++) {
      int start = v / each * options.stride();
      for (int i = start; i < Math.min(start + window, codes.length); i++) {
        sums[i] -= changes[v] / each;
        covered[i] += v % each == 0 ? 1 : 0;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= covered[i];
    }
    return Scores.onBases(sums, codes);
  }
}
