package basewise.discovery;

import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.scan.BestSites;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a motif is worth to the network: how much the held-out loss grows without it. Of filters
 * (Basset; Kelley, Snoek and Rinn 2016) the activated maps are replaced by their means over all
 * held-out sequences and positions. A motif of patterns that no filter became has no such map: its
 * best site in each held-out sequence that has one is made unknown, as occlusion does (Zeiler and
 * Fergus 2014).
 */
final class Influence {
  private final MotifModel model;
  private final Setting setting;
  private final List<Example> examples;
  private final List<byte[]> codes;
  private final float[][] pooled;
  private final double[] mean;
  private final double loss;

  /** Looks at the test part of the setting's dataset. */
  Influence(MotifModel model, Setting setting) {
    this.model = model;
    this.setting = setting;
    examples = setting.data().part(Part.TEST);
    codes = examples.stream().map(Example::codes).toList();
    pooled = model.pooled(codes, setting.threads());
    mean = meanActivation(model, codes);
    loss = loss(model.head(pooled));
  }

  /**
   * Mean rise of the cross-entropy per sequence without a motif; 0 if neither a filter nor a
   * pattern became it.
   */
  double of(Merging.Group motif) {
    List<Origin> origins = motif.origins();
    if (examples.isEmpty()) {
      return 0;
    }
    if (origins.stream().anyMatch(o -> o.kind() == Origin.Kind.FILTERS)) {
      return loss(model.head(silenced(origins))) - loss;
    }
    if (origins.stream().anyMatch(o -> o.kind() == Origin.Kind.ATTRIBUTIONS)) {
      return loss(model.head(occluded(motif.best()))) - loss;
    }
    return 0;
  }

  /** What the head sees if the filters among these are silent. */
  private float[][] silenced(List<Origin> origins) {
    int n = model.filters().filters();
    float[][] silenced = new float[pooled.length][];
    for (int i = 0; i < silenced.length; i++) {
      silenced[i] = pooled[i].clone();
      for (Origin o : origins) {
        if (o.kind() == Origin.Kind.FILTERS) {
          int f = o.index();
          for (int w = f; w < silenced[i].length; w += n) {
            silenced[i][w] = (float) mean[f];
          }
        }
      }
    }
    return silenced;
  }

  /** What the head sees if a motif's sites are unknown bases. */
  private float[][] occluded(Candidate motif) {
    BestSites.Found found = setting.sites(List.of(motif)).find(codes, setting.threads());
    List<Integer> with = new ArrayList<>();
    List<byte[]> without = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      if (found.score(i, 0) >= motif.training().threshold()) {
        byte[] c = codes.get(i).clone();
        int start = found.start(i, 0);
        Arrays.fill(c, start, start + motif.counts().width(), Dna.N);
        with.add(i);
        without.add(c);
      }
    }
    float[][] occluded = pooled.clone();
    float[][] changed = model.pooled(without, setting.threads());
    for (int k = 0; k < changed.length; k++) {
      occluded[with.get(k)] = changed[k];
    }
    return occluded;
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
