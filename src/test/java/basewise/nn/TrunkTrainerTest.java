package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.InputException;
import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import basewise.sequence.Dna;
import basewise.stats.Ranking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training of small {@code basset} and {@code dilated} networks. */
class TrunkTrainerTest {
  private static final TrainOptions QUICK =
      TrainOptions.defaults().withEpochs(2, 6).withBatch(32).withThreads(2).withLearningRate(1e-2);

  private static TrunkArchitecture small(String name) {
    return name.equals(TrunkArchitecture.BASSET)
        ? RandomTrunks.basset().withRegularisation(0.2, 0.01)
        : RandomTrunks.dilated().withRegularisation(0, 0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"basset", "dilated"})
  void findsAPlantedWord(String name) {
    Dataset data = Toys.planted(400, 48, 3);
    Trained trained =
        Trainer.train(data, small(name), QUICK.withEpochs(2, 16), TrainingProgress.NONE);
    List<Example> test = data.part(Part.TEST);
    float[][] z = trained.model().logits(Toys.codes(test), 2);
    double[] score = new double[z.length];
    boolean[] positive = new boolean[z.length];
    for (int i = 0; i < z.length; i++) {
      score[i] = z[i][0];
      positive[i] = test.get(i).positive();
    }
    // A ten-letter word on either strand of 48 random bases is there by chance in 1 of 10,000.
    assertThat(Ranking.auroc(score, positive)).isGreaterThan(0.9);
    assertThat(trained.history().getLast().loss()).isLessThan(trained.history().getFirst().loss());
  }

