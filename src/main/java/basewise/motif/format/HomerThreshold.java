package basewise.motif.format;

import basewise.motif.ProbabilityMatrix;

/**
 * A detection threshold for HOMER, whose files must have one: the lowest log-odds score, natural
 * logarithm against 0.25, that a random window reaches with p of at most 1e-4; the best possible
 * score where none is so rare. Probabilities count as at least 0.001, as HOMER takes them.
 */
final class HomerThreshold {
  private static final double RARE = 1e-4;
  private static final double FLOOR = 0.001;
  private static final int STEPS = 100;

  private HomerThreshold() {}

  static double of(ProbabilityMatrix matrix) {
    int w = matrix.width();
    int[][] cell = new int[w][4];
    int lowest = 0;
    int highest = 0;
    for (int i = 0; i < w; i++) {
      int min = Integer.MAX_VALUE;
      int max = Integer.MIN_VALUE;
      for (int c = 0; c < 4; c++) {
        double p = Math.max(matrix.at(i, c), FLOOR);
        cell[i][c] = (int) Math.round(Math.log(p / 0.25) * STEPS);
        min = Math.min(min, cell[i][c]);
        max = Math.max(max, cell[i][c]);
      }
      lowest += min;
      highest += max;
    }
    double[] chance = new double[highest - lowest + 1];
    // Scores so far are kept relative to the sum of the columns' minima.
    chance[0] = 1;
    int reached = 0;
    for (int i = 0; i < w; i++) {
      int min = Math.min(Math.min(cell[i][0], cell[i][1]), Math.min(cell[i][2], cell[i][3]));
      double[] next = new double[chance.length];
      int top = 0;
      for (int s = 0; s <= reached; s++) {
        if (chance[s] > 0) {
          for (int c = 0; c < 4; c++) {
            int to = s + cell[i][c] - min;
            next[to] += chance[s] / 4;
            top = Math.max(top, to);
          }
        }
      }
      chance = next;
      reached = top;
    }
    double tail = 0;
    for (int s = chance.length - 1; s >= 0; s--) {
      tail += chance[s];
      if (tail > RARE) {
        return (Math.min(s + 1, chance.length - 1) + lowest) / (double) STEPS;
      }
    }
    return lowest / (double) STEPS;
  }
}
