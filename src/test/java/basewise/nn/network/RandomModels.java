package basewise.nn.network;

import basewise.nn.Architecture;
import basewise.nn.Dense;
import basewise.nn.FilterBank;
import basewise.nn.Head;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models with random weights, small enough to check in many ways. */
public final class RandomModels {
  private RandomModels() {}

  /** A model with two tasks. */
  public static MotifModel of(
      int filters,
      int filterWidth,
      Strands strands,
      FilterActivation activation,
      int pool,
      int length) {
    MotifArchitecture a =
        Architecture.motif()
            .withFilters(filters)
            .withFilterWidth(filterWidth)
            .withStrands(strands)
            .withActivation(activation)
            .withPool(pool)
            .withHidden(6)
            .withHead(Head.CLASSES);
    SplittableRandom random = new SplittableRandom(11);
    int units = a.windows(length) * filters;
    float[] scale = normal(random, filters, 0.5);
    for (int f = 0; f < filters; f++) {
      scale[f] = 0.2f + Math.abs(scale[f]);
    }
    // exp multiplies the rounding of a float score by its value, which training keeps small.
    double deviation = activation == FilterActivation.EXPONENTIAL ? 0.2 : 0.5;
    FilterBank bank =
        new FilterBank(
            filters,
            filterWidth,
            strands,
            activation,
            normal(random, filters * filterWidth * 4, deviation),
            normal(random, filters, 0.2),
            scale,
            normal(random, filters, 0.3));
    return new MotifModel(
        a,
        length,
        List.of("a", "b"),
        bank,
        new Dense(units, 6, normal(random, units * 6, 0.4), normal(random, 6, 0.2)),
        new Dense(6, 2, normal(random, 12, 0.4), normal(random, 2, 0.2)));
  }

  /** Sequences with an N now and then. */
  public static List<byte[]> sequences(int n, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, n)
        .mapToObj(s -> {
          byte[] codes = new byte[length];
          for (int i = 0; i < length; i++) {
            codes[i] = (byte) (random.nextInt(40) == 0 ? 4 : random.nextInt(4));
          }
          return codes;
        })
        .toList();
  }

  private static float[] normal(SplittableRandom random, int n, double deviation) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (random.nextGaussian() * deviation);
    }
    return out;
  }
}
