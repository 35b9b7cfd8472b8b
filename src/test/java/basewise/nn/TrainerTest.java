package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.InputException;
import basewise.sequence.Dna;
import basewise.stats.Ranking;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final MotifArchitecture SMALL = Architecture.motif().withFilters(12).withHidden(8);
  private static final TrainOptions QUICK =
      TrainOptions.defaults().withEpochs(2, 6).withBatch(64).withThreads(2);

  /** Java may find an array unreachable while a native call reads it: a training crashed so. */
  @Test
  void theCollectorDoesNotFreeNativeMemory() {
    ModelGraph.create(Architecture.motif(), 30, 1, 1e-3, 1);
    assertThat(System.getProperty(ModelGraph.NO_COLLECTED_MEMORY)).isEqualTo("true");
  }

  @Test
  void findsAPlantedWord() {
    Dataset data = Toys.planted(600, 60, 3);
    float[][] seed = new float[SMALL.filterWidth()][4];
    byte[] word = Dna.encode(Toys.WORD.substring(1, 7)); // a part of it, as a seed would be
    for (int i = 0; i < word.length; i++) {
      seed[6 + i][word[i]] = 0.3f;
    }
    Trained trained =
        Trainer.train(
            data, SMALL, QUICK.withEpochs(2, 40), List.<float[][]>of(seed), TrainingProgress.NONE);
    List<Example> test = data.part(Part.TEST);
    float[][] z = trained.model().logits(Toys.codes(test), 2);
    double[] score = new double[z.length];
    boolean[] positive = new boolean[z.length];
    for (int i = 0; i < z.length; i++) {
      score[i] = z[i][0];
      positive[i] = test.get(i).positive();
    }
    // A ten-letter word on either strand of 60 random bases is there by chance in 1 of 10,000.
    assertThat(Ranking.auroc(score, positive)).isGreaterThan(0.95);
    assertThat(trained.history()).hasSizeBetween(2, 40);
    assertThat(trained.history().getLast().loss()).isLessThan(trained.history().getFirst().loss());
  }

  @Test
  void aSmallValidationPartChoosesNoEpoch() {
    // The word is easy: no epoch after the first few scores better, and patience is one.
    TrainOptions options = QUICK.withEpochs(1, 12).withPatience(1);
    Trained few = Trainer.train(Toys.planted(300, 30, 3), SMALL, options, TrainingProgress.NONE);
    assertThat(few.history()).hasSize(12);
    assertThat(few.bestEpoch()).isEqualTo(12);
    // 2 x 200 validation examples may choose.
    Trained enough =
        Trainer.train(Toys.planted(2000, 30, 3), SMALL, options, TrainingProgress.NONE);
    assertThat(enough.history()).hasSizeLessThan(12);
    assertThat(enough.bestEpoch()).isEqualTo(enough.history().size() - 1);
  }

  @Test
  void sameBytesOnOneTwoAndEightThreads() {
    Dataset data = Toys.planted(150, 50, 5);
    TrainOptions options = QUICK.withEpochs(2, 2);
    float[] one = flat(Trainer.train(data, SMALL, options.withThreads(1), TrainingProgress.NONE));
    for (int threads : new int[] {2, 8}) {
      Trained t = Trainer.train(data, SMALL, options.withThreads(threads), TrainingProgress.NONE);
      assertThat(flat(t)).containsExactly(one);
    }
    float[] other = flat(Trainer.train(data, SMALL, options.withSeed(2), TrainingProgress.NONE));
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void refusesWhatCannotTeach() {
    Dataset data = Toys.planted(20, 50, 5);
    Dataset positives =
        new Dataset(
            50,
            data.tasks(),
            data.examples().stream().filter(Example::positive).toList(),
            Map.of());
    assertThatThrownBy(() -> Trainer.train(positives, SMALL, QUICK, TrainingProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one class");
    assertThatThrownBy(
            () -> Trainer.train(Toys.planted(20, 12, 5), SMALL, QUICK, TrainingProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("shorter than filters");
  }

  @Test
  void pooledValuesAndHeadGiveTheLogits() {
    Dataset data = Toys.planted(60, 40, 7);
    MotifModel model =
        Trainer.train(data, SMALL, QUICK.withEpochs(1, 1), TrainingProgress.NONE).motifModel();
    List<byte[]> codes = Toys.codes(data.part(Part.TEST));
    assertThat(model.head(model.pooled(codes, 1))).isDeepEqualTo(model.logits(codes, 2));
  }

  @Test
  void resumesToTheSameBytes(@TempDir Path folder) {
    Dataset data = Toys.planted(150, 50, 5);
    TrainOptions options = QUICK.withEpochs(4, 4).withThreads(1);
    float[] whole = flat(Trainer.train(data, SMALL, options, TrainingProgress.NONE));
    Path file = folder.resolve("checkpoint");
    List<float[][]> seeds = List.of();
    int[] asked = new int[1];
    TrainingProgress stopAfterTwo =
        new TrainingProgress() {
          @Override
          public boolean stop() {
            return ++asked[0] > 2;
          }
        };
    Trained half =
        Trainer.train(data, SMALL, options, seeds, stopAfterTwo, new Checkpoint(file, false));
    assertThat(half.interrupted()).isTrue();
    assertThat(half.history()).hasSize(2);
    assertThat(ModelFile.load(file).logits(Toys.codes(data.part(Part.TEST)), 1))
        .isDeepEqualTo(half.model().logits(Toys.codes(data.part(Part.TEST)), 1));
    Trained rest =
        Trainer.train(
            data,
            SMALL,
            options.withThreads(2),
            seeds,
            TrainingProgress.NONE,
            new Checkpoint(file, true));
    assertThat(rest.history()).hasSize(4);
    assertThat(flat(rest)).containsExactly(whole);
    assertThatThrownBy(() ->
            Trainer.train(
                data,
                SMALL,
                options.withSeed(9),
                seeds,
                TrainingProgress.NONE,
                new Checkpoint(file, true)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another training");
  }

  @Test
  void calibrationIsRepeatable() {
    Dataset data = Toys.planted(100, 50, 5);
    TrainOptions options = QUICK.withRestarts(3);
    MotifArchitecture chosen =
        (MotifArchitecture)
            Calibration.choose(data, SMALL, options, a -> List.of(), TrainingProgress.NONE);
    assertThat(chosen.filters()).isEqualTo(SMALL.filters());
    assertThat(Calibration.choose(data, SMALL, options, a -> List.of(), TrainingProgress.NONE))
        .isEqualTo(chosen);
  }

  private static float[] flat(Trained t) {
    FilterBank f = t.motifModel().filters();
    float[] w = f.weights();
    float[] h = t.motifModel().hidden().weights();
    float[] o = t.motifModel().output().weights();
    float[] all = new float[w.length + h.length + o.length];
    System.arraycopy(w, 0, all, 0, w.length);
    System.arraycopy(h, 0, all, w.length, h.length);
    System.arraycopy(o, 0, all, w.length + h.length, o.length);
    return all;
  }
}
