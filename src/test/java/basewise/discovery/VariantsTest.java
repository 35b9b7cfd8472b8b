package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.CountMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static HeldOutTest.Judged judged(int origin, double logP, boolean repeat) {
    Presence p = new Presence(0, 1, 1, 0, 1, logP);
    Candidate c =
        new Candidate(Origin.filter(origin), new CountMatrix(new double[][] {{1, 0, 0, 0}}), p);
    return new HeldOutTest.Judged(
        new Merging.Group(c, List.of(Origin.filter(origin))), p, 0.7, repeat ? 0.9 : 0, repeat, 0);
  }

  private static List<Integer> order(
      List<HeldOutTest.Judged> judged, int[] leader, double... influence) {
    List<HeldOutTest.Judged> weighed = new ArrayList<>();
    for (int i = 0; i < influence.length; i++) {
      weighed.add(judged.get(i).withInfluence(influence[i]));
    }
    return Variants.order(weighed, leader).stream()
        .map(j -> j.group().best().origin().index())
        .toList();
  }

  @Test
  void evidenceDecidesAndRepeatsComeLast() {
    assertThat(
            order(
                List.of(judged(0, -10, false), judged(1, -99, true), judged(2, -30, false)),
                new int[] {0, 1, 2},
                0,
                0,
                0))
        .containsExactly(2, 0, 1);
  }

  @Test
  void influenceDecidesWhereEvidenceDoesNot() {
    List<HeldOutTest.Judged> near = List.of(judged(0, -100, false), judged(1, -91, false));
    assertThat(order(near, new int[] {0, 1}, 0.1, 0.2)).containsExactly(1, 0);
    List<HeldOutTest.Judged> far = List.of(judged(0, -100, false), judged(1, -89, false));
    assertThat(order(far, new int[] {0, 1}, 0.1, 0.2)).containsExactly(0, 1);
  }

  @Test
  void noVariantOutranksItsLeader() {
    assertThat(
            order(
                List.of(judged(0, -50, false), judged(1, -80, false), judged(2, -60, false)),
                new int[] {0, 0, 2},
                0,
                0,
                0))
        .containsExactly(0, 1, 2);
  }
}
