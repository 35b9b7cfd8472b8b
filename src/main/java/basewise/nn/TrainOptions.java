package basewise.nn;

/**
 * How a network is trained. The defaults live in {@link #defaults()}.
 *
 * @param learningRate Adam's step at the start; it falls along a half cosine
 * @param batch examples per step; 0 chooses by the size of the set
 * @param minEpochs passes over the training part at least
 * @param maxEpochs passes at most
 * @param patience passes without a better validation score after which training ends
 * @param restarts calibration runs before the real one; 0 is none
 * @param freshShuffles whether training negatives that are shuffles are shuffled anew each epoch
 * @param threads worker threads; results do not depend on it
 * @param seed of every random choice
 */
public record TrainOptions(
    double learningRate,
    int batch,
    int minEpochs,
    int maxEpochs,
    int patience,
    int restarts,
    boolean freshShuffles,
    int threads,
    long seed) {
  /** Steps after which a set of any size has been seen often enough. */
  private static final int STEPS = 2500;

  /**
   * With fewer validation examples than this the best epoch is the luckiest: of a few dozen
   * examples, the score of neighbouring epochs differs by more than the epochs do. The last one,
   * trained with the smallest steps, is as good or better.
   */
  private static final int FEWEST_TO_CHOOSE = 400;

  /** Checks the ranges. */
  public TrainOptions {
    if (!(learningRate > 0) || batch < 0 || minEpochs < 1 || maxEpochs < minEpochs) {
      throw new IllegalArgumentException(
          "learning rate %s, batch %d, epochs %d to %d"
              .formatted(learningRate, batch, minEpochs, maxEpochs));
    }
    if (patience < 1 || restarts < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "patience %d, restarts %d, threads %d".formatted(patience, restarts, threads));
    }
  }

  /** The defaults: Adam 2e-3, at most 40 and at least 8 epochs. */
  public static TrainOptions defaults() {
    return new TrainOptions(
        2e-3, 0, 8, 40, 10, 0, true, Runtime.getRuntime().availableProcessors(), 1);
  }

  /** The same with other threads. */
  public TrainOptions withThreads(int n) {
    return new TrainOptions(
        learningRate, batch, minEpochs, maxEpochs, patience, restarts, freshShuffles, n, seed);
  }

  /** The same with another seed. */
  public TrainOptions withSeed(long s) {
    return new TrainOptions(
        learningRate, batch, minEpochs, maxEpochs, patience, restarts, freshShuffles, threads, s);
  }

  /** The same with other numbers of epochs. */
  public TrainOptions withEpochs(int min, int max) {
    return new TrainOptions(
        learningRate, batch, min, max, patience, restarts, freshShuffles, threads, seed);
  }

  /** The same with another batch. */
  public TrainOptions withBatch(int examples) {
    return new TrainOptions(
        learningRate,
        examples,
        minEpochs,
        maxEpochs,
        patience,
        restarts,
        freshShuffles,
        threads,
        seed);
  }

  /** The same with another learning rate. */
  public TrainOptions withLearningRate(double rate) {
    return new TrainOptions(
        rate, batch, minEpochs, maxEpochs, patience, restarts, freshShuffles, threads, seed);
  }

  /** The same with other calibration runs. */
  public TrainOptions withRestarts(int runs) {
    return new TrainOptions(
        learningRate, batch, minEpochs, maxEpochs, patience, runs, freshShuffles, threads, seed);
  }

  /** Examples per step for a training part of {@code n}. */
  public int batchFor(int n) {
    if (batch > 0) {
      return batch;
    }
    return n < 2048 ? 64 : n < 8192 ? 128 : 256;
  }

  /** Epochs planned for a training part of {@code n}: fewer for a large one. */
  public int epochsFor(int n) {
    long stepsPerEpoch = Math.max(1, (n + batchFor(n) - 1) / batchFor(n));
    return (int) Math.clamp(STEPS / stepsPerEpoch, minEpochs, maxEpochs);
  }

  /** Whether so many validation examples choose the epoch; else it is the last one planned. */
  public static boolean enoughToChoose(int validation) {
    return validation >= FEWEST_TO_CHOOSE;
  }

  /** The same with training negatives shuffled anew each epoch, or not. */
  public TrainOptions withFreshShuffles(boolean fresh) {
    return new TrainOptions(
        learningRate, batch, minEpochs, maxEpochs, patience, restarts, fresh, threads, seed);
  }

  /** The same with another patience. */
  public TrainOptions withPatience(int epochs) {
    return new TrainOptions(
        learningRate, batch, minEpochs, maxEpochs, epochs, restarts, freshShuffles, threads, seed);
  }
}
