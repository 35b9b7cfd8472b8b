package basewise.attribution;

import basewise.nn.Dense;
import basewise.nn.FilterBank;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * In-silico mutagenesis: what every substitution of one base does to an output. A substitution
 * changes no more windows of a filter than it has positions, each by a known difference of weights;
 * the maximum over the others comes from maxima kept from both ends. Only filters whose maximum
 * changed go on to the dense layers. Safe to share between threads.
 */
public final class Mutagenesis {
  private static final int BASES = Dna.N;

  private final MotifModel model;
  private final int filters;
  private final int width;
  private final boolean bothStrands;

  /** [position of the filter][base][filter], batch norm folded: what a base adds to a window. */
  private final float[] forwardRows;

  private final float[] reverseRows;

  /** Prepares a model. */
  public Mutagenesis(MotifModel model) {
    this.model = model;
    FilterBank bank = model.filters();
    filters = bank.filters();
    width = bank.width();
    bothStrands = bank.strands() == Strands.BOTH;
    forwardRows = new float[width * BASES * filters];
    reverseRows = new float[bothStrands ? forwardRows.length : 0];
    float[] weights = bank.weights();
    float[] scale = bank.scale();
    int row = width * BASES;
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < row; i++) {
        float w = weights[f * row + i] * scale[f];
        forwardRows[i * filters + f] = w;
        if (bothStrands) {
          reverseRows[(row - 1 - i) * filters + f] = w;
        }
      }
    }
  }

  /**
   * Output with the substitution minus output without.
   *
   * @param codes as many as the model's width; N is never substituted
   * @param task number of the output
   * @return [position][base], flat; 0 for the base that is there, and at N
   */
  public float[] differences(byte[] codes, int task) {
    if (codes.length != model.width()) {
      throw new IllegalArgumentException(
          "%d bases for a model of %d".formatted(codes.length, model.width()));
    }
    return new Run(codes, task).differences();
  }

  /** The definition of {@link #differences}: a forward pass for every substitution. */
  public static float[] naive(MotifModel model, byte[] codes, int task, int threads) {
    List<byte[]> sequences = new ArrayList<>(List.of(codes));
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; codes[i] != Dna.N && c < BASES; c++) {
        if (c != codes[i]) {
          byte[] mutant = codes.clone();
          mutant[i] = c;
          sequences.add(mutant);
        }
      }
    }
    float[][] outputs = model.logits(sequences, threads);
    float[] out = new float[codes.length * BASES];
    int next = 1;
    for (int i = 0; i < codes.length; i++) {
      for (int c = 0; codes[i] != Dna.N && c < BASES; c++) {
        if (c != codes[i]) {
          out[i * BASES + c] = outputs[next++][task] - outputs[0][task];
        }
      }
    }
    return out;
  }

  /** One sequence. */
  private final class Run {
    private final byte[] codes;
    private final int task;
    private final int positions;
    private final int block;
    private final int blocks;
    private final float[] forward;
    private final float[] reverse;

    /** Largest value of the block up to a position, and from it on: [position][filter]. */
    private final float[] upTo;

    private final float[] from;
    private final float[] pooled;

    /** Hidden units before their ReLU, without a substitution and with one. */
    private final double[] hidden;

    private final double[] changed;
    private final float[] best;
    private final double output;

    Run(byte[] codes, int task) {
      this.codes = codes;
      this.task = task;
      FilterBank bank = model.filters();
      positions = bank.positions(codes.length);
      int pool = model.architecture().pool();
      block = pool == 0 ? positions : pool;
      blocks = positions / block;
      forward = new float[positions * filters];
      reverse = new float[bothStrands ? forward.length : 0];
      bank.scan(codes, forward, reverse);
      upTo = forward.clone();
      for (int i = 0; i < reverse.length; i++) {
        upTo[i] = Math.max(upTo[i], reverse[i]);
      }
      from = upTo.clone();
      accumulate();
      pooled = new float[blocks * filters];
      for (int b = 0; b < blocks; b++) {
        for (int f = 0; f < filters; f++) {
          pooled[b * filters + f] = activated(from[b * block * filters + f]);
        }
      }
      hidden = new double[model.hidden().out()];
      for (int h = 0; h < hidden.length; h++) {
        hidden[h] = model.hidden().bias()[h];
      }
      for (int i = 0; i < pooled.length; i++) {
        add(hidden, pooled[i], i);
      }
      changed = new double[hidden.length];
      best = new float[filters];
      output = output(hidden);
    }

    private void accumulate() {
      for (int p = 1; p < positions; p++) {
        if (p % block != 0) {
          maximum(upTo, p * filters, upTo, (p - 1) * filters);
        }
      }
      for (int p = positions - 2; p >= 0; p--) {
        if ((p + 1) % block != 0) {
          maximum(from, p * filters, from, (p + 1) * filters);
        }
      }
    }

    float[] differences() {
      float[] out = new float[codes.length * BASES];
      for (int i = 0; i < codes.length; i++) {
        for (int c = 0; codes[i] != Dna.N && c < BASES; c++) {
          if (c != codes[i]) {
            out[i * BASES + c] = (float) (substituted(i, c) - output);
          }
        }
      }
      return out;
    }

    private double substituted(int i, int base) {
      int first = Math.max(0, i - width + 1);
      int last = Math.min(Math.min(positions, blocks * block) - 1, i);
      System.arraycopy(hidden, 0, changed, 0, hidden.length);
      for (int b = first / block; b * block <= last; b++) {
        int start = b * block;
        int lo = Math.max(first, start);
        int hi = Math.min(last, start + block - 1);
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        if (lo > start) {
          maximum(best, 0, upTo, (lo - 1) * filters);
        }
        if (hi < start + block - 1) {
          maximum(best, 0, from, (hi + 1) * filters);
        }
        for (int p = lo; p <= hi; p++) {
          int j = (i - p) * BASES;
          int added = (j + base) * filters;
          int taken = (j + codes[i]) * filters;
          touch(forward, p * filters, forwardRows, added, taken);
          if (bothStrands) {
            touch(reverse, p * filters, reverseRows, added, taken);
          }
        }
        propagate(b);
      }
      return output(changed);
    }

    private void touch(float[] map, int at, float[] rows, int added, int taken) {
      for (int f = 0; f < filters; f++) {
        best[f] = Math.max(best[f], map[at + f] + (rows[added + f] - rows[taken + f]));
      }
    }

    private void propagate(int b) {
      for (int f = 0; f < filters; f++) {
        int at = b * filters + f;
        double change = (double) activated(best[f]) - pooled[at];
        if (change != 0) {
          add(changed, change, at);
        }
      }
    }

    /** What a pooled value adds to all hidden units; in double, for small differences of them. */
    private void add(double[] units, double value, int row) {
      float[] weights = model.hidden().weights();
      for (int h = 0; h < units.length; h++) {
        units[h] += value * weights[row * units.length + h];
      }
    }

    private void maximum(float[] a, int at, float[] b, int other) {
      for (int f = 0; f < filters; f++) {
        a[at + f] = Math.max(a[at + f], b[other + f]);
      }
    }

    private float activated(float x) {
      FilterActivation activation = model.architecture().activation();
      return activation.apply(x);
    }

    private double output(double[] units) {
      Dense dense = model.output();
      double y = dense.bias()[task];
      for (int h = 0; h < units.length; h++) {
        y += Math.max(units[h], 0) * dense.weights()[h * dense.out() + task];
      }
      return y;
    }
  }
}
