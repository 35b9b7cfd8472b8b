package basewise.attribution;

import basewise.nn.network.Network;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one sequence is compared with, as values [length][4]. */
final class References {
  private static final int BASES = Dna.N;

  private References() {}

  /**
   * The references of a kind: those of the options if it is {@link Reference#FILE}, otherwise one.
   *
   * @param item number of the sequence, for its shuffle
   */
  static List<double[]> of(Reference kind, AttributionOptions options, byte[] codes, long item) {
    return switch (kind) {
      case ZERO -> List.of(new double[codes.length * BASES]);
      case UNIFORM -> List.of(mixture(codes, 0.5));
      case GC -> List.of(composition(codes));
      case SHUFFLE -> shuffles(codes, item, options.seed(), 1);
      case FILE -> options.references().stream().map(r -> masked(r, codes)).toList();
    };
  }

  /** The sequence's own frequencies of A and T, and of C and G, at every base that is known. */
  static double[] composition(byte[] codes) {
    int known = 0;
    int strong = 0;
    for (byte c : codes) {
      known += c == Dna.N ? 0 : 1;
      strong += c == Dna.C || c == Dna.G ? 1 : 0;
    }
    return mixture(codes, known == 0 ? 0.5 : (double) strong / known);
  }

  private static double[] mixture(byte[] codes, double gc) {
    double[] out = new double[codes.length * BASES];
    for (int i = 0; i < codes.length; i++) {
      for (int c = 0; codes[i] != Dna.N && c < BASES; c++) {
        out[i * BASES + c] = (c == Dna.C || c == Dna.G ? gc : 1 - gc) / 2;
      }
    }
    return out;
  }

  /** Dinucleotide shuffles of a sequence, one-hot. */
  static List<double[]> shuffles(byte[] codes, long item, long seed, int n) {
    List<double[]> out = new ArrayList<>();
    long own = Seeds.mix(seed, item);
    for (int s = 0; s < n; s++) {
      byte @Nullable [] shuffle = DinucleotideShuffle.shuffleUnlike(codes, Seeds.generator(own, s));
      // A sequence without another order is its own reference: nothing in it stands out.
      out.add(Network.oneHot(shuffle == null ? codes : shuffle));
    }
    return out;
  }

  /** A reference is N where the sequence is. */
  private static double[] masked(byte[] reference, byte[] codes) {
    if (reference.length != codes.length) {
      throw new IllegalArgumentException(
          "a reference of %d for %d bases".formatted(reference.length, codes.length));
    }
    byte[] out = reference.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = codes[i] == Dna.N ? Dna.N : out[i];
    }
    return Network.oneHot(out);
  }
}
