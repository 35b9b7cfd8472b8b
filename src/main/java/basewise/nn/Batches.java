package basewise.nn;

import basewise.dataset.Example;
import basewise.nn.kernel.Workers;
import basewise.nn.layer.Backends;
import basewise.nn.layer.Floats;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training part cut into batches, another order each epoch. Each task's two classes weigh the
 * same in total, however rare one of them is; unknown labels weigh nothing.
 */
final class Batches {
  private static final int CHUNK = 256;

  /** Tells the random strands from other random choices. */
  private static final int STRANDS = -3;

  static {
    Backends.ready();
  }

  private final List<Example> examples;
  private final byte[][] codes;
  private final int tasks;
  private final int width;
  private final int batch;
  private final float[] positiveWeight;
  private final float[] negativeWeight;
  private final boolean regression;
  private final boolean turned;
  private long strandSeed;

  Batches(List<Example> examples, int tasks, int width, int batch, Architecture a) {
    this.examples = List.copyOf(examples);
    codes = examples.stream().map(Example::codes).toArray(byte[][]::new);
    this.tasks = tasks;
    this.width = width;
    this.batch = Math.min(batch, examples.size());
    regression = a.head() == Head.REGRESSION;
    // A motif network tries both strands of every window itself.
    turned = a.strands() == Strands.BOTH && a instanceof TrunkArchitecture;
    positiveWeight = new float[tasks];
    negativeWeight = new float[tasks];
    for (int t = 0; t < tasks; t++) {
      double positives = 0;
      double negatives = 0;
      for (Example e : examples) {
        float y = e.labels()[t];
        positives += y > 0.5f ? 1 : 0;
        negatives += y <= 0.5f ? 1 : 0;
      }
      double half = (positives + negatives) / 2;
      positiveWeight[t] = regression || positives == 0 ? 1 : (float) (half / positives);
      negativeWeight[t] = regression || negatives == 0 ? 1 : (float) (half / negatives);
    }
  }

  /** Batches per epoch; a last one smaller than half a batch is shared among the others. */
  int steps() {
    return Math.max(1, Math.round((float) examples.size() / batch));
  }

  /**
   * Begins an epoch: negatives that are shuffles of a positive are shuffled again, so that the
   * network cannot learn them by heart; and networks that read one strand get each window on one or
   * the other.
   */
  void begin(long seed, int epoch, boolean freshShuffles, Workers workers) {
    strandSeed = Seeds.mix(Seeds.mix(seed, STRANDS), epoch);
    if (!freshShuffles || epoch == 0) {
      return;
    }
    long epochSeed = Seeds.mix(seed, epoch);
    workers.run(
        (examples.size() + CHUNK - 1) / CHUNK,
        c -> {
          for (int i = c * CHUNK; i < Math.min(examples.size(), (c + 1) * CHUNK); i++) {
            Example e = examples.get(i);
            if (e.parent() >= 0 && !e.positive()) {
              codes[i] = DinucleotideShuffle.shuffle(e.codes(), Seeds.generator(epochSeed, i));
            }
          }
        });
  }

  /** The order of one epoch. */
  int[] order(long seed, int epoch) {
    SplittableRandom random = Seeds.generator(seed, epoch);
    int[] order = new int[examples.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** One batch of an epoch. */
  DataSet batch(int[] order, int step) {
    int steps = steps();
    int from = (int) ((long) order.length * step / steps);
    int to = (int) ((long) order.length * (step + 1) / steps);
    int n = to - from;
    float[] letters = new float[n * width];
    float[] labels = new float[n * tasks];
    float[] weights = new float[n * tasks];
    for (int i = 0; i < n; i++) {
      Example e = examples.get(order[from + i]);
      byte[] bases = strand(order[from + i]);
      for (int j = 0; j < width; j++) {
        letters[i * width + j] = bases[j];
      }
      for (int t = 0; t < tasks; t++) {
        float y = e.labels()[t];
        if (!Float.isNaN(y)) {
          labels[i * tasks + t] = y;
          weights[i * tasks + t] = y > 0.5f ? positiveWeight[t] : negativeWeight[t];
        }
      }
    }
    return new DataSet(
        array(letters, n, width), array(labels, n, tasks), null, array(weights, n, tasks));
  }

  /** The codes of an example on the strand it is read on in this epoch. */
  private byte[] strand(int example) {
    boolean reverse = turned && Seeds.generator(strandSeed, example).nextBoolean();
    return reverse ? Dna.reverseComplement(codes[example]) : codes[example];
  }

  private static INDArray array(float[] values, int rows, int columns) {
    INDArray a = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'c');
    Floats.into(values, a);
    return a;
  }
}
