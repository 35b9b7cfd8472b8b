package basewise.nn.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A convolution that keeps the length: output p of filter f is bias[f] plus the sum over j and c of
 * weights[j][c][f] * x[p + (j - (width - 1) / 2) * dilation][c], zeros beyond the ends. Without
 * dilation the windows of many sequences are rows of one matrix, and one product does it all; with
 * it each column of the filters is a product of its own, over the positions where it meets the
 * sequence.
 */
public final class SameConvolution {
  /** Rows of the weights' gradient that are one task. */
  private static final int TASK_ROWS = 480;

  /** Filters that are one task where the rows are few. */
  private static final int TASK_FILTERS = 64;

  /** Positions that one product should have at least, to be worth its copies of the weights. */
  private static final int ENOUGH = 480;

  /** With fewer channels or filters than this, transforms are not worth it. */
  private static final int NARROW = 16;

  private final int channels;
  private final int filters;
  private final int width;
  private final int dilation;
  private final float[] weights;
  private final float[] bias;

  /** Forwards through transforms; null: sums in order. */
  private final @Nullable SpectralConvolution spectrum;

  /**
   * Takes the arrays as they are.
   *
   * @param width odd
   * @param weights [width][channels][filters]
   * @param bias [filters]
   */
  public SameConvolution(
      int channels, int filters, int width, int dilation, float[] weights, float[] bias) {
    this(channels, filters, width, dilation, weights, bias, null);
  }

  private SameConvolution(
      int channels,
      int filters,
      int width,
      int dilation,
      float[] weights,
      float[] bias,
      @Nullable SpectralConvolution spectrum) {
    if (width % 2 == 0 || weights.length != width * channels * filters || bias.length != filters) {
      throw new IllegalArgumentException(
          "%d filters of %d x %d".formatted(filters, width, channels));
    }
    this.channels = channels;
    this.filters = filters;
    this.width = width;
    this.dilation = dilation;
    this.weights = weights;
    this.bias = bias;
    this.spectrum = spectrum;
  }

  /**
   * The same for many sequences and weights that stay: where that is faster, {@link #forward} goes
   * through transforms of windows ({@link SpectralConvolution}), which are prepared here.
   *
   * @param length positions per sequence
   */
  public SameConvolution prepared(int length) {
    boolean wide = dilation == 1 && channels >= NARROW && filters >= NARROW;
    int points = wide ? SpectralSizes.best(width, length) : 0;
    return points == 0
        ? this
        : new SameConvolution(
            channels,
            filters,
            width,
            dilation,
            weights,
            bias,
            new SpectralConvolution(channels, filters, width, points, weights));
  }

  /** Rows of zeros that sequences read by such a convolution need around them. */
  public static int gap(int width, int dilation) {
    return dilation == 1 ? (width - 1) / 2 : 0;
  }

  /** How many sequences of {@code length} positions are worth doing at once. */
  public static int chunk(int length) {
    return Math.max(1, (ENOUGH + length - 1) / length);
  }

