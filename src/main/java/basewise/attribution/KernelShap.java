package basewise.attribution;

import basewise.stats.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Shapley values by weighted regression of what coalitions are worth on who is in them, under the
 * constraint that the values sum to what all are worth minus what none are (Lundberg and Lee 2017).
 * Sizes s are drawn with chance proportional to 1 / (s (M - s)), the Shapley kernel; each coalition
 * comes with its complement (Covert and Lee 2021), and the standard error is the sandwich estimate
 * over such pairs. If all coalitions cost no more than the samples, all are taken with the weights
 * of the kernel and nothing is random.
 */
final class KernelShap {
  /** Added to a diagonal that cannot be solved with, as a share. */
  private static final double TOGETHER = 1e-6;

  private KernelShap() {}

  /**
   * Values of all players.
   *
   * @param samples coalitions, rounded up to pairs
   * @param generators of pair 0, 1, ...
   */
  static Game.Solution solve(Game game, int samples, LongFunction<SplittableRandom> generators) {
    int players = game.players();
    if (players < 2 || Coalitions.enumerable(players, (double) samples / game.backgrounds())) {
      return enumerated(game);
    }
    // Fewer pairs than players cannot tell them apart.
    int pairs = Math.max(Math.ceilDiv(samples, 2), 2 * players);
    double[] none = ends(game, false);
    double all = ends(game, true)[0];
    List<Game.Coalition> drawn = new ArrayList<>();
    for (int k = 0; k < pairs; k++) {
      SplittableRandom random = generators.apply(k);
      boolean[] present = Coalitions.some(players, size(players, random), random);
      int background = k % game.backgrounds();
      drawn.add(new Game.Coalition(present, background));
      drawn.add(new Game.Coalition(Coalitions.without(present), background));
    }
    double[] worth = game.worth(drawn);
    double used = 0;
    for (int k = 0; k < drawn.size(); k++) {
      used += none[drawn.get(k).background()] / drawn.size();
    }
    double[] ones = new double[drawn.size()];
    Arrays.fill(ones, 1);
    return regression(drawn, worth, ones, none, all, used, true);
  }

  /** Every coalition but those of all and of none, by the weights of the kernel. */
  static Game.Solution enumerated(Game game) {
    int players = game.players();
    double[] none = ends(game, false);
    double all = ends(game, true)[0];
    double mean = Arrays.stream(none).average().orElseThrow();
    if (players < 2) {
      double[] values = new double[players];
      Arrays.fill(values, all - mean);
      return new Game.Solution(values, new double[players], all, mean);
    }
    double[] sum = new double[players];
    double[] squares = new double[players];
    for (int b = 0; b < none.length; b++) {
      List<Game.Coalition> every = Coalitions.every(players, b);
      List<Game.Coalition> inner = every.subList(1, every.size() - 1);
      double[] weights = new double[inner.size()];
      for (int k = 0; k < weights.length; k++) {
        int size = Integer.bitCount(k + 1);
        weights[k] =
            (players - 1) / (Coalitions.binomial(players, size) * size * (double) (players - size));
      }
      double[] values =
          regression(inner, game.worth(inner), weights, none, all, none[b], false).values();
      for (int p = 0; p < players; p++) {
        sum[p] += values[p];
        squares[p] += values[p] * values[p];
      }
    }
    return Coalitions.means(sum, squares, none.length, all, mean);
  }

  /** What all or none are worth, per background; all are worth the same before any. */
  private static double[] ends(Game game, boolean all) {
    List<Game.Coalition> coalitions = new ArrayList<>();
    for (int b = 0; b < (all ? 1 : game.backgrounds()); b++) {
      boolean[] present = new boolean[game.players()];
      Arrays.fill(present, all);
      coalitions.add(new Game.Coalition(present, b));
    }
    return game.worth(coalitions);
  }

  /** A size of 1 to players - 1. */
  private static int size(int players, SplittableRandom random) {
    double total = 0;
    for (int s = 1; s < players; s++) {
      total += 1.0 / (s * (double) (players - s));
    }
    double place = random.nextDouble() * total;
    for (int s = 1; s < players - 1; s++) {
      place -= 1.0 / (s * (double) (players - s));
      if (place < 0) {
        return s;
      }
    }
    return players - 1;
  }

  /**
   * Least squares under the constraint. Minimising sum w (y - z v)^2 with 1 v = d gives v = A^-1 (b
   * - 1 l), with A = sum w z z', b = sum w z y, and the l that makes 1 v = d.
   *
   * @param none worth of nobody, per background: y is what a coalition is worth minus that
   * @param used worth of nobody, as the constraint has it
   * @param pairs whether coalitions 2k and 2k + 1 were drawn together and errors are wanted
   */
  static Game.Solution regression(
      List<Game.Coalition> coalitions,
      double[] worth,
      double[] weights,
      double[] none,
      double all,
      double used,
      boolean pairs) {
    int players = coalitions.getFirst().present().length;
    double[][] a = new double[players][players];
    double[] b = new double[players];
    double[] y = new double[worth.length];
    for (int k = 0; k < y.length; k++) {
      boolean[] z = coalitions.get(k).present();
      y[k] = worth[k] - none[coalitions.get(k).background()];
      for (int i = 0; i < players; i++) {
        if (z[i]) {
          b[i] += weights[k] * y[k];
          for (int j = 0; j <= i; j++) {
            a[i][j] += z[j] ? weights[k] : 0;
          }
        }
      }
    }
    Cholesky solver = solver(a);
    double[] ones = new double[players];
    Arrays.fill(ones, 1);
    double[] direction = solver.solve(ones);
    double[] values = solver.solve(b);
    constrain(values, direction, all - used);
    double[] squares = new double[players];
    for (int k = 0; pairs && k < y.length; k += 2) {
      double[] pull = new double[players];
      pull(pull, coalitions.get(k).present(), y[k], values);
      pull(pull, coalitions.get(k + 1).present(), y[k + 1], values);
      double[] moved = solver.solve(pull);
      constrain(moved, direction, 0);
      for (int i = 0; i < players; i++) {
        squares[i] += moved[i] * moved[i];
      }
    }
    double n = y.length / 2.0;
    for (int i = 0; i < players; i++) {
      squares[i] = Math.sqrt(squares[i] * n / Math.max(n - 1, 1));
    }
    return new Game.Solution(values, squares, all, used);
  }

  /** Players whom no coalition told apart get the same. */
  private static Cholesky solver(double[][] a) {
    try {
      return Cholesky.of(a);
    } catch (ArithmeticException e) {
      for (int i = 0; i < a.length; i++) {
        a[i][i] += TOGETHER * (a[i][i] + 1);
      }
      return Cholesky.of(a);
    }
  }

  /** Moves values along a direction until they sum to {@code sum}. */
  private static void constrain(double[] values, double[] direction, double sum) {
    double excess = Arrays.stream(values).sum() - sum;
    double step = excess / Arrays.stream(direction).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] -= step * direction[i];
    }
  }

  /** Adds z (y - z v). */
  private static void pull(double[] sum, boolean[] z, double y, double[] values) {
    double rest = y;
    for (int i = 0; i < z.length; i++) {
      rest -= z[i] ? values[i] : 0;
    }
    for (int i = 0; i < z.length; i++) {
      sum[i] += z[i] ? rest : 0;
    }
  }
}
