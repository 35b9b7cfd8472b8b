package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.DatasetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedFiltersTest {
  @TempDir private Path folder;

  /** Calibration, training and judging ask for them in turn; refining takes as long as an epoch. */
  @Test
  void seedsAreRefinedOnce() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 60; j++) {
        text.append("ACGT".charAt(random.nextInt(4)));
      }
      text.append("TGACTCATT\n");
    }
    Path file = Files.writeString(folder.resolve("x.txt"), text);
    Dataset data = DatasetBuilder.build(file.toString(), DatasetOptions.defaults());
    Discovery discovery = new Discovery(data, DiscoveryOptions.DEFAULT, 1, 1);
    long start = System.nanoTime();
    List<float[][]> first = discovery.seedFilters(11, 4);
    long refined = System.nanoTime() - start;
    start = System.nanoTime();
    List<float[][]> second = discovery.seedFilters(15, 4);
    long remembered = System.nanoTime() - start;
    assertThat(first).isNotEmpty().hasSameSizeAs(second);
    assertThat(first.getFirst().length).isEqualTo(11);
    assertThat(second.getFirst().length).isEqualTo(15);
    // Thousands of times faster; refining anew would be about as slow.
    assertThat(remembered).isLessThan(refined / 20);
  }
}
