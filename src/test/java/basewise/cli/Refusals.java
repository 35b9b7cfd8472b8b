package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of mistakes share: a folder, and how a verb must refuse. */
abstract class Refusals {
  @TempDir Path folder;

  String model() {
    return folder.resolve("never").toString();
  }

  void usage(String why, String... arguments) throws IOException {
    List<String> before = names();
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: " + why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  void misused(String why, Path input, String... options) throws IOException {
    refused(ExitCode.USAGE, why, input, options);
  }

  void refused(String why, Path input, String... options) throws IOException {
    refused(ExitCode.BAD_INPUT, why, input, options);
  }

  void refused(int code, String why, Path input, String... options) throws IOException {
    List<String> before = names();
    Said said = discover(input, options);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(code);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  Said discover(Path input, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("discover", input.toString(), "--out", folder.resolve("out").toString()));
    args.add("--quiet");
    args.addAll(List.of(options));
    return Said.by(args.toArray(String[]::new));
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Sixty rows whose labels are in turn one and the other. */
  static String table(String even, String odd) {
    StringBuilder text = new StringBuilder("sequence,label\n");
    for (int i = 0; i < 60; i++) {
      text.append(Planted.sequence(i, 40, i % 2 == 0 ? Planted.WORD : ""))
          .append(',')
          .append(i % 2 == 0 ? even : odd)
          .append('\n');
    }
    return text.toString();
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
