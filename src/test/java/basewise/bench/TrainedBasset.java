package basewise.bench;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.genome.FastaReader;
import basewise.nn.Architecture;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.SequenceModel;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import basewise.nn.TrunkArchitecture;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.NamedSequence;
import basewise.stats.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A basset that learned to tell the middles of p300 peaks of mouse hearts from their dinucleotide
 * shuffles: 2,291 peaks of 600 bases and more, one in ten for validation and one held out; the same
 * network each time.
 */
record TrainedBasset(SequenceModel model, List<byte[]> sequences) {
  private static final String PEAKS = "data/sequences/heart_p300_3597_mm9.fa.gz";
  private static final int LENGTH = TrunkArchitecture.BASSET_WINDOW;
  private static final int EPOCHS = 6;

  /** Examples a step: a fourth of what is usual, for four times as many steps of so few. */
  private static final int BATCH = 16;

  private static final double RATE = 3e-3;

  /**
   * A model and sequences to explain.
   *
   * @param given a model file, explained on chance sequences; or a folder with {@value #PEAKS}: the
   *     model that learned those peaks, kept as {@code target/bench-basset.zip}, on held-out peaks
   */
  static TrainedBasset of(Path given, List<byte[]> chance, int threads) {
    if (!Files.isDirectory(given)) {
      return new TrainedBasset(ModelFile.load(given), chance);
    }
    Dataset data = data(given.resolve(PEAKS));
    List<byte[]> heldOut =
        data.part(Part.TEST, true).stream().limit(chance.size()).map(Example::codes).toList();
    Path kept = Path.of("target", "bench-basset.zip");
    if (!Files.exists(kept)) {
      TrainOptions options =
          TrainOptions.defaults()
              .withSeed(1)
              .withThreads(threads)
              .withBatch(BATCH)
              .withLearningRate(RATE)
              .withEpochs(EPOCHS, EPOCHS);
      Trained trained =
          Trainer.train(data, Architecture.basset(), options, new TrainingProgress() {});
      ModelFile.save(trained.model(), kept, ModelOrigin.of(data, options, Map.of()));
    }
    return new TrainedBasset(ModelFile.load(kept), heldOut);
  }

  private static Dataset data(Path peaks) {
    List<Example> examples = new ArrayList<>();
    List<Example> shuffles = new ArrayList<>();
    for (NamedSequence s : FastaReader.readAll(peaks.toString())) {
      if (s.length() >= LENGTH) {
        int n = examples.size();
        Part part = n % 10 == 8 ? Part.VALIDATION : n % 10 == 9 ? Part.TEST : Part.TRAIN;
        int start = (s.length() - LENGTH) / 2;
        byte[] codes = Arrays.copyOfRange(s.codes(), start, start + LENGTH);
        byte[] other = DinucleotideShuffle.shuffle(codes, Seeds.generator(5, n));
        examples.add(new Example(s.id(), null, codes, new float[] {1}, part, -1));
        shuffles.add(new Example(s.id() + "-shuffle", null, other, new float[] {0}, part, n));
      }
    }
    examples.addAll(shuffles);
    return new Dataset(LENGTH, List.of("peak"), examples, Map.of());
  }
}
