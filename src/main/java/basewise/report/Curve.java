package basewise.report;

import basewise.stats.Ranking;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of a line in the unit square, x not falling.
 *
 * @param points [x, y] pairs
 */
public record Curve(List<Point> points) {
  /** No curve was measured. */
  public static final Curve NONE = new Curve(List.of());

  /** Steps smaller than this cannot be seen. */
  private static final double STEP = 1.0 / 300;

  /** A point of the unit square. */
  public record Point(double x, double y) {}

  /** Keeps its own copy. */
  public Curve {
    points = List.copyOf(points);
  }

  /** Receiver operating characteristic: x false positive rate, y true positive rate. */
  public static Curve roc(double[] scores, boolean[] positive) {
    return trace(scores, positive, true);
  }

  /** Precision-recall: x recall, y precision. */
  public static Curve precisionRecall(double[] scores, boolean[] positive) {
    return trace(scores, positive, false);
  }

  private static Curve trace(double[] scores, boolean[] positive, boolean roc) {
    int[] order = Ranking.descending(scores);
    long positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    long negatives = positive.length - positives;
    if (positives == 0 || negatives == 0) {
      return NONE;
    }
    List<Point> points = new ArrayList<>();
    if (roc) {
      points.add(new Point(0, 0));
    }
    long hits = 0;
    for (int i = 0; i < order.length; i++) {
      hits += positive[order[i]] ? 1 : 0;
      boolean tied = i + 1 < order.length && scores[order[i + 1]] == scores[order[i]];
      if (tied) {
        continue;
      }
      double recall = (double) hits / positives;
      Point next =
          roc
              ? new Point((double) (i + 1 - hits) / negatives, recall)
              : new Point(recall, (double) hits / (i + 1));
      add(points, next, i + 1 == order.length);
    }
    return new Curve(points);
  }

  private static void add(List<Point> points, Point next, boolean last) {
    if (!last && !points.isEmpty()) {
      Point before = points.getLast();
      if (Math.abs(next.x() - before.x()) < STEP && Math.abs(next.y() - before.y()) < STEP) {
        return;
      }
    }
    points.add(next);
  }
}
