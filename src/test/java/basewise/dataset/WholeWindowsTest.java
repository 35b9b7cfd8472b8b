package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeWindowsTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The same as when all is held in memory, in pieces of any size and more than once. */
  @Test
  void everyFormatIsReadAsOften() throws IOException {
    Path genome = write("genome.fa", ">chr1\n" + "ACGTTGCA".repeat(10) + "\n");
    List<Path> inputs =
        List.of(
            write("a.fa", ">x\nACGTACGT\n>chr1:3-10\nACGTNCGT\n>x\nTTTTACGT\n"),
            write("a.fq", "@r\nACGTACGT\n+\nIIIIIIII\n@s\nACGTACGA\n+\nIIIIIIII\n"),
            write("a.txt", "ACGTACGT\nACGTACGA\nACGTACGC\n"),
            write("a.bed", "chr1\t10\t18\tp\nchr1\t0\t8\tp\nchr1\t30\t40\n"));
    for (Path input : inputs) {
      boolean regions = input.toString().endsWith(".bed");
      DatasetOptions options =
          DatasetOptions.defaults().toBuilder()
              .width(8)
              .genome(regions ? genome.toString() : null)
              .build();
      WindowReader.Answer want = WindowReader.readWhole(input.toString(), options);
      List<String> before = names();
      try (WholeWindows windows =
          WholeWindows.read(input.toString(), options, folder.resolve("no/such/result"))) {
        assertThat(windows.count()).isEqualTo(want.windows().size());
        assertThat(windows.notes()).isEqualTo(want.notes());
        assertThat(windows.contigs()).hasSize(regions ? 1 : 0);
        assertThat(windows.unplaced() == null)
            .isEqualTo(want.windows().stream().allMatch(w -> w.place() != null));
        for (int most : new int[] {1, 2, 100}) {
          List<Example> got = new ArrayList<>();
          try (WholeWindows.Reading reading = windows.open()) {
            for (List<Example> next = reading.next(most);
                !next.isEmpty();
                next = reading.next(most)) {
              got.addAll(next);
            }
          }
          assertThat(got).hasSameSizeAs(want.windows());
          for (int i = 0; i < got.size(); i++) {
            assertThat(got.get(i).id()).isEqualTo(want.windows().get(i).id());
            assertThat(got.get(i).place()).isEqualTo(want.windows().get(i).place());
            assertThat(got.get(i).codes()).isEqualTo(want.windows().get(i).codes());
          }
        }
      }
      assertThat(names()).isEqualTo(before);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void namesAreSeenOnce() {
    Names names = new Names();
    for (int i = 0; i < 100_000; i++) {
      assertThat(names.add("peak_" + i)).isTrue();
    }
    for (int i = 0; i < 100_000; i += 97) {
      assertThat(names.add("peak_" + i)).isFalse();
    }
    assertThat(names.add("")).isTrue();
    assertThat(names.add("")).isFalse();
  }
}
