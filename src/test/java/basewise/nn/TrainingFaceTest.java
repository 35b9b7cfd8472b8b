package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.nn.kernel.FilterActivation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A network trained in DL4J's own layers is the one that ours train: what a GPU backend runs, held
 * to the CPU's, on the CPU.
 */
class TrainingFaceTest {
  private static final TrainOptions FEW =
      TrainOptions.defaults()
          .withEpochs(2, 2)
          .withBatch(32)
          .withThreads(1)
          .withLearningRate(5e-4)
          .withSeed(2);

  static Stream<Architecture> shapes() {
    MotifArchitecture motif =
        Architecture.motif()
            .withFilters(6)
            .withFilterWidth(9)
            .withHidden(5)
            .withRegularisation(0, 0.01);
    return Stream.of(
        motif,
        motif.withStrands(Strands.FORWARD).withPool(8),
        motif.withPool(8).withActivation(FilterActivation.EXPONENTIAL),
        RandomTrunks.basset().withRegularisation(0, 0.01),
        RandomTrunks.dilated().withRegularisation(0, 0.01));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bothFacesLearnTheSame(Architecture a) {
    Dataset data = withUnknown(Toys.planted(100, 48, 3));
    Trained own = train(data, a, FEW, Layers.OWN);
    Trained plain = train(data, a, FEW, Layers.PLAIN);
    List<byte[]> codes = Toys.codes(data.part(Part.TEST));
    float[][] expected = own.model().logits(codes, 1);
    float[][] found = plain.model().logits(codes, 1);
    double[] all = Stream.of(expected).mapToDouble(z -> z[0]).toArray();
    double spread = deviation(all);
    assertThat(spread)
        .as("a network that says the same of everything proves nothing")
        .isGreaterThan(0.005);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i][0]).isCloseTo(expected[i][0], within(0.01 * spread));
    }
    for (int e = 0; e < 2; e++) {
      assertThat(plain.history().get(e).loss())
          .isCloseTo(own.history().get(e).loss(), within(2e-3));
    }
  }

  private static double deviation(double[] x) {
    double mean = java.util.Arrays.stream(x).average().orElse(0);
    return Math.sqrt(
        java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  private static Trained train(Dataset data, Architecture a, TrainOptions o, Layers layers) {
    return Trainer.train(data, a, o, List.of(), TrainingProgress.NONE, null, layers);
  }

  /** A second task, known of every third example only. */
  private static Dataset withUnknown(Dataset data) {
    List<Example> examples =
        data.examples().stream()
            .map(e ->
                new Example(
                    e.id(),
                    null,
                    e.codes(),
                    new float[] {
                      e.labels()[0], e.id().hashCode() % 3 == 0 ? e.labels()[0] : Float.NaN
                    },
                    e.part(),
                    -1))
            .toList();
    return new Dataset(data.width(), List.of("bound", "half"), examples, Map.of());
  }

  @Test
  void dropoutIsThere() {
    Dataset data = Toys.planted(60, 48, 3);
    MotifArchitecture a = Architecture.motif().withFilters(6).withHidden(5);
    TrainOptions one = FEW.withEpochs(1, 1);
    double with =
        train(data, a.withRegularisation(0.9, 0), one, Layers.PLAIN).history().getFirst().loss();
    double without =
        train(data, a.withRegularisation(0, 0), one, Layers.PLAIN).history().getFirst().loss();
    assertThat(with).isGreaterThan(without + 0.02);
  }

  @Test
  void itGoesOnFromACheckpoint(@TempDir Path folder) {
    Dataset data = Toys.planted(60, 48, 3);
    Architecture a = Architecture.motif().withFilters(6).withHidden(5).withRegularisation(0, 0.01);
    Path file = folder.resolve("c");
    Trained whole = train(data, a, FEW, Layers.PLAIN);
    Trainer.train(
        data,
        a,
        FEW,
        List.of(),
        new TrainingProgress() {
          private boolean first = true;

          @Override
          public boolean stop() {
            boolean now = !first;
            first = false;
            return now;
          }
        },
        new Checkpoint(file, false),
        Layers.PLAIN);
    Trained resumed =
        Trainer.train(
            data,
            a,
            FEW,
            List.of(),
            TrainingProgress.NONE,
            new Checkpoint(file, true),
            Layers.PLAIN);
    List<byte[]> codes = Toys.codes(data.part(Part.TEST));
    assertThat(resumed.model().logits(codes, 1)).isDeepEqualTo(whole.model().logits(codes, 1));
  }
}