  /**
   * Writes a sequence as four numbers per base, of which one is 1, or none for an N.
   *
   * @param codes base codes 0-4
   * @param x is overwritten from {@code at} on
   */
  public static void oneHot(byte[] codes, float[] x, int at) {
    java.util.Arrays.fill(x, at, at + 4 * codes.length, 0);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 4) {
        x[at + 4 * i + codes[i]] = 1;
      }
    }
  }

  /** The layout of what it reads and writes. */
  public Batched layout(int length) {
    return new Batched(length, gap(width, dilation));
  }

  /**
   * What turns gradients by outputs into gradients by inputs: the convolution with the same
   * weights, the other way round.
   */
  public SameConvolution adjoint() {
    float[] turned = new float[weights.length];
    for (int j = 0; j < width; j++) {
      int from = j * channels * filters;
      int to = (width - 1 - j) * channels * filters;
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < filters; f++) {
          turned[to + f * channels + c] = weights[from + c * filters + f];
        }
      }
    }
    return new SameConvolution(filters, channels, width, dilation, turned, new float[channels]);
  }

  /**
   * Outputs of sequences [from, to).
   *
   * @param x in {@link #layout}, {@code channels} per row
   * @param y in the same, {@code filters} per row; rows of the gaps between these sequences are
   *     overwritten with nothing of meaning
   */
  public void forward(float[] x, float[] y, int length, int from, int to) {
    Batched at = layout(length);
    if (from >= to) {
      return;
    }
    if (spectrum != null) {
      SpectralWindows windows = new SpectralWindows();
      for (int s = from; s < to; s++) {
        spectrum.sequence(
            windows, at.row(s) * channels, length, (width - 1) / 2, at.row(s) * filters, length);
      }
      spectrum.run(windows, x, y, bias);
      return;
    }
    int first = at.row(from);
    int rows = at.stride() * (to - from) - at.gap();
    for (int r = first; r < first + rows; r++) {
      System.arraycopy(bias, 0, y, r * filters, filters);
    }
    if (dilation == 1) {
      int columns = width * channels;
      Gemm.add(
          Matrix.rows(y, first * filters, rows, filters, filters),
          Matrix.rows(x, (first - at.gap()) * channels, rows, columns, channels),
          Matrix.of(weights, columns, filters));
      return;
    }
    for (int s = from; s < to; s++) {
      for (int j = 0; j < width; j++) {
        int shift = shift(j);
        int meet = length - Math.abs(shift);
        if (meet > 0) {
          int p = at.row(s) + Math.max(0, -shift);
          Gemm.add(
              Matrix.rows(y, p * filters, meet, filters, filters),
              Matrix.rows(x, (p + shift) * channels, meet, channels, channels),
              Matrix.rows(weights, j * channels * filters, channels, filters, filters));
        }
      }
    }
  }

  private int shift(int column) {
    return (column - (width - 1) / 2) * dilation;
  }

  /** Into how many tasks the gradient by the weights is cut, each a part of it. */
  public int weightTasks() {
    if (dilation > 1) {
      return width;
    }
    int rows = width * channels;
    return rows < TASK_ROWS
        ? (filters + TASK_FILTERS - 1) / TASK_FILTERS
        : (rows + TASK_ROWS - 1) / TASK_ROWS;
  }

  /**
   * One part of the gradient by the weights, summed over {@code n} sequences in their order.
   *
   * @param x in {@link #layout}
   * @param dy gradient by the outputs, in the same; zero in all gaps
   * @param dw [width][channels][filters]; the task's part is overwritten
   */
  public void weightGradient(int task, float[] x, float[] dy, int length, int n, float[] dw) {
    Batched at = layout(length);
    if (dilation == 1) {
      int positions = at.stride() * n - at.gap();
      int rows = width * channels;
      boolean byFilters = rows < TASK_ROWS;
      int row = byFilters ? 0 : task * TASK_ROWS;
      int height = byFilters ? rows : Math.min(TASK_ROWS, rows - row);
      int column = byFilters ? task * TASK_FILTERS : 0;
      int across = byFilters ? Math.min(TASK_FILTERS, filters - column) : filters;
      Gemm.set(
          Matrix.rows(dw, row * filters + column, height, across, filters),
          new Matrix(x, row, height, positions, 1, channels),
          Matrix.rows(dy, at.gap() * filters + column, positions, across, filters));
      return;
    }
    int part = task * channels * filters;
    java.util.Arrays.fill(dw, part, part + channels * filters, 0);
    int shift = shift(task);
    int meet = length - Math.abs(shift);
    for (int s = 0; s < n && meet > 0; s++) {
      int p = at.row(s) + Math.max(0, -shift);
      Gemm.add(
          Matrix.rows(dw, part, channels, filters, filters),
          Matrix.rows(x, (p + shift) * channels, meet, channels, channels).transposed(),
          Matrix.rows(dy, p * filters, meet, filters, filters));
    }
  }
}
