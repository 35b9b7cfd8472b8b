package basewise.nn;

import basewise.nn.kernel.Batched;
import basewise.nn.kernel.DnaConvolution;
import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.PooledNorm;
import basewise.nn.kernel.SameConvolution;
import basewise.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trained {@code basset} or {@code dilated} network. */
public final class TrunkModel implements SequenceModel {
  /** Sequences that go through the layers together. */
  private static final int CHUNK = 16;

  private static final float[] NOT_ASKED = {};

  /**
   * The parameters of a block, batch norm folded.
   *
   * @param weights [width][channels][filters], flat
   * @param bias [filters]
   * @param scale [filters], 1 without batch norm
   * @param shift [filters], 0 without batch norm
   */
  @SuppressWarnings("ArrayRecordComponent") // parameters; never compared
  public record Block(float[] weights, float[] bias, float[] scale, float[] shift) {
    boolean isFinite() {
      return Dense.isFinite(weights)
          && Dense.isFinite(bias)
          && Dense.isFinite(scale)
          && Dense.isFinite(shift);
    }
  }

  private final TrunkArchitecture architecture;
  private final int width;
  private final List<String> tasks;
  private final List<Block> blocks;
  private final @Nullable Dense hidden;
  private final Dense output;
  private final DnaConvolution first;

  /** The first is not asked: its input is DNA. */
  private final List<SameConvolution> convolutions = new ArrayList<>();

  private final Map<Integer, SameConvolution> ready = new HashMap<>();
  private final List<PooledNorm> after = new ArrayList<>();

  /**
   * A model from its parts, whose arrays are taken as they are.
   *
   * @param width bases per window
   * @param hidden from what leaves the trunk (position-major) to hidden units, before their ReLU;
   *     null if there are none
   * @param output to one number per task
   */
  public TrunkModel(
      TrunkArchitecture architecture,
      int width,
      List<String> tasks,
      List<Block> blocks,
      @Nullable Dense hidden,
      Dense output) {
    int units = architecture.units(width);
    boolean fits =
        blocks.size() == architecture.blocks().size()
            && (hidden == null ? 0 : hidden.out()) == architecture.hidden()
            && (hidden == null || hidden.in() == units)
            && output.in() == (hidden == null ? units : hidden.out())
            && output.out() == tasks.size();
    if (!fits) {
      throw new IllegalArgumentException("the parts do not fit");
    }
    this.architecture = architecture;
    this.width = width;
    this.tasks = List.copyOf(tasks);
    this.blocks = List.copyOf(blocks);
    this.hidden = hidden;
    this.output = output;
    first =
        new DnaConvolution(
            architecture.blocks().getFirst().width(),
            blocks.getFirst().weights,
            blocks.getFirst().bias);
    for (int i = 0; i < blocks.size(); i++) {
      TrunkBlock shape = architecture.blocks().get(i);
      Block block = blocks.get(i);
      convolutions.add(
          new SameConvolution(
              architecture.channels(i),
              shape.filters(),
              shape.width(),
              shape.dilation(),
              block.weights,
              block.bias));
      after.add(new PooledNorm(shape.pool(), block.scale, block.shift));
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public TrunkArchitecture architecture() {
    return architecture;
  }

  @Override
  public List<String> tasks() {
    return tasks;
  }

  /** Parameters of its blocks; the arrays themselves: do not change. */
  public List<Block> blocks() {
    return blocks;
  }

  /** From what leaves the trunk to hidden units, before their ReLU; null if there are none. */
  public @Nullable Dense hidden() {
    return hidden;
  }

  /** To logits. */
  public Dense output() {
    return output;
  }

  @Override
  public boolean isFinite() {
    return blocks.stream().allMatch(Block::isFinite)
        && (hidden == null || hidden.isFinite())
        && output.isFinite();
  }

  @Override
  public float[][] logits(List<byte[]> codes, int threads) {
    for (byte[] c : codes) {
      if (c.length != width) {
        throw new IllegalArgumentException(
            "a sequence of %d bases for a model of %d".formatted(c.length, width));
      }
    }
    float[][] out = new float[codes.size()][];
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          (out.length + CHUNK - 1) / CHUNK,
          c -> {
            int from = c * CHUNK;
            List<byte[]> chunk = codes.subList(from, Math.min(out.length, from + CHUNK));
            float[] z = head(trunk(chunk), chunk.size());
            for (int i = 0; i < chunk.size(); i++) {
              out[from + i] =
                  java.util.Arrays.copyOfRange(z, i * tasks.size(), (i + 1) * tasks.size());
            }
          });
    }
    return out;
  }

