package basewise.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Shapley values by random orders (Castro, Gomez and Tejada 2009): players join one after another,
 * and the value of each is the mean of what it adds. Each order is followed by its reverse
 * (Mitchell and others 2022), the standard error is that of the pairs' means. If all coalitions
 * cost no more than the samples, they are enumerated and nothing is random.
 */
final class ShapleySampling {
  private ShapleySampling() {}

  /**
   * Values of all players.
   *
   * @param samples additions of a player in all, at least; whole pairs of orders are run
   * @param generators of pair 0, 1, ...
   */
  static Game.Solution solve(Game game, int samples, LongFunction<SplittableRandom> generators) {
    int players = game.players();
    if (Coalitions.enumerable(players, (double) samples / game.backgrounds())) {
      return enumerated(game);
    }
    long pairs = Math.max(2, Math.ceilDiv(samples, 2L * players));
    double[] sum = new double[players];
    double[] squares = new double[players];
    double none = 0;
    double all = 0;
    for (long k = 0; k < pairs; k++) {
      int background = (int) (k % game.backgrounds());
      int[] order = order(players, generators.apply(k));
      double[] forward = joining(game, order, background);
      double[] added = new double[players];
      add(added, forward, order);
      int[] back = new int[players];
      Arrays.setAll(back, i -> order[players - 1 - i]);
      double[] backward = joining(game, back, background);
      add(added, backward, back);
      for (int p = 0; p < players; p++) {
        double mean = added[p] / 2;
        sum[p] += mean;
        squares[p] += mean * mean;
      }
      none += forward[0];
      all = forward[players];
    }
    return Coalitions.means(sum, squares, pairs, all, none / pairs);
  }

  /** Every coalition, by the definition of Shapley 1953. */
  static Game.Solution enumerated(Game game) {
    int players = game.players();
    double[] sum = new double[players];
    double[] squares = new double[players];
    double all = 0;
    double none = 0;
    for (int b = 0; b < game.backgrounds(); b++) {
      double[] worth = game.worth(Coalitions.every(players, b));
      for (int p = 0; p < players; p++) {
        double value = 0;
        for (int s = 0; s < worth.length; s++) {
          if ((s >> p & 1) == 0) {
            // |S|! (M - |S| - 1)! / M! is 1 / (M binomial(M - 1, |S|)).
            double ways = players * Coalitions.binomial(players - 1, Integer.bitCount(s));
            value += (worth[s | 1 << p] - worth[s]) / ways;
          }
        }
        sum[p] += value;
        squares[p] += value * value;
      }
      none += worth[0];
      all = worth[worth.length - 1];
    }
    return Coalitions.means(sum, squares, game.backgrounds(), all, none / game.backgrounds());
  }

  /** What the first 0, 1, ... players of an order are worth. */
  private static double[] joining(Game game, int[] order, int background) {
    List<Game.Coalition> growing = new ArrayList<>();
    boolean[] present = new boolean[order.length];
    growing.add(new Game.Coalition(present.clone(), background));
    for (int p : order) {
      present[p] = true;
      growing.add(new Game.Coalition(present.clone(), background));
    }
    return game.worth(growing);
  }

  private static void add(double[] added, double[] worth, int[] order) {
    for (int i = 0; i < order.length; i++) {
      added[order[i]] += worth[i + 1] - worth[i];
    }
  }

  private static int[] order(int players, SplittableRandom random) {
    int[] order = new int[players];
    for (int i = 0; i < players; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }
}
