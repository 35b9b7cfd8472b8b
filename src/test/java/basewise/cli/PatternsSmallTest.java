package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.patterns.PlantedFiles;
import basewise.patterns.PlantedScores;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of few scores are worked on by a Java without vectors, as the launcher starts it. */
class PatternsSmallTest {
  @TempDir Path folder;

  /**
   * Enough seqlets for one pattern that vectors, where there are any, are used for all that they
   * can be: for its nearest seqlets too.
   */
  @Test
  void withoutVectorsResultsAreTheSame() throws Exception {
    List<PlantedScores.Row> rows = PlantedScores.rows(700, 1);
    List<String> words = new ArrayList<>(List.of("patterns", "--quiet", "--leiden-runs", "2"));
    words.addAll(List.of("--sequences", PlantedFiles.sequences(folder, rows).toString()));
    words.addAll(List.of("--scores", PlantedFiles.scores(folder, rows).toString()));
    words.add("--out");
    Path with = folder.resolve("with");
    List<String> here = new ArrayList<>(words);
    here.add(with.toString());
    Said said = Said.by(here.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(Integer.parseInt(line(with).split("\t")[2])).isGreaterThan(620);

    Path without = folder.resolve("without");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dbasewise.small=true"));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.nopointergc=true", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    command.add(without.toString());
    File error = folder.resolve("error.txt").toFile();
    Process process = new ProcessBuilder(command).redirectError(error).start();
    try {
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(error.toPath(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.exitValue()).isZero();
    for (String name : List.of("patterns.tsv", "cwm.tsv", "seqlets.tsv", "modisco_results.h5")) {
      assertThat(without.resolve(name)).as(name).hasSameBinaryContentAs(with.resolve(name));
    }
  }

  private static String line(Path out) throws IOException {
    return Files.readAllLines(out.resolve("patterns.tsv")).get(1);
  }
}
