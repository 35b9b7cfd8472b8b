package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.dataset.Dataset;
import basewise.dataset.Part;
import basewise.io.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Dataset DATA = Toys.planted(60, 40, 7);
  private static final TrainOptions OPTIONS =
      TrainOptions.defaults().withEpochs(2, 2).withThreads(1);
  private static final SequenceModel MODEL =
      Trainer.train(
              DATA,
              Architecture.motif().withFilters(10).withHidden(8),
              OPTIONS,
              TrainingProgress.NONE)
          .model();

  @TempDir Path folder;

  @Test
  void comesBackAsItWas() throws Exception {
    Path file = folder.resolve("model.zip");
    ModelFile.save(MODEL, file, origin(Map.of("input", "toy")));
    SequenceModel again = ModelFile.load(file);
    List<byte[]> codes = Toys.codes(DATA.part(Part.TEST));
    assertThat(again.logits(codes, 1)).isDeepEqualTo(MODEL.logits(codes, 1));
    assertThat(again.architecture()).isEqualTo(MODEL.architecture());
    assertThat(again.width()).isEqualTo(40);
    assertThat(again.tasks()).containsExactly("bound");
    Path twice = folder.resolve("again.zip");
    ModelFile.save(again, twice, origin(Map.of("input", "toy")));
    assertThat(twice).hasSameBinaryContentAs(file);
  }

  @Test
  void anyDl4jProgramReadsIt() throws Exception {
    Path file = folder.resolve("plain.zip");
    ModelFile.savePlain(MODEL, file, origin(Map.of()));
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile());
    assertThat(graph.getConfiguration().getNetworkInputs()).containsExactly("forward", "reverse");
    assertThat(graph.getConfiguration().toJson()).doesNotContain("basewise");
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("without --plain");
  }

  @Test
  void refusesWhatIsNotItsOwn() throws Exception {
    Path file = folder.resolve("model.zip");
    ModelFile.save(MODEL, file, origin(Map.of()));
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
      Path cut = folder.resolve("cut" + length);
      Files.write(cut, Arrays.copyOf(bytes, length));
      refused(cut, "is cut short or damaged");
    }
    Map<String, byte[]> entries = Archive.read(bytes);
    String json = new String(entries.get(ModelFile.ENTRY), StandardCharsets.UTF_8);
    entries.put(
        ModelFile.ENTRY,
        json.replace("\"version\": 1", "\"version\": 7").getBytes(StandardCharsets.UTF_8));
    Path other = folder.resolve("other.zip");
    Files.write(other, Archive.write(entries));
    refused(other, "is a model of version 7, this program reads version 1");
    entries.remove(ModelFile.ENTRY);
    Files.write(other, Archive.write(entries));
    refused(other, "is not a model of this program");
    refused(folder.resolve("nothing"), "does not exist");
    refused(folder, "is a folder");
    refused(Files.writeString(folder.resolve("s.fa"), ">s\nACGT\n"), "MODEL comes before INPUT");
  }

  @Test
  void saysHowItWasTrained() throws Exception {
    Path file = folder.resolve("model.zip");
    ModelFile.save(MODEL, file, origin(Map.of("b", "2", "a", "1", "d", "4", "c", "3")));
    ModelOrigin origin = ModelFile.origin(file);
    assertThat(origin.training()).isEqualTo(OPTIONS);
    assertThat(origin.isOf(DATA)).isTrue();
    assertThat(origin.isOf(Toys.planted(60, 40, 8))).isFalse();
    String json =
        new String(
            Archive.read(Files.readAllBytes(file)).get(ModelFile.ENTRY), StandardCharsets.UTF_8);
    // Map.of has another order in every process: the file must not.
    assertThat(json.indexOf("\"a\"")).isLessThan(json.indexOf("\"b\""));
    assertThat(json.indexOf("\"b\"")).isLessThan(json.indexOf("\"c\""));
    assertThat(json.indexOf("\"c\"")).isLessThan(json.indexOf("\"d\""));
  }

  private static ModelOrigin origin(Map<String, String> notes) {
    return ModelOrigin.of(DATA, OPTIONS.withThreads(7), notes);
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }
}
