package basewise.nn;

import basewise.nn.kernel.FilterActivation;
import basewise.nn.kernel.MotifKernel;
import basewise.nn.kernel.Workers;
import java.util.List;

/**
 * The convolution filters of a model with their batch norm folded to a scale (never negative) and a
 * shift. The value of filter f at a window is scale[f] * (score + bias[f]) + shift[f], its
 * activation follows; both grow with the score, so a maximum over windows may be taken before or
 * after.
 */
public final class FilterBank {
  private static final int CHUNK = 64;

  private final int filters;
  private final int width;
  private final Strands strands;
  private final FilterActivation activation;
  private final float[] weights;
  private final float[] bias;
  private final float[] scale;
  private final float[] shift;
  private final float[] folded;
  private final float[] offset;
  private final MotifKernel kernel;

  /**
   * Takes the arrays as they are; do not change them afterwards.
   *
   * @param weights [filters][width][4], flat
   * @param bias [filters]
   * @param scale [filters], not negative
   * @param shift [filters]
   */
  public FilterBank(
      int filters,
      int width,
      Strands strands,
      FilterActivation activation,
      float[] weights,
      float[] bias,
      float[] scale,
      float[] shift) {
    if (weights.length != filters * width * 4
        || bias.length != filters
        || scale.length != filters
        || shift.length != filters) {
      throw new IllegalArgumentException("%d filters of width %d".formatted(filters, width));
    }
    this.filters = filters;
    this.width = width;
    this.strands = strands;
    this.activation = activation;
    this.weights = weights;
    this.bias = bias;
    this.scale = scale;
    this.shift = shift;
    folded = new float[weights.length];
    offset = new float[filters];
    int row = 4 * width;
    for (int f = 0; f < filters; f++) {
      offset[f] = scale[f] * bias[f] + shift[f];
      for (int i = f * row; i < (f + 1) * row; i++) {
        folded[i] = weights[i] * scale[f];
      }
    }
    kernel = MotifKernel.of(folded, filters, width, strands == Strands.BOTH);
  }

  /** How many filters there are. */
  public int filters() {
    return filters;
  }

  /** Bases per filter. */
  public int width() {
    return width;
  }

  /** The strands the filters look at. */
  public Strands strands() {
    return strands;
  }

  /** What follows batch norm. */
  public FilterActivation activation() {
    return activation;
  }

  /** Raw convolution weights of one filter, a copy: [width][4]. */
  public float[][] weights(int filter) {
    float[][] out = new float[width][4];
    for (int j = 0; j < width; j++) {
      System.arraycopy(weights, (filter * width + j) * 4, out[j], 0, 4);
    }
    return out;
  }

  /** Raw convolution weights of all filters, [filters][width][4] flat, a copy. */
  public float[] weights() {
    return weights.clone();
  }

  /** Bias of the convolution, [filters], a copy. */
  public float[] bias() {
    return bias.clone();
  }

  /** Folded scale of batch norm, [filters], never negative; a copy. */
  public float[] scale() {
    return scale.clone();
  }

  /** Folded shift of batch norm, [filters]; a copy. */
  public float[] shift() {
    return shift.clone();
  }

  /**
   * Weights times the scale, whose scores need only {@link #offsets()}: [filters][width][4], a
   * copy.
   */
  public float[] foldedWeights() {
    return folded.clone();
  }

  /** What folded scores lack to values: scale * bias + shift, [filters], a copy. */
  public float[] offsets() {
    return offset.clone();
  }

  /** Windows of a sequence of {@code length} bases. */
  public int positions(int length) {
    return kernel.positions(length);
  }

  /**
   * Values before the activation, batch norm applied, at every window.
   *
   * @param codes base codes 0-4
   * @param forward [positions * filters], position-major
   * @param reverse the same for the other strand (window starts stay those of the sequence as
   *     given); untouched for {@link Strands#FORWARD}
   */
  public void scan(byte[] codes, float[] forward, float[] reverse) {
    int[] rows = new int[codes.length + 1];
    int positions = positions(codes.length);
    kernel.prepare(codes, 0, codes.length, rows);
    kernel.map(rows, positions, forward, reverse);
    addOffset(forward, positions);
    if (strands == Strands.BOTH) {
      addOffset(reverse, positions);
    }
  }

  private void addOffset(float[] map, int positions) {
    for (int p = 0; p < positions; p++) {
      for (int f = 0; f < filters; f++) {
        map[p * filters + f] += offset[f];
      }
    }
  }

  /** The best window of every filter in every sequence; the same for any number of threads. */
  public BestSites best(List<byte[]> sequences, int threads) {
    int n = sequences.size();
    float[] values = new float[n * filters];
    int[] sites = new int[n * filters];
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          (n + CHUNK - 1) / CHUNK,
          c -> {
            for (int i = c * CHUNK; i < Math.min(n, (c + 1) * CHUNK); i++) {
              best(sequences.get(i), 0, values, sites, i * filters);
            }
          });
    }
    return new BestSites(filters, values, sites);
  }

  /**
   * The best window per filter of one sequence, for each pool window.
   *
   * @param pool positions per window; 0 is all of them
   */
  void best(byte[] codes, int pool, float[] values, int[] sites, int at) {
    int positions = positions(codes.length);
    int step = pool == 0 ? positions : pool;
    int windows = pool == 0 ? 1 : positions / pool;
    int[] rows = new int[codes.length + 1];
    kernel.prepare(codes, 0, codes.length, rows);
    for (int w = 0; w < windows; w++) {
      int start = at + w * filters;
      kernel.best(rows, w * step, (w + 1) * step, values, sites, start);
      for (int f = 0; f < filters; f++) {
        values[start + f] += offset[f];
      }
    }
  }
}
