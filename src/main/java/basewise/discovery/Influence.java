package basewise.discovery;

import basewise.dataset.Example;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import java.util.List;

/**
 * What a filter is worth to the network (Basset; Kelley, Snoek and Rinn 2016): its activated map is
 * replaced by its mean over all held-out sequences and positions, and the loss grows.
 */
final class Influence {
  private final MotifModel model;
  private final List<Example> examples;
  private final float[][] pooled;
  private final double[] mean;
  private final double loss;

  Influence(MotifModel model, List<Example> examples, int threads) {
    this.model = model;
    this.examples = examples;
    List<byte[]> codes = examples.stream().map(Example::codes).toList();
    pooled = model.pooled(codes, threads);
    mean = meanActivation(model, codes);
    loss = loss(model.head(pooled));
  }

  /** Mean rise of the cross-entropy per sequence when the filters among these are silenced. */
  double of(List<Origin> origins) {
    int n = model.filters().filters();
    float[][] silenced = new float[pooled.length][];
    boolean any = false;
    for (int i = 0; i < silenced.length; i++) {
      silenced[i] = pooled[i].clone();
      for (Origin o : origins) {
        if (o.kind() == Origin.Kind.FILTERS) {
          any = true;
          int f = o.index();
          for (int w = f; w < silenced[i].length; w += n) {
            silenced[i][w] = (float) mean[f];
          }
        }
      }
    }
    return any && !examples.isEmpty() ? loss(model.head(silenced)) - loss : 0;
  }

  private double loss(float[][] logits) {
    double sum = 0;
    long n = 0;
    for (int i = 0; i < logits.length; i++) {
      float[] labels = examples.get(i).labels();
      for (int t = 0; t < labels.length; t++) {
        if (!Float.isNaN(labels[t])) {
          double x = logits[i][t];
          sum += Math.max(x, 0) - x * labels[t] + Math.log1p(Math.exp(-Math.abs(x)));
          n++;
        }
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private static double[] meanActivation(MotifModel model, List<byte[]> codes) {
    int n = model.filters().filters();
    double[] sum = new double[n];
    long windows = 0;
    boolean both = model.filters().strands() == Strands.BOTH;
    for (byte[] c : codes) {
      int positions = model.filters().positions(c.length);
      float[] forward = new float[positions * n];
      float[] reverse = new float[both ? positions * n : 0];
      model.filters().scan(c, forward, reverse);
      for (int p = 0; p < positions; p++) {
        for (int f = 0; f < n; f++) {
          float x = forward[p * n + f];
          if (both) {
            x = Math.max(x, reverse[p * n + f]);
          }
          sum[f] += model.filters().activation().apply(x);
        }
      }
      windows += positions;
    }
    for (int f = 0; f < n; f++) {
      sum[f] /= Math.max(1, windows);
    }
    return sum;
  }
}
