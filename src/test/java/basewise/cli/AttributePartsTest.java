package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of scores, gathered: the bytes of one run, or a refusal that names why. */
class AttributePartsTest extends Refusals {
  private static final int WIDTH = 40;
  private String model = "";
  private String input = "";

  /** Sequences with places in a genome, so that tracks can be written. */
  @BeforeEach
  void train() throws IOException {
    List<String> lines = Planted.fasta(60, WIDTH).lines().toList();
    StringBuilder placed = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      placed.append(">chr%d:%d-%d\n".formatted(1 + i % 2, 30 * i, 30 * i + WIDTH));
      placed.append(lines.get(2 * i + 1)).append('\n');
    }
    input = write("toy.fa", placed.toString()).toString();
    model = folder.resolve("toy.model").toString();
    Said said = Said.by("train", input, "--out", model, "--epochs", "1", "--filters", "4");
    assertThat(said.code()).as(said.err()).isZero();
  }

  private Said attribute(String options, String out) {
    List<String> line = new ArrayList<>(List.of("attribute", model, input, "--out", out));
    line.addAll(List.of(options.split(" ")));
    return Said.by(line.toArray(String[]::new));
  }

  private List<String> parts(String options, int n) {
    List<String> folders = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      String out = folder.resolve("part" + i).toString();
      Said said = attribute(options + " --force --threads " + i + " --part " + i + "/" + n, out);
      assertThat(said.code()).as(said.err()).isZero();
      folders.addFirst(out); // any order will do
    }
    return folders;
  }

  private static Said gather(List<String> parts, Path out) {
    List<String> line = new ArrayList<>(List.of("gather"));
    line.addAll(parts);
    line.addAll(List.of("--out", out.toString()));
    return Said.by(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--method deepshap, s.npz, 3",
    "--method deepshap --hypothetical, s.npz, 2",
    "--method smoothgrad --seed 7, s.bw, 4",
    "--method gradient, s.bedgraph, 2",
    "'--method deepshap,ism,lrp-epsilon', s.tsv, 7",
    "'--method ism,shapley-sampling --indels --segment 5', s, 2",
    "--method ism-pairs --distance 3, s.h5, 60"
  })
  void gatheredIsTheRunInOnePiece(String options, String name, int n) throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path all = Files.createDirectory(folder.resolve("all"));
    assertThat(attribute(options, one.resolve(name).toString()).code()).isZero();
    Said said = gather(parts(options, n), all.resolve(name));
    assertThat(said.code()).as(said.err()).isZero();
    List<Path> files = files(one);
    assertThat(files).isNotEmpty().isEqualTo(files(all));
    for (Path file : files) {
      assertThat(Files.size(one.resolve(file))).isGreaterThan(100);
      assertThat(all.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void whatIsNotAllOfOneRunIsRefusedByName() throws IOException {
    List<String> parts = parts("--method gradient", 3);
    Path out = folder.resolve("s.npz");
    refused(gather(parts.subList(0, 2), out), "1 part: is missing: part 1/3");
    List<String> twice = new ArrayList<>(parts);
    twice.set(0, parts.get(1));
    refused(gather(twice, out), "is part 2/3, and so is");
    String foreign = folder.resolve("foreign").toString();
    assertThat(attribute("--method gradient --seed 2 --part 3/3", foreign).code()).isZero();
    refused(
        gather(List.of(foreign, parts.get(1), parts.get(2)), out),
        foreign + ": is of another run: its --seed is 2, that of the others 1");
    Files.write(Path.of(parts.get(1), "gradient.gz"), new byte[] {1});
    refused(gather(parts, out), "is not as it was written");
    assertThat(out).doesNotExist();
  }

  private static void refused(Said said, String words) {
    assertThat(said.code()).as(said.out()).isEqualTo(3);
    assertThat(said.err()).contains(words).hasLineCount(1);
  }

  @Test
  void whatCannotBeAPartIsRefused() {
    usage(attribute("--part 4/3", folder.resolve("p").toString()), "is no share");
    usage(attribute("--part 1/61", folder.resolve("p").toString()), "1/61 of 60 sequences");
    usage(
        attribute("--part 1/3 --plot x.svg", folder.resolve("p").toString()),
        "--plot: cannot go with --part");
    usage(Said.by("attribute", model, input, "--part", "1/2"), "needs a folder");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  private static void usage(Said said, String words) {
    assertThat(said.code()).as(said.out()).isEqualTo(2);
    assertThat(said.err()).contains(words);
  }
}
