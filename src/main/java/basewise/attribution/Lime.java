package basewise.attribution;

import basewise.stats.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * LIME (Ribeiro, Singh and Guestrin 2016): the weights of a linear model of the output near the
 * sequence. In each sample a number of players, uniform from 1 to all, is absent; samples near the
 * sequence count more, by exp(-(h / M)^2 / {@value #WIDTH}^2), with h of M players absent (Hamming
 * distance). The first sample is the sequence itself.
 */
final class Lime {
  /** Of the kernel. */
  static final double WIDTH = 0.25;

  private static final int SWEEPS = 100_000;
  private static final double ENOUGH = 1e-13;

  private Lime() {}

  /** Weights of all players. */
  static double[] solve(
      Game game, int samples, Fit fit, double penalty, LongFunction<SplittableRandom> generators) {
    int players = game.players();
    List<Game.Coalition> drawn = new ArrayList<>();
    double[] weights = new double[samples];
    for (int k = 0; k < samples; k++) {
      SplittableRandom random = generators.apply(k);
      int absent = k == 0 ? 0 : 1 + random.nextInt(players);
      boolean[] present = Coalitions.some(players, players - absent, random);
      drawn.add(new Game.Coalition(present, k % game.backgrounds()));
      weights[k] = weight(absent, players);
    }
    List<boolean[]> rows = drawn.stream().map(Game.Coalition::present).toList();
    return weights(rows, game.worth(drawn), weights, fit, penalty);
  }

  /** How much a sample counts. */
  static double weight(int absent, int players) {
    double far = (double) absent / players / WIDTH;
    return Math.exp(-far * far);
  }

  /**
   * The weights of a linear model with a constant, which is not penalised: ridge minimises sum w (y
   * - a - b z)^2 + penalty |b|^2, lasso half the weighted mean of (y - a - b z)^2 + penalty |b|; as
   * scikit-learn's Ridge and Lasso.
   */
  static double[] weights(List<boolean[]> rows, double[] y, double[] w, Fit fit, double penalty) {
    int players = rows.getFirst().length;
    double total = Arrays.stream(w).sum();
    double[] means = new double[players];
    double meanY = 0;
    for (int k = 0; k < y.length; k++) {
      meanY += w[k] * y[k] / total;
      for (int i = 0; i < players; i++) {
        means[i] += rows.get(k)[i] ? w[k] / total : 0;
      }
    }
    double[][] gram = new double[players][players];
    double[] target = new double[players];
    for (int k = 0; k < y.length; k++) {
      boolean[] z = rows.get(k);
      double[] centred = new double[players];
      for (int i = 0; i < players; i++) {
        centred[i] = (z[i] ? 1 : 0) - means[i];
        double weighted = w[k] * centred[i];
        target[i] += weighted * (y[k] - meanY);
        for (int j = 0; j <= i; j++) {
          gram[i][j] += weighted * centred[j];
        }
      }
    }
    return switch (fit) {
      case RIDGE -> ridge(gram, target, penalty);
      case LASSO -> lasso(gram, target, penalty * total);
    };
  }

  private static double[] ridge(double[][] gram, double[] target, double penalty) {
    for (int i = 0; i < gram.length; i++) {
      gram[i][i] += penalty;
    }
    return Cholesky.of(gram).solve(target);
  }

  /** Coordinate descent (Friedman, Hastie and Tibshirani 2010) until nothing moves. */
  private static double[] lasso(double[][] gram, double[] target, double penalty) {
    int n = target.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        gram[j][i] = gram[i][j];
      }
    }
    double[] b = new double[n];
    double[] rest = target.clone(); // target - gram b
    double largest = 1;
    double moved = 1;
    for (int sweep = 0; sweep < SWEEPS && moved > ENOUGH * largest; sweep++) {
      moved = 0;
      for (int i = 0; i < n; i++) {
        double own = rest[i] + gram[i][i] * b[i];
        double shrunk = Math.max(Math.abs(own) - penalty, 0);
        double next = gram[i][i] > 0 ? Math.copySign(shrunk, own) / gram[i][i] : 0;
        double step = next - b[i];
        if (step != 0) {
          b[i] = next;
          for (int j = 0; j < n; j++) {
            rest[j] -= gram[i][j] * step;
          }
          moved = Math.max(moved, Math.abs(step));
          largest = Math.max(largest, Math.abs(next));
        }
      }
    }
    return b;
  }
}
