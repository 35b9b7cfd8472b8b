package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AscendingTest {
  @Test
  void numbersComeInTheOrderOfTheirIndicesAndOnce() {
    Ascending order = new Ascending(130);
    for (int i : new int[] {129, 0, 64, 63, 127, 5}) {
      order.set(i, -i);
    }
    int[] index = new int[6];
    float[] value = new float[6];
    order.moveTo(index, value);
    assertThat(index).containsExactly(0, 5, 63, 64, 127, 129);
    assertThat(value).containsExactly(0, -5, -63, -64, -127, -129);
    order.set(1, 2);
    order.moveTo(index, value);
    assertThat(index).startsWith(1, 5);
    assertThat(value).startsWith(2f, -5f);
  }
}
