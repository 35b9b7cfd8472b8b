package basewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import basewise.dataset.Example;
import basewise.dataset.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SimulatedMotifsTest {
  /** The reader itself checks that the letters of each embedding are where the file says. */
  @Test
  void embeddingsAreWhereTheFilesSay() {
    Path folder = Path.of("../shared/data/interpret/simdata");
    assumeThat(Files.exists(folder)).as("needs " + folder).isTrue();
    SimulatedMotifs truth = SimulatedMotifs.read(folder);
    int[] with = new int[2];
    int both = 0;
    for (Example e : truth.data().examples()) {
      with[0] += e.labels()[0] > 0.5 ? 1 : 0;
      with[1] += e.labels()[1] > 0.5 ? 1 : 0;
      both += e.labels()[0] + e.labels()[1] > 1.5 ? 1 : 0;
    }
    // 2,000 of each kind, named by their files.
    assertThat(truth.data().examples()).hasSize(8000);
    assertThat(with).containsExactly(4000, 4000);
    assertThat(both).isEqualTo(2000);
    assertThat(truth.data().part(Part.TEST)).hasSize(800);
    // Its first line: pos-208_GATA_disc1-ACAGATAAGG, ten bases.
    boolean[] gata = truth.embedded(truth.data().examples().getFirst(), 0);
    for (int i = 0; i < gata.length; i++) {
      assertThat(gata[i]).isEqualTo(i >= 208 && i < 218);
    }
  }
}
