package basewise.nn.device;

import basewise.nn.Architecture;
import basewise.nn.Dense;
import basewise.nn.FilterBank;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Shapes of models to try kernels with, and the numbers to fill them: random ones of a seed, so
 * that two machines compare the same.
 *
 * @param pool positions per window of the maximum; 0: all of them
 */
record SeededModel(
    int filters,
    int width,
    boolean both,
    FilterActivation activation,
    int pool,
    int length,
    int hidden,
    int tasks) {
  private static final long SEED = 7;

  /** One base in so many is an N. */
  private static final int UNKNOWN = 40;

  /** The model of the name {@code motif} in the measurements of peers. */
  static final SeededModel PEERS = relu(128, 20, true, 0, 200, 32, 1);

  /** The model that {@code train} makes if nothing else is said. */
  static final SeededModel DEFAULT = relu(64, 19, true, 0, 200, 32, 1);

  /** Sizes on both sides of a warp, a tile, a stage and a pair of bases. */
  static final List<SeededModel> STRADDLING =
      List.of(
          relu(1, 2, true, 0, 2, 1, 1),
          relu(3, 3, false, 0, 63, 2, 1),
          relu(31, 8, true, 0, 20, 31, 1),
          relu(32, 4, true, 0, 64, 32, 2),
          relu(33, 5, true, 4, 65, 33, 3),
          relu(63, 6, false, 3, 40, 5, 1),
          relu(64, 19, false, 0, 101, 32, 1),
          relu(65, 7, false, 0, 70, 64, 1),
          DEFAULT,
          relu(40, 9, true, 25, 60, 40, 33),
          relu(5, 11, true, 0, 530, 7, 1),
          relu(4, 81, true, 0, 300, 6, 1),
          new SeededModel(20, 9, true, FilterActivation.EXPONENTIAL, 0, 90, 12, 2));

  private static SeededModel relu(
      int filters, int width, boolean both, int pool, int length, int hidden, int tasks) {
    return new SeededModel(
        filters, width, both, FilterActivation.RELU, pool, length, hidden, tasks);
  }

  MotifModel model() {
    Strands strands = both ? Strands.BOTH : Strands.FORWARD;
    MotifArchitecture a =
        Architecture.motif()
            .withFilters(filters)
            .withFilterWidth(width)
            .withStrands(strands)
            .withActivation(activation)
            .withPool(pool)
            .withHidden(hidden);
    RandomGenerator random = Seeds.generator(SEED, 0);
    float[] weights = uniform(random, filters * width * 4, -0.5, 0.5);
    for (int i = 0; i < weights.length; i += 3) {
      weights[i] = Math.round(4 * weights[i]) / 4f; // makes ties, where the first place has to win
    }
    FilterBank bank =
        new FilterBank(
            filters,
            width,
            strands,
            activation,
            weights,
            uniform(random, filters, -0.2, 0.2),
            uniform(random, filters, 0.3, 1),
            uniform(random, filters, -1, 0.2));
    int in = a.windows(length) * filters;
    return new MotifModel(
        a,
        length,
        IntStream.range(0, tasks).mapToObj(t -> "task" + t).toList(),
        bank,
        new Dense(
            in,
            hidden,
            uniform(random, in * hidden, -0.4, 0.4),
            uniform(random, hidden, -0.2, 0.2)),
        new Dense(
            hidden,
            tasks,
            uniform(random, hidden * tasks, -0.4, 0.4),
            uniform(random, tasks, -0.2, 0.2)));
  }

  private static float[] uniform(RandomGenerator random, int n, double from, double to) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextDouble(from, to);
    }
    return out;
  }

  /** Sequences as long as the model's window; the first has Ns only. */
  List<byte[]> sequences(int n) {
    List<byte[]> out = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      RandomGenerator random = Seeds.generator(SEED, s + 1L);
      byte[] codes = new byte[length];
      for (int i = 0; i < length; i++) {
        boolean unknown = s == 0 || random.nextInt(UNKNOWN) == 0;
        codes[i] = unknown ? Dna.N : (byte) random.nextInt(Dna.N);
      }
      out.add(codes);
    }
    return out;
  }

  @Override
  public String toString() {
    return "%d filters of %d, %s, maximum over %s of %d bases, %d hidden, %d tasks, %s"
        .formatted(
            filters,
            width,
            both ? "both strands" : "one strand",
            pool == 0 ? "all" : String.valueOf(pool),
            length,
            hidden,
            tasks,
            activation);
  }
}