  /** What leaves the trunk, [sequence][units]. */
  private float[] trunk(List<byte[]> codes) {
    int n = codes.size();
    float[] x = begin(codes);
    Batched at = below(0);
    for (int i = 1; i < blocks.size(); i++) {
      TrunkBlock shape = architecture.blocks().get(i);
      int filters = shape.filters();
      float[] y = new float[at.rows(n) * filters];
      prepared(i).forward(x, y, at.length(), 0, n);
      Batched next = below(i);
      float[] out = new float[next.rows(n) * filters];
      for (int s = 0; s < n; s++) {
        int to = next.row(s) * filters;
        after.get(i).forward(y, at.row(s) * filters, next.length(), out, to, NOT_ASKED, 0);
        if (shape.residual()) {
          int from = at.row(s) * filters;
          for (int j = 0; j < at.length() * filters; j++) {
            out[to + j] += x[from + j];
          }
        }
      }
      x = out;
      at = next;
    }
    return architecture.average() ? means(x, n, at.length()) : x;
  }

  /** A convolution for weights that stay; prepared when it is first used. */
  private synchronized SameConvolution prepared(int i) {
    return ready.computeIfAbsent(
        i, n -> convolutions.get(n).prepared(architecture.length(n, width)));
  }

  /** The first block, a sequence at a time, in the layout that the second reads. */
  private float[] begin(List<byte[]> codes) {
    int filters = architecture.blocks().getFirst().filters();
    Batched at = below(0);
    float[] y = new float[width * filters];
    float[] out = new float[at.rows(codes.size()) * filters];
    for (int s = 0; s < codes.size(); s++) {
      first.forward(codes.get(s), y, 0);
      after.getFirst().forward(y, 0, at.length(), out, at.row(s) * filters, NOT_ASKED, 0);
    }
    return out;
  }

  /** The layout of what block {@code i} writes: that of the block that reads it. */
  private Batched below(int i) {
    int length = architecture.length(i + 1, width);
    return i + 1 < blocks.size() ? convolutions.get(i + 1).layout(length) : new Batched(length, 0);
  }

  private static float[] means(float[] x, int n, int length) {
    int channels = x.length / (n * length);
    float[] out = new float[n * channels];
    for (int s = 0; s < n; s++) {
      for (int p = 0; p < length; p++) {
        int from = (s * length + p) * channels;
        for (int c = 0; c < channels; c++) {
          out[s * channels + c] += x[from + c];
        }
      }
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= length;
    }
    return out;
  }

  private float[] head(float[] x, int n) {
    if (hidden == null) {
      return product(x, n, output);
    }
    float[] h = product(x, n, hidden);
    for (int i = 0; i < h.length; i++) {
      h[i] = Math.max(h[i], 0);
    }
    return product(h, n, output);
  }

  private static float[] product(float[] x, int n, Dense dense) {
    float[] y = new float[n * dense.out()];
    for (int s = 0; s < n; s++) {
      System.arraycopy(dense.bias(), 0, y, s * dense.out(), dense.out());
    }
    Gemm.add(
        Matrix.of(y, n, dense.out()),
        Matrix.of(x, n, dense.in()),
        Matrix.of(dense.weights(), dense.in(), dense.out()));
    return y;
  }
}
