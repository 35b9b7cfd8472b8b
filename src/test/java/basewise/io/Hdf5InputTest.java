package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h5py wrote the file: golden_h5.py beside the tests, which says with what version. */
class Hdf5InputTest {
  private static final Path FILE = Path.of("src/test/resources/basewise/io/links.h5");

  @TempDir private Path folder;

  @Test
  void linksLeadToWhatTheyName() {
    try (Hdf5Input in = Hdf5Input.open(FILE)) {
      for (String path : new String[] {"data/a", "soft", "folder/a"}) {
        assertThat(in.shape(path)).as(path).containsExactly(2, 3);
        assertThat(in.floats(path)).as(path).containsExactly(0, 1, 2, 3, 4, 5);
      }
      assertThat(in.names("folder")).containsExactly("a");
      assertThat(in.attribute("window_size")).hasValue(400);
      assertThatThrownBy(() -> in.floats("data/b"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no dataset data/b (its groups: data, folder, nowhere, soft)");
      assertThatThrownBy(() -> in.floats("nowhere")).isInstanceOf(InputException.class);
    }
  }

  /** Cut anywhere, or with any byte changed, a file is its maker's mistake and no bug of ours. */
  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    byte[] whole = Files.readAllBytes(FILE);
    int refused = 0;
    for (int n = 0; n < whole.length; n += n < 64 ? 1 : 37) {
      refused += refused(Arrays.copyOf(whole, n)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(80);
    refused = 0;
    for (int at = 0; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0xff;
      refused += refused(damaged) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(50);
  }

  private boolean refused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.h5"), bytes);
    try (Hdf5Input in = Hdf5Input.open(file)) {
      in.attribute("window_size");
      if (Arrays.equals(in.shape("data/a"), new int[] {2, 3})) {
        assertThat(in.floats("data/a").length).isEqualTo(6);
      }
      return false;
    } catch (InputException e) {
      return true;
    }
  }
}
