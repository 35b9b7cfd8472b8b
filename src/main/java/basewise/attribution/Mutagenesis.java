package basewise.attribution;

import basewise.nn.network.LocalPass;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.sequence.Dna;
import java.util.Arrays;

/**
 * In-silico mutagenesis: what every substitution of one base does to what is explained. In floats
 * only what a substitution changes is computed ({@link LocalPass}), whatever the network; in
 * doubles, for proofs, every mutant passes through the whole network.
 */
final class Mutagenesis {
  private static final int BASES = Dna.N;

  private final Subject subject;

  Mutagenesis(Subject subject) {
    this.subject = subject;
  }

  /**
   * What is explained, with the substitution minus without.
   *
   * @param codes as many as the network reads; N is never substituted
   * @return [position][base], flat; 0 for the base that is there, and at N
   */
  double[] differences(byte[] codes) {
    int[] positions = new int[codes.length * BASES];
    byte[] bases = new byte[positions.length];
    int n = 0;
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; codes[i] != Dna.N && c < BASES; c++) {
        if (c != codes[i]) {
          positions[n] = i;
          bases[n++] = c;
        }
      }
    }
    double[] each =
        subject.options().precision() == Precision.FLOAT32
            ? local(codes, n, positions, bases)
            : whole(codes, n, positions, bases);
    double[] out = new double[codes.length * BASES];
    for (int k = 0; k < n; k++) {
      out[positions[k] * BASES + bases[k]] = each[k];
    }
    return out;
  }

  private double[] local(byte[] codes, int n, int[] positions, byte[] bases) {
    LocalPass pass = new LocalPass(subject.local(), Network.oneHot(codes));
    float[][] found = pass.substitutions(Arrays.copyOf(positions, n), Arrays.copyOf(bases, n));
    double[] weights = subject.localWeights();
    double[] out = new double[n];
    for (int k = 0; k < n; k++) {
      for (int o = 0; o < weights.length; o++) {
        out[k] += weights[o] * found[k][o];
      }
    }
    return out;
  }

  /**
   * The same of what a device found.
   *
   * @param found [position][base][output], flat
   */
  double[] differences(float[] found) {
    double[] weights = subject.weights();
    double[] out = new double[found.length / weights.length];
    for (int k = 0; k < out.length; k++) {
      for (int o = 0; o < weights.length; o++) {
        out[k] += weights[o] * found[k * weights.length + o];
      }
    }
    return out;
  }

  private double[] whole(byte[] codes, int n, int[] positions, byte[] bases) {
    double before = subject.value(subject.run(codes));
    double[] out = new double[n];
    for (int k = 0; k < n; k++) {
      byte[] mutant = codes.clone();
      mutant[positions[k]] = bases[k];
      out[k] = subject.value(subject.run(mutant)) - before;
    }
    return out;
  }
}
