package basewise.nn;

import basewise.dataset.Example;
import basewise.nn.layer.LogitLoss;
import basewise.stats.Ranking;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/** Judges a model on examples it was not trained on. */
final class Validation {
  private final List<Example> examples;
  private final List<byte[]> codes;
  private final boolean regression;

  Validation(List<Example> examples, Head head) {
    this.examples = examples;
    this.codes = examples.stream().map(Example::codes).toList();
    this.regression = head == Head.REGRESSION;
  }

  boolean isEmpty() {
    return examples.isEmpty();
  }

  /** Whether its scores tell epochs apart. */
  boolean chooses() {
    return !isEmpty() && (regression || TrainOptions.enoughToChoose(examples.size()));
  }

  EpochRecord judge(SequenceModel model, int epoch, double loss, double rate, int threads) {
    float[][] z = model.logits(codes, threads);
    int tasks = model.tasks().size();
    double lossSum = 0;
    double auroc = 0;
    double auprc = 0;
    int judged = 0;
    for (int t = 0; t < tasks; t++) {
      double[] score = column(z, t);
      double[] label = labels(t);
      lossSum += loss(score, label);
      double[] known = known(score, label);
      double[] truth = known(label, label);
      double a = regression ? Double.NaN : Ranking.auroc(known, positive(truth));
      double p = regression ? pearson(known, truth) : Ranking.auprc(known, positive(truth));
      // A task without both classes in this part cannot be judged and does not count.
      if (Double.isFinite(p) && (regression || Double.isFinite(a))) {
        auroc += a;
        auprc += p;
        judged++;
      }
    }
    double n = judged == 0 ? Double.NaN : judged;
    return new EpochRecord(
        epoch,
        loss,
        isEmpty() ? Double.NaN : lossSum / tasks,
        regression ? Double.NaN : auroc / n,
        auprc / n,
        rate);
  }

  private double[] labels(int task) {
    double[] out = new double[examples.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = examples.get(i).labels()[task];
    }
    return out;
  }

  private static double[] column(float[][] z, int task) {
    double[] out = new double[z.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = z[i][task];
    }
    return out;
  }

  private static double[] known(double[] values, double[] labels) {
    double[] out = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(labels[i])) {
        out[n++] = values[i];
      }
    }
    return java.util.Arrays.copyOf(out, n);
  }

  private static boolean[] positive(double[] labels) {
    boolean[] out = new boolean[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = labels[i] > 0.5;
    }
    return out;
  }

  private static double pearson(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : new PearsonsCorrelation().correlation(x, y);
  }

  /** Mean loss with both classes weighing the same, as in training. */
  private double loss(double[] z, double[] y) {
    double[] sum = new double[2];
    int[] n = new int[2];
    for (int i = 0; i < z.length; i++) {
      if (Double.isNaN(y[i])) {
        continue;
      }
      int c = !regression && y[i] > 0.5 ? 1 : 0;
      double term =
          regression
              ? (z[i] - y[i]) * (z[i] - y[i]) / 2
              : -Math.log(Math.max(LogitLoss.sigmoid(c == 1 ? z[i] : -z[i]), 1e-300));
      sum[c] += term;
      n[c]++;
    }
    double total = 0;
    int classes = 0;
    for (int c = 0; c < 2; c++) {
      if (n[c] > 0) {
        total += sum[c] / n[c];
        classes++;
      }
    }
    return classes == 0 ? Double.NaN : total / classes;
  }
}
