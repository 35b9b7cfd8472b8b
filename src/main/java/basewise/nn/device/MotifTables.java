package basewise.nn.device;

import basewise.nn.FilterBank;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.kernel.MotifKernel;

/**
 * A model's filters as the kernels read them, batch norm folded.
 *
 * @param filters how many
 * @param width bases a filter
 * @param both whether both strands count
 * @param activation what follows
 * @param weights [filters][width][4], times the scale
 * @param offsets [filters]
 */
@SuppressWarnings("ArrayRecordComponent") // parameters; never compared
record MotifTables(
    int filters,
    int width,
    boolean both,
    FilterActivation activation,
    float[] weights,
    float[] offsets) {
  private static final int LANES = 32;
  private static final int BASES = 4;
  private static final int CODES = 5;

  /** Two sums of 32 lanes for each pair of codes. */
  private static final int PAIR_FLOATS = CODES * CODES * LANES * 2;

  static MotifTables of(FilterBank bank) {
    return new MotifTables(
        bank.filters(),
        bank.width(),
        bank.strands() == Strands.BOTH,
        bank.activation(),
        bank.foldedWeights(),
        bank.offsets());
  }

  /** Look-ups of a score. */
  int pairs() {
    return (width + 1) / 2;
  }

  /** Bytes of the tables of one tile. */
  int tileBytes() {
    return pairs() * PAIR_FLOATS * Float.BYTES;
  }

  /** Groups of filters that one warp scores: a lane has one on both strands, or two on one. */
  int tiles() {
    int each = both ? LANES : 2 * LANES;
    return (filters + each - 1) / each;
  }

  /** [tile][pair][25][lane][2]: the sum of two neighbouring weights, added as the CPU's. */
  float[] pairTables() {
    float[] out = new float[tiles() * pairs() * PAIR_FLOATS];
    for (int tile = 0; tile < tiles(); tile++) {
      for (int t = 0; t < pairs(); t++) {
        for (int row = 0; row < CODES * CODES; row++) {
          for (int lane = 0; lane < LANES; lane++) {
            int at = ((tile * pairs() + t) * CODES * CODES + row) * LANES * 2 + 2 * lane;
            int a = row / CODES;
            int b = row % CODES;
            int filter = both ? tile * LANES + lane : 2 * (tile * LANES + lane);
            out[at] = pair(filter, 2 * t, a, b, false);
            out[at + 1] =
                both ? pair(filter, 2 * t, a, b, true) : pair(filter + 1, 2 * t, a, b, false);
          }
        }
      }
    }
    return out;
  }

  private float pair(int f, int j, int a, int b, boolean reverse) {
    if (f >= filters) {
      return 0;
    }
    float first = column(f, j, a, reverse);
    return j + 1 < width ? first + column(f, j + 1, b, reverse) : first;
  }

  private float column(int f, int j, int code, boolean reverse) {
    return reverse
        ? MotifKernel.reverse(weights, f, width, j, code)
        : MotifKernel.forward(weights, f, width, j, code);
  }

  /** [width][codes 0-4][filters]: N adds nothing. */
  float[] columns() {
    float[] out = new float[width * CODES * filters];
    for (int f = 0; f < filters; f++) {
      for (int j = 0; j < width; j++) {
        for (int code = 0; code < CODES; code++) {
          out[(j * CODES + code) * filters + f] = column(f, j, code, false);
        }
      }
    }
    return out;
  }

  /** [width][filters][4]. */
  float[] columnWeights() {
    float[] out = new float[width * filters * BASES];
    for (int j = 0; j < width; j++) {
      for (int f = 0; f < filters; f++) {
        System.arraycopy(weights, (f * width + j) * BASES, out, (j * filters + f) * BASES, BASES);
      }
    }
    return out;
  }

  /** What neural.cuh calls an activation. */
  int activationCode() {
    return switch (activation) {
      case RELU -> 1;
      case EXPONENTIAL -> 2;
    };
  }
}
