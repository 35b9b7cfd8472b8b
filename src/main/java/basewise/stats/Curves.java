package basewise.stats;

import java.util.ArrayList;
import java.util.List;

/** The curves whose areas {@link Ranking} gives, as points to draw. */
public final class Curves {
  private Curves() {}

  /** A point of a curve, both coordinates in [0, 1]. */
  public record Point(double x, double y) {}

  /**
   * The receiver operating characteristic: (false positive rate, true positive rate) at every
   * threshold, from (0, 0) to (1, 1).
   */
  public static List<Point> roc(double[] scores, boolean[] positive) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    long positives = count(positive);
    long negatives = positive.length - positives;
    walk(
        scores,
        positive,
        (hits, misses) ->
            points.add(new Point((double) misses / negatives, (double) hits / positives)));
    return points;
  }

  /** (recall, precision) at every threshold that reaches another positive, recall ascending. */
  public static List<Point> precisionRecall(double[] scores, boolean[] positive) {
    List<Point> points = new ArrayList<>();
    long positives = count(positive);
    walk(
        scores,
        positive,
        (hits, misses) ->
            points.add(new Point((double) hits / positives, (double) hits / (hits + misses))));
    return points;
  }

  /** At most {@code most} points, the ends and evenly spaced ones between them. */
  public static List<Point> thinned(List<Point> points, int most) {
    if (points.size() <= most || most < 2) {
      return points;
    }
    List<Point> out = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      out.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
    }
    return out;
  }

  private interface Step {
    void at(long hits, long misses);
  }

  private static void walk(double[] scores, boolean[] positive, Step step) {
    int[] order = Ranking.descending(scores);
    long hits = 0;
    for (int i = 0; i < order.length; i++) {
      hits += positive[order[i]] ? 1 : 0;
      if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
        step.at(hits, i + 1 - hits);
      }
    }
  }

  private static long count(boolean[] positive) {
    long n = 0;
    for (boolean b : positive) {
      n += b ? 1 : 0;
    }
    return n;
  }
}
