package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardBounds;
import basewise.patterns.kernel.JaccardKernel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Of each of many profiles that lie as they do the k most alike, exactly: those are compared that
 * may be most alike, and then all others that may be more so than the least of k.
 */
final class NearestProfiles {
  /** With fewer, comparing all is as fast. */
  private static final int MANY = 512;

  /** Rows that one thread takes at a time: what is read of the others serves all of them. */
  private static final int ROWS = 32;

  /** Of so many bounds one tells how high the highest are. */
  private static final int SAMPLED = 8;

  private final float[][] profiles;
  private final JaccardBounds bounds;
  private final int k;

  private NearestProfiles(float[][] profiles, int k) {
    this.profiles = profiles;
    this.k = k;
    bounds = new JaccardBounds(profiles);
  }

  /** Whether it pays for these. */
  static boolean suits(float[][] profiles, int k) {
    return profiles.length >= Math.max(MANY, 4 * k) && JaccardBounds.suits(profiles[0].length);
  }

  /** The k most alike of each, itself among them; of equal ones those of lower indices. */
  static Neighbours of(float[][] profiles, int k, Workers workers) {
    NearestProfiles all = new NearestProfiles(profiles, k);
    int n = profiles.length;
    Neighbours found = new Neighbours(new int[n][], new float[n][]);
    Queue<Worker> idle = new ConcurrentLinkedQueue<>();
    workers.run(
        (n + ROWS - 1) / ROWS,
        chunk -> {
          Worker polled = idle.poll();
          Worker mine = polled == null ? all.new Worker() : polled;
          mine.find(chunk * ROWS, found);
          idle.add(mine);
        });
    return found;
  }

  private final class Worker {
    private final float[][] most = new float[ROWS][bounds.room()];
    private final long[] sample = new long[profiles.length / SAMPLED + 1];
    private final int[] near = new int[profiles.length];
    private final float[] alike = new float[profiles.length];
    private final long[] packed = new long[profiles.length];

    void find(int from, Neighbours found) {
      bounds.of(from, most);
      for (int row = from; row < Math.min(profiles.length, from + ROWS); row++) {
        find(row, most[row - from], found);
      }
    }

    private void find(int row, float[] most, Neighbours found) {
      float least = guess(most);
      int n = compare(row, between(most, least, Float.POSITIVE_INFINITY), 0);
      while (true) {
        float last = Float.NEGATIVE_INFINITY;
        if (n >= k) {
          Selection.largest(packed, n, k);
          last = Selection.value(packed[k - 1]);
        }
        if (last >= least) {
          break;
        }
        n = compare(row, between(most, last, least), n);
        least = last;
      }
      int[] index = new int[k];
      float[] similarity = new float[k];
      for (int j = 0; j < k; j++) {
        index[j] = Selection.index(packed[j]);
        similarity[j] = Selection.value(packed[j]);
      }
      found.index()[row] = index;
      found.similarity()[row] = similarity;
    }

    /** What the bounds of more than k reach, if every eighth is like the others. */
    private float guess(float[] most) {
      int n = 0;
      for (int j = 0; j < profiles.length; j += SAMPLED) {
        sample[n++] = Selection.pack(most[j], j);
      }
      int wanted = Math.min(n, 3 * k / 2 / SAMPLED + 1);
      Selection.front(sample, n, wanted);
      return Selection.value(sample[wanted - 1]);
    }

    /** The rows whose bounds reach a number, but not another; how many. */
    private int between(float[] most, float least, float below) {
      int n = 0;
      for (int j = 0; j < profiles.length; j++) {
        near[n] = j;
        // Added and not branched to: whether a row is near, no processor can foresee.
        n += most[j] >= least & most[j] < below ? 1 : 0;
      }
      return n;
    }

    /** Packs how alike a row and the first of those that are near are behind the first n. */
    private int compare(int row, int count, int n) {
      JaccardKernel.similarities(profiles[row], profiles, near, count, alike);
      for (int j = 0; j < count; j++) {
        packed[n + j] = Selection.pack(alike[j], near[j]);
      }
      return n + count;
    }
  }
}
