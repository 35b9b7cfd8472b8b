package basewise.patterns.kernel;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Vectors crawl until Java has compiled their loops, which takes it most of a second; so a thread
 * of its own practises on made-up profiles what will be needed, while others still read or compute
 * plainly. Nothing that is found depends on it.
 */
public final class Rehearsal {
  private static final int LENGTH = 30;
  private static final int PAD = 9;
  private static final int COUNT = 8;

  /** How often in a row vectors have to be faster, and how often that is tried at most. */
  private static final int FASTER = 3;

  private static final int ROUNDS = 10_000;

  /** How much longer than it practises it pauses, as long as vectors crawl. */
  private static final int PAUSE = 16;

  /** Nanoseconds. */
  private static final long LONGEST_PAUSE = 20_000_000;

  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static volatile boolean over;

  private Rehearsal() {}

  /** Begins in the background, unless that has been done or nothing will be computed by vectors. */
  public static void begin() {
    if (!PlainJaccard.ALWAYS && BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(Rehearsal::practise, "basewise-rehearsal");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whether vectors are at full speed. */
  static boolean over() {
    return over;
  }

  private static void practise() {
    sums();
    Random random = new Random(1);
    float[][] profiles = new float[COUNT][];
    SearchProfiles all = new SearchProfiles(COUNT, LENGTH, PAD);
    for (int i = 0; i < COUNT; i++) {
      profiles[i] = profile(random);
      all.set(i, profiles[i]);
    }
    JaccardSearch search = new JaccardSearch(all, true);
    until(
        () -> {
          search.parent(0);
          for (int child = 0; child < COUNT; child++) {
            search.largest(child);
          }
        },
        () -> plainly(profiles, 8));
    float[][] alike = new float[COUNT][COUNT];
    var rows = new JaccardKernel.Rows(profiles, 0, COUNT);
    until(() -> JaccardVectors.similarities(rows, rows, alike), () -> plainly(profiles, COUNT));
    over = true;
    JaccardBounds bounds = new JaccardBounds(profiles);
    float[][] most = new float[COUNT][bounds.room()];
    until(() -> bounds.of(0, most), () -> plainly(profiles, 4));
  }

  private static void sums() {
    DenseColumns columns = new DenseColumns(COUNT, 1);
    int[] all = new int[COUNT];
    float[] weights = new float[COUNT];
    float[] sums = new float[DenseColumns.TILE];
    until(
        () -> columns.addVectors(0, all, weights, COUNT, sums, 0),
        () -> {
          for (int i = 0; i < 4; i++) {
            columns.addPlainly(0, all, weights, COUNT, sums, 0);
          }
        });
  }

  /** Until vectors are faster than plain loops that take no less than those may. */
  private static void until(Runnable vectors, Runnable plain) {
    int faster = 0;
    for (int round = 0; round < ROUNDS && faster < FASTER; round++) {
      long start = System.nanoTime();
      vectors.run();
      long middle = System.nanoTime();
      plain.run();
      faster = middle - start < System.nanoTime() - middle ? faster + 1 : 0;
      if (faster == 0) {
        // What compiles needs the processor more.
        LockSupport.parkNanos(Math.min(PAUSE * (middle - start), LONGEST_PAUSE));
      }
    }
  }

  private static float plainly(float[][] profiles, int times) {
    float most = 0;
    for (float[] x : profiles) {
      for (int i = 0; i < times; i++) {
        most = Math.max(most, PlainJaccard.similarity(x, 0, x.length, profiles[i], 0));
      }
    }
    return most;
  }

  /** A few positions of much, as seqlets have them. */
  private static float[] profile(Random random) {
    float[] out = new float[LENGTH * JaccardKernel.CHANNELS];
    for (int p = 0; p < LENGTH; p++) {
      double scale = Math.exp(-0.3 * Math.abs(p - LENGTH / 2)) / (4 * LENGTH);
      int base = random.nextInt(4);
      for (int c = 0; c < 4; c++) {
        float score = (float) (scale * random.nextDouble(c == base ? 0 : -1, 1));
        out[p * JaccardKernel.CHANNELS + c] = score;
        out[p * JaccardKernel.CHANNELS + 4 + c] = c == base ? score : 0;
      }
    }
    return out;
  }
}
