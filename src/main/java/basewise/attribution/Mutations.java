package basewise.attribution;

import basewise.nn.kernel.Floats;
import basewise.nn.network.FloatPass;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mutations beyond single substitutions: pairs of them, deletions and insertions. */
final class Mutations {
  private static final int BASES = Dna.N;

  private final Subject subject;

  Mutations(Subject subject) {
    this.subject = subject;
  }

  /**
   * The epistasis of every pair of known positions (second-order mutagenesis, Koo and others 2018).
   *
   * @param distance of the two at most; 0: any
   */
  List<Epistasis> pairs(byte[] codes, int distance) {
    Variants variants = new Variants(subject, codes);
    List<byte[]> singles = new ArrayList<>();
    int[] single = new int[codes.length * BASES];
    for (int i = 0; i < codes.length; i++) {
      for (byte b : others(codes[i])) {
        single[i * BASES + b] = singles.size();
        singles.add(with(codes, i, b));
      }
    }
    double[] alone = changes(variants, singles);
    List<Epistasis> found = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      int last = distance == 0 ? codes.length - 1 : Math.min(i + distance, codes.length - 1);
      List<byte[]> doubles = new ArrayList<>();
      for (int j = i + 1; j <= last; j++) {
        for (byte b : others(codes[i])) {
          for (byte c : others(codes[j])) {
            doubles.add(with(with(codes, i, b), j, c));
          }
        }
      }
      double[] together = changes(variants, doubles);
      int next = 0;
      for (int j = i + 1; j <= last; j++) {
        int ways = others(codes[i]).length * others(codes[j]).length;
        byte first = Dna.N;
        byte second = Dna.N;
        double strongest = 0;
        double absolute = 0;
        for (byte b : others(codes[i])) {
          for (byte c : others(codes[j])) {
            double apart = alone[single[i * BASES + b]] + alone[single[j * BASES + c]];
            double effect = together[next++] - apart;
            absolute += Math.abs(effect);
            if (first == Dna.N || Math.abs(effect) > Math.abs(strongest)) {
              first = b;
              second = c;
              strongest = effect;
            }
          }
        }
        if (ways > 0) {
          found.add(new Epistasis(i, first, j, second, strongest, absolute / ways));
        }
      }
    }
    return found;
  }

  /** A position's score: the mean over its pairs of the absolute strongest epistasis. */
  static double[] positions(List<Epistasis> pairs, int length) {
    double[] sums = new double[length];
    int[] n = new int[length];
    for (Epistasis e : pairs) {
      sums[e.first()] += Math.abs(e.strongest());
      sums[e.second()] += Math.abs(e.strongest());
      n[e.first()]++;
      n[e.second()]++;
    }
    for (int i = 0; i < length; i++) {
      sums[i] /= Math.max(n[i], 1);
    }
    return sums;
  }

  /** Every single deletion, then every single insertion; N is neither deleted nor inserted. */
  List<Indel> indels(byte[] codes) {
    List<byte[]> mutants = new ArrayList<>();
    List<Indel> found = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        byte[] mutant = codes.clone();
        System.arraycopy(codes, i + 1, mutant, i, codes.length - i - 1);
        mutant[codes.length - 1] = Dna.N;
        mutants.add(mutant);
        found.add(new Indel(i, false, codes[i], 0));
      }
    }
    for (int i = 0; i < codes.length; i++) {
      for (byte b = 0; b < BASES; b++) {
        byte[] mutant = codes.clone();
        System.arraycopy(codes, i, mutant, i + 1, codes.length - i - 1);
        mutant[i] = b;
        mutants.add(mutant);
        found.add(new Indel(i, true, b, 0));
      }
    }
    mutants.add(codes);
    double[] values = values(mutants);
    List<Indel> out = new ArrayList<>();
    for (int k = 0; k < found.size(); k++) {
      Indel f = found.get(k);
      double effect = values[k] - values[found.size()];
      out.add(new Indel(f.position(), f.insertion(), f.base(), effect));
    }
    return out;
  }

  /** Of sequences with other bases nearly everywhere: whole passes, several at a time in floats. */
  private double[] values(List<byte[]> all) {
    double[] out = new double[all.size()];
    Network network = subject.network();
    boolean together =
        subject.options().precision() == Precision.FLOAT32 && FloatPass.handles(network);
    if (!together) {
      Arrays.setAll(out, k -> subject.value(subject.run(all.get(k))));
      return out;
    }
    FloatPass pass = new FloatPass(network);
    int size = network.input().size();
    for (int done = 0; done < out.length; ) {
      int n = Math.min(pass.most(), out.length - done);
      for (int k = 0; k < n; k++) {
        double[] x = Network.oneHot(all.get(done + k));
        Floats.round(x, 0, size, pass.values(Network.INPUT), k * size);
      }
      pass.forward(0, n);
      for (int k = 0; k < n; k++) {
        out[done++] = subject.target().value(pass.output(k));
      }
    }
    return out;
  }

  private static double[] changes(Variants variants, List<byte[]> mutants) {
    return variants.differences(mutants.size(), v -> Network.oneHot(mutants.get(v)));
  }

  private static byte[] with(byte[] codes, int position, byte base) {
    byte[] out = codes.clone();
    out[position] = base;
    return out;
  }

  /** The three other bases; none for N. */
  private static byte[] others(byte code) {
    byte[] out = new byte[code == Dna.N ? 0 : BASES - 1];
    int n = 0;
    for (byte b = 0; n < out.length; b++) {
      if (b != code) {
        out[n++] = b;
      }
    }
    return out;
  }
}
