package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.genome.track.TrackWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
  private final List<String> runs = new ArrayList<>();

  private Overlaps overlaps(int length) {
    return new Overlaps(
        length,
        new TrackWriter() {
          @Override
          public void run(String contig, long start, long end, float value) {
            runs.add(contig + " " + start + " " + end + " " + value);
          }

          @Override
          public void commit() {
            throw new AssertionError("not asked for");
          }

          @Override
          public void close() {
            throw new AssertionError("not asked for");
          }
        });
  }

  /** By hand: windows at 10, 11, 11 and 14 of a, and at 3 of b. */
  @Test
  void basesOfSeveralWindowsHaveTheirMean() {
    Overlaps overlaps = overlaps(3);
    overlaps.add("a", 10, new float[] {1, 1, 5});
    overlaps.add("a", 11, new float[] {2, 2, 2});
    overlaps.add("a", 11, new float[] {3, 2, 4});
    overlaps.add("a", 14, new float[] {3, 3, -0.0f});
    overlaps.add("b", 3, new float[] {7, 7, 7});
    overlaps.end();
    assertThat(runs)
        .containsExactly(
            "a 10 11 1.0",
            "a 11 12 2.0", // (1 + 2 + 3) / 3
            "a 12 16 3.0", // (5 + 2 + 2) / 3, (2 + 4) / 2, 3 and 3
            "a 16 17 0.0",
            "b 3 6 7.0");
  }

  @Test
  void betweenWindowsThereIsNothing() {
    Overlaps overlaps = overlaps(2);
    overlaps.add("a", 0, new float[] {1, 1});
    overlaps.add("a", 100, new float[] {1, 2});
    overlaps.add("a", 102, new float[] {2, 1});
    overlaps.end();
    assertThat(runs)
        .containsExactly("a 0 2 1.0", "a 100 101 1.0", "a 101 103 2.0", "a 103 104 1.0");
  }
}
