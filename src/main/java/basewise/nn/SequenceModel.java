package basewise.nn;

import basewise.nn.kernel.Workers;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trained network, ready to be asked: plain numbers and our kernels, nothing of DL4J. Immutable
 * and safe to share between threads.
 */
public final class SequenceModel {
  private static final int CHUNK = 64;

  private final Architecture architecture;
  private final int width;
  private final List<String> tasks;
  private final FilterBank filters;
  private final Dense hidden;
  private final Dense output;

  /**
   * A model from its parts.
   *
   * @param width bases per window it was trained on
   * @param hidden from pooled filters (window-major) to hidden units, before their ReLU
   * @param output from hidden units to one number per task
   */
  public SequenceModel(
      Architecture architecture,
      int width,
      List<String> tasks,
      FilterBank filters,
      Dense hidden,
      Dense output) {
    if (hidden.in() != architecture.windows(width) * filters.filters()
        || hidden.out() != output.in()
        || output.out() != tasks.size()) {
      throw new IllegalArgumentException("the parts do not fit");
    }
    this.architecture = architecture;
    this.width = width;
    this.tasks = List.copyOf(tasks);
    this.filters = filters;
    this.hidden = hidden;
    this.output = output;
  }

  /** Bases per window it was trained on. */
  public int width() {
    return width;
  }

  /** Its shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** Names of the outputs. */
  public List<String> tasks() {
    return tasks;
  }

  /** Its convolution filters. */
  public FilterBank filters() {
    return filters;
  }

  /** From pooled filters to hidden units, before their ReLU. */
  public Dense hidden() {
    return hidden;
  }

  /** From hidden units to logits. */
  public Dense output() {
    return output;
  }

  /** Whether all of its parameters are finite numbers. */
  public boolean isFinite() {
    return Stream.of(
            filters.weights(),
            filters.bias(),
            filters.scale(),
            filters.shift(),
            hidden.weights(),
            hidden.bias(),
            output.weights(),
            output.bias())
        .allMatch(SequenceModel::isFinite);
  }

  private static boolean isFinite(float[] values) {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Raw outputs: logits, or predictions of a regression.
   *
   * @param codes sequences of {@link #width()} bases; any length if the maximum is global
   * @return [sequence][task]
   */
  public float[][] logits(List<byte[]> codes, int threads) {
    float[][] out = new float[codes.size()][];
    each(codes.size(), threads, i -> out[i] = head(pooled(codes.get(i))));
    return out;
  }

  /** Activated value of each filter after the maximum: [sequence][window * filters + filter]. */
  public float[][] pooled(List<byte[]> codes, int threads) {
    float[][] out = new float[codes.size()][];
    each(codes.size(), threads, i -> out[i] = pooled(codes.get(i)));
    return out;
  }

  /** From pooled values, as {@link #pooled} gives them or changed, to raw outputs. */
  public float[][] head(float[][] pooled) {
    float[][] out = new float[pooled.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = head(pooled[i]);
    }
    return out;
  }

  private float[] head(float[] pooled) {
    float[] h = hidden.apply(pooled);
    for (int i = 0; i < h.length; i++) {
      h[i] = Math.max(h[i], 0);
    }
    return output.apply(h);
  }

  private float[] pooled(byte[] codes) {
    if (architecture.pool() == 0
        ? codes.length < architecture.filterWidth()
        : codes.length != width) {
      throw new IllegalArgumentException(
          "a sequence of %d bases for a model of %d".formatted(codes.length, width));
    }
    float[] values = new float[hidden.in()];
    filters.best(codes, architecture.pool(), values, new int[values.length], 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = architecture.activation().apply(values[i]);
    }
    return values;
  }

  private static void each(int n, int threads, java.util.function.IntConsumer work) {
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          (n + CHUNK - 1) / CHUNK,
          c -> {
            for (int i = c * CHUNK; i < Math.min(n, (c + 1) * CHUNK); i++) {
              work.accept(i);
            }
          });
    }
  }
}
