package basewise.nn;

import basewise.nn.kernel.Workers;
import java.util.List;
import java.util.stream.Stream;

/** A trained {@code motif} network. */
public final class MotifModel implements SequenceModel {
  private static final int CHUNK = 64;

  private final MotifArchitecture architecture;
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
  public MotifModel(
      MotifArchitecture architecture,
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

  @Override
  public int width() {
    return width;
  }

  @Override
  public MotifArchitecture architecture() {
    return architecture;
  }

  @Override
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

  @Override
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
        .allMatch(Dense::isFinite);
  }

  /** As said above; sequences may be of any length if the maximum is global. */
  @Override
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