  @ParameterizedTest
  @ValueSource(strings = {"basset", "dilated"})
  void sameBytesOnOneTwoAndEightThreadsAndAfterAnInterruption(String name, @TempDir Path folder)
      throws Exception {
    Dataset data = twoTasks(Toys.planted(70, 48, 5));
    TrainOptions options = QUICK.withEpochs(3, 3).withThreads(1);
    byte[] one = bytes(train(data, name, options), data, folder.resolve("one"));
    for (int threads : new int[] {2, 8}) {
      byte[] other =
          bytes(train(data, name, options.withThreads(threads)), data, folder.resolve("t"));
      assertThat(other).isEqualTo(one);
    }
    assertThat(bytes(train(data, name, options.withSeed(2)), data, folder.resolve("seed")))
        .isNotEqualTo(one);
    Path file = folder.resolve("checkpoint");
    int[] asked = new int[1];
    TrainingProgress stopAfterOne =
        new TrainingProgress() {
          @Override
          public boolean stop() {
            return ++asked[0] > 1;
          }
        };
    Trainer.train(data, small(name), options, List.of(), stopAfterOne, new Checkpoint(file, false));
    Trained rest =
        Trainer.train(
            data,
            small(name),
            options.withThreads(2),
            List.of(),
            TrainingProgress.NONE,
            new Checkpoint(file, true));
    assertThat(rest.history()).hasSize(3);
    assertThat(bytes(rest, data, folder.resolve("rest"))).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"basset", "dilated"})
  void comesBackFromItsFileAsItWas(String name, @TempDir Path folder) throws Exception {
    Dataset data = twoTasks(Toys.planted(40, 48, 5));
    Trained trained = train(data, name, QUICK.withEpochs(1, 1));
    Path file = folder.resolve("model");
    byte[] bytes = bytes(trained, data, file);
    SequenceModel again = ModelFile.load(file);
    List<byte[]> codes = Toys.codes(data.examples());
    assertThat(again.logits(codes, 1)).isDeepEqualTo(trained.model().logits(codes, 2));
    assertThat(again.architecture()).isEqualTo(small(name));
    assertThat(again.tasks()).containsExactly("bound", "free");
    Path twice = folder.resolve("again");
    ModelFile.save(again, twice, ModelOrigin.of(data, QUICK, Map.of()));
    assertThat(Files.readAllBytes(twice)).isEqualTo(bytes);
    Path plain = folder.resolve("plain");
    ModelFile.savePlain(again, plain, ModelOrigin.of(data, QUICK, Map.of()));
    assertThatThrownBy(() -> ModelFile.load(plain))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a basewise " + name + " model in plain DL4J layers");
  }

  @Test
  void eachWindowIsReadOnEitherStrand() {
    Dataset data = Toys.planted(40, 48, 9);
    List<Example> examples = data.part(Part.TRAIN);
    Set<Integer> turned = new HashSet<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      float[] letters = letters(examples, small("basset"), epoch);
      for (int i = 0; i < examples.size(); i++) {
        float[] row = Arrays.copyOfRange(letters, i * 48, (i + 1) * 48);
        byte[] codes = examples.get(i).codes();
        if (!Arrays.equals(row, floats(codes))) {
          assertThat(row).isEqualTo(floats(Dna.reverseComplement(codes)));
          turned.add(epoch * examples.size() + i);
        }
      }
    }
    // Of 128, each with a chance of a half; 17 is three standard deviations.
    assertThat(turned).hasSizeBetween(64 - 17, 64 + 17);
    assertThat(letters(examples, small("basset").withStrands(Strands.FORWARD), 0))
        .isEqualTo(letters(examples, Architecture.motif(), 0));
  }

  /** The first batch of an epoch, all examples in their own order. */
  private static float[] letters(List<Example> examples, Architecture a, int epoch) {
    Batches batches = new Batches(examples, 1, 48, examples.size(), a);
    batches.begin(1, epoch, false, Workers.ALONE);
    int[] order = IntStream.range(0, examples.size()).toArray();
    return Floats.of(batches.batch(order, 0).getFeatures());
  }

  private static float[] floats(byte[] codes) {
    float[] out = new float[codes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = codes[i];
    }
    return out;
  }

  @Test
  void refusesWhatCannotTeach() {
    assertThatThrownBy(() ->
            Trainer.train(Toys.planted(20, 11, 5), small("basset"), QUICK, TrainingProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "windows of 11 bases are too short for basset, which reads 12 or more");
    Dataset zeros = new Dataset(48, List.of("a", "b"), labelled(0, 0), Map.of());
    assertThatThrownBy(() -> Trainer.train(zeros, small("basset"), QUICK, TrainingProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("labels are all one class");
  }

  @Test
  void refusesWhatNoArrayHolds() {
    byte[] codes = new byte[150_000];
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      examples.add(new Example("s" + i, null, codes, new float[] {i % 2}, Part.TRAIN, -1));
    }
    Dataset wide = new Dataset(codes.length, List.of("a"), examples, Map.of());
    assertThatThrownBy(() ->
            Trainer.train(wide, Architecture.basset(), QUICK.withBatch(64), TrainingProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("64 windows of 150000 bases at a time are too much for basset")
        .hasMessageContaining("use a smaller --batch or --width");
  }

  /** Dilations 2, 4, ..., of which the filter, 2 d + 1 bases, fits the window. */
  @Test
  void asManyDilatedBlocksAsFit() {
    assertThat(Architecture.dilated(1000).blocks()).hasSize(9);
    assertThat(Architecture.dilated(513).blocks()).hasSize(9);
    assertThat(Architecture.dilated(512).blocks()).hasSize(8);
    assertThat(Architecture.dilated(21).blocks().getLast().dilation()).isEqualTo(8);
    assertThat(Architecture.basset().shortest()).isEqualTo(48);
    assertThat(Architecture.dilated(200).shortest()).isEqualTo(21);
  }

  private static Trained train(Dataset data, String name, TrainOptions options) {
    return Trainer.train(data, small(name), options, TrainingProgress.NONE);
  }

  private static byte[] bytes(Trained t, Dataset data, Path file) throws Exception {
    ModelFile.save(t.model(), file, ModelOrigin.of(data, QUICK, Map.of()));
    return Files.readAllBytes(file);
  }

  /** A second label, the other way round and sometimes unknown. */
  private static Dataset twoTasks(Dataset data) {
    List<Example> examples = new ArrayList<>();
    for (Example e : data.examples()) {
      float other = examples.size() % 7 == 3 ? Float.NaN : 1 - e.labels()[0];
      float[] labels = {e.labels()[0], other};
      examples.add(new Example(e.id(), e.place(), e.codes(), labels, e.part(), e.parent()));
    }
    return new Dataset(data.width(), List.of("bound", "free"), examples, data.counts());
  }

  private static List<Example> labelled(float a, float b) {
    return Toys.planted(20, 48, 5).examples().stream()
        .map(e -> new Example(e.id(), null, e.codes(), new float[] {a, b}, Part.TRAIN, -1))
        .toList();
  }
}
