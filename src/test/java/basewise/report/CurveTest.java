package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.report.Curve.Point;
import basewise.stats.Ranking;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void ofFourScoresByHand() {
    // Sorted: 4 (positive), then 3 twice (one of each), then 1 (negative).
    double[] scores = {3, 4, 1, 3};
    boolean[] positive = {true, true, false, false};
    assertThat(Curve.roc(scores, positive).points())
        .containsExactly(new Point(0, 0), new Point(0, 0.5), new Point(0.5, 1), new Point(1, 1));
    assertThat(Curve.precisionRecall(scores, positive).points())
        .containsExactly(new Point(0.5, 1), new Point(1, 2 / 3.0), new Point(1, 0.5));
  }

  @Test
  void aLongCurveIsThinnedAndKeepsItsArea() {
    Random random = new Random(3);
    double[] scores = new double[40_000];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = i % 3 == 0;
      scores[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
    }
    List<Point> points = Curve.roc(scores, positive).points();
    assertThat(points).hasSizeLessThan(700);
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point a = points.get(i - 1);
      Point b = points.get(i);
      area += (b.x() - a.x()) * (a.y() + b.y()) / 2;
    }
    assertThat(Math.abs(area - Ranking.auroc(scores, positive))).isLessThan(0.001);
  }

  @Test
  void oneClassHasNoCurve() {
    assertThat(Curve.roc(new double[] {1, 2}, new boolean[] {true, true})).isEqualTo(Curve.NONE);
  }
}
