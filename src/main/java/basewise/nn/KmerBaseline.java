package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.stats.Ranking;
import basewise.stats.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a network has to beat: logistic regression on how often each canonical 6-mer occurs, trained
 * on the same split. The L2 penalty is the one of three that does best on the validation part.
 */
public final class KmerBaseline {
  /** Letters per word. */
  public static final int K = 6;

  private static final double[] PENALTIES = {1e-5, 1e-4, 1e-3};
  private static final int EPOCHS = 12;
  private static final double STEP = 0.3;

  private final float[] weights;
  private final float bias;
  private final double penalty;

  private KmerBaseline(float[] weights, float bias, double penalty) {
    this.weights = weights;
    this.bias = bias;
    this.penalty = penalty;
  }

  /** Trains on the training part, for one task; the same seed gives the same model. */
  public static KmerBaseline train(Dataset data, int task, long seed) {
    List<Example> examples =
        data.part(Part.TRAIN).stream().filter(e -> !Float.isNaN(e.labels()[task])).toList();
    List<Example> validation =
        data.part(Part.VALIDATION).stream().filter(e -> !Float.isNaN(e.labels()[task])).toList();
    Words[] words = examples.stream().map(e -> Words.of(e.codes())).toArray(Words[]::new);
    boolean[] positive = positive(examples, task);
    boolean[] truth = positive(validation, task);
    List<byte[]> codes = validation.stream().map(Example::codes).toList();
    KmerBaseline best = null;
    double bestScore = 0;
    for (double penalty : PENALTIES) {
      KmerBaseline model = fit(words, positive, penalty, seed);
      double score = Ranking.auprc(model.logits(codes), truth);
      if (best == null || score > bestScore) {
        best = model;
        bestScore = score;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no penalties");
    }
    return best;
  }

  /** Log odds of each sequence. */
  public double[] logits(List<byte[]> codes) {
    double[] out = new double[codes.size()];
    Arrays.setAll(out, i -> score(Words.of(codes.get(i)), weights, bias));
    return out;
  }

  /** The L2 penalty that was chosen. */
  public double penalty() {
    return penalty;
  }

  private static boolean[] positive(List<Example> examples, int task) {
    boolean[] out = new boolean[examples.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = examples.get(i).labels()[task] > 0.5f;
    }
    return out;
  }

  /** The distinct words of a sequence with their counts, scaled to unit length. */
  private record Words(int[] words, float[] values) {
    static Words of(byte[] codes) {
      int size = 1 << (2 * K);
      int[] found = new int[Math.max(0, codes.length - K + 1)];
      int n = 0;
      int forward = 0;
      int reverse = 0;
      int known = 0;
      for (byte code : codes) {
        if (code > 3) {
          known = 0;
          continue;
        }
        forward = ((forward << 2) | code) & (size - 1);
        reverse = (reverse >> 2) | ((3 - code) << (2 * (K - 1)));
        if (++known >= K) {
          found[n++] = Math.min(forward, reverse);
        }
      }
      Arrays.sort(found, 0, n);
      int[] words = new int[n];
      float[] values = new float[n];
      int distinct = 0;
      double square = 0;
      for (int i = 0; i < n; ) {
        int j = i;
        while (j < n && found[j] == found[i]) {
          j++;
        }
        words[distinct] = found[i];
        values[distinct++] = j - i;
        square += (double) (j - i) * (j - i);
        i = j;
      }
      float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
      for (int i = 0; i < distinct; i++) {
        values[i] *= scale;
      }
      return new Words(Arrays.copyOf(words, distinct), Arrays.copyOf(values, distinct));
    }
  }

  private static double score(Words w, float[] weights, float bias) {
    double sum = bias;
    for (int i = 0; i < w.words.length; i++) {
      sum += weights[w.words[i]] * w.values[i];
    }
    return sum;
  }

  /** AdaGrad (Duchi 2011), one example at a time, both classes weighing the same in total. */
  private static KmerBaseline fit(Words[] x, boolean[] positive, double penalty, long seed) {
    float[] w = new float[1 << (2 * K)];
    float[] squares = new float[w.length];
    float bias = 0;
    float biasSquares = 1e-6f;
    Arrays.fill(squares, 1e-6f);
    double positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    double half = positive.length / 2.0;
    int[] order = new int[x.length];
    Arrays.setAll(order, i -> i);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, Seeds.generator(seed, epoch));
      for (int i : order) {
        double z = score(x[i], w, bias);
        double weight = positive[i] ? half / positives : half / (positive.length - positives);
        double slope = weight * (1 / (1 + Math.exp(-z)) - (positive[i] ? 1 : 0));
        int[] words = x[i].words;
        for (int j = 0; j < words.length; j++) {
          int k = words[j];
          // The penalty is taken on the words at hand: what never occurs never moves.
          float g = (float) (slope * x[i].values[j] + penalty * w[k]);
          squares[k] += g * g;
          w[k] -= (float) (STEP * g / Math.sqrt(squares[k]));
        }
        biasSquares += (float) (slope * slope);
        bias -= (float) (STEP * slope / Math.sqrt(biasSquares));
      }
    }
    return new KmerBaseline(w, bias, penalty);
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
  }
}
