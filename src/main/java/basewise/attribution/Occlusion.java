package basewise.attribution;

import basewise.nn.network.Network;
import basewise.sequence.Dna;
import java.util.ArrayList;
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
          case SHUFFLE ->
              References.shuffles(codes, item, options.seed(), options.shuffles());
        };
    int window = options.window();
    int windows = Math.ceilDiv(codes.length - window, options.stride()) + 1;
    double[] sums = new double[codes.length];
    int[] covered = new int[codes.length];
    double[] x = Network.oneHot(codes);
    double whole = subject.value(subject.run(x));
    for (int w = 0; w < windows; w++) {
      int start = w * options.stride();
      int end = Math.min(start + window, codes.length);
      List<double[]> inputs = new ArrayList<>();
      for (double[] r : replacements) {
        double[] occluded = x.clone();
        System.arraycopy(r, start * BASES, occluded, start * BASES, (end - start) * BASES);
        inputs.add(occluded);
      }
      double mean = 0;
      for (double value : subject.values(inputs)) {
        mean += value / inputs.size();
      }
      for (int i = start; i < end; i++) {
        sums[i] += whole - mean;
        covered[i]++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= covered[i];
    }
    return Scores.onBases(sums, codes);
  }
}
