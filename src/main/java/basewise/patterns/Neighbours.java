package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.DenseColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Of each seqlet the seqlets most like it: by {@link #find} those on either strand with the largest
 * cosines of gapped k-mers, exactly.
 *
 * @param index of each seqlet, itself among them: by {@link #find} ascending, by {@link #of} the
 *     most similar first
 * @param similarity how alike they are, such as the cosines
 */
record Neighbours(int[][] index, float[][] similarity) {
  private static final int ROWS = 16;

  /** Rows that one thread puts in order at a time. */
  private static final int ORDERED = 64;

  /** Seqlets whose k-mers are held before they are numbered. */
  private static final int NUMBERED = 4096;

  /** Seqlets whose products are held at a time: many, since all columns are read for them. */
  private static final int BATCH = 64;

  /** Finds the {@code most} nearest, itself aside. */
  static Neighbours find(
      ScoredSequences data,
      List<Seqlet> seqlets,
      int sign,
      int most,
      boolean bothStrands,
      Workers workers) {
    int n = seqlets.size();
    KmerPostings postings = postings(data, seqlets, sign, bothStrands, workers);
    NearestRows nearest = new NearestRows(n, Math.min(most + 1, n));
    int batch = Math.clamp(n / ROWS, 1, BATCH);
    Queue<Batch> idle = new ConcurrentLinkedQueue<>();
    workers.run(
        (n + batch - 1) / batch,
        chunk -> {
          Batch polled = idle.poll();
          Batch mine = polled == null ? new Batch(postings, nearest, batch, bothStrands) : polled;
          mine.offer(chunk * batch, Math.min(n, (chunk + 1) * batch));
          idle.add(mine);
        });
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    workers.run(
        (n + ORDERED - 1) / ORDERED,
        chunk -> {
          Ascending order = new Ascending(n);
          for (int i = chunk * ORDERED; i < Math.min(n, (chunk + 1) * ORDERED); i++) {
            long[] packed = nearest.takeUnsorted(i);
            for (long p : packed) {
              order.set(Selection.index(p), Selection.value(p));
            }
            index[i] = new int[packed.length];
            similarity[i] = new float[packed.length];
            order.moveTo(index[i], similarity[i]);
          }
        });
    return new Neighbours(index, similarity);
  }

  /** What n rows have, which forget it. */
  static Neighbours of(NearestRows nearest, int n, Workers workers) {
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    workers.each(
        n,
        ROWS,
        i -> {
          long[] packed = nearest.take(i);
          index[i] = new int[packed.length];
          similarity[i] = new float[packed.length];
          for (int j = 0; j < packed.length; j++) {
            index[i][j] = Selection.index(packed[j]);
            similarity[i][j] = Selection.value(packed[j]);
          }
        });
    return new Neighbours(index, similarity);
  }

  private static KmerPostings postings(
      ScoredSequences data, List<Seqlet> seqlets, int sign, boolean bothStrands, Workers workers) {
    int n = seqlets.size();
    KmerPostings.Builder builder = new KmerPostings.Builder(n, bothStrands);
    Queue<GappedKmers> idle = new ConcurrentLinkedQueue<>();
    ReentrantLock lock = new ReentrantLock();
    for (int begin = 0; begin < n; begin += NUMBERED) {
      int first = begin;
      int some = Math.min(n - begin, NUMBERED);
      AtomicReferenceArray<GappedKmers.@Nullable Vector> made = new AtomicReferenceArray<>(some);
      workers.run(
          (some + ROWS - 1) / ROWS,
          chunk -> {
            GappedKmers polled = idle.poll();
            GappedKmers kmers = polled == null ? new GappedKmers(data, sign) : polled;
            for (int i = chunk * ROWS; i < Math.min(some, (chunk + 1) * ROWS); i++) {
              made.set(i, kmers.of(seqlets.get(first + i)));
            }
            idle.add(kmers);
            // One thread numbers what there is, in its order, while the others make more.
            if (lock.tryLock()) {
              try {
                number(made, builder, first);
              } finally {
                lock.unlock();
              }
            }
          });
      number(made, builder, first);
    }
    return builder.build();
  }

  /** Takes the next ones from where they are; the first of them is a seqlet's. */
  private static void number(
      AtomicReferenceArray<GappedKmers.@Nullable Vector> made,
      KmerPostings.Builder builder,
      int first) {
    for (int i = builder.rows() - first; i < made.length(); i++) {
      GappedKmers.Vector vector = made.getAndSet(i, null);
      if (vector == null) {
        return;
      }
      builder.add(vector);
    }
  }

  /** Some seqlets, and their products with those that come after them. */
  private static final class Batch {
    private final KmerPostings postings;
    private final NearestRows nearest;
    private final KmerPostings.Side[] sides;
    private final KmerPostings.Side[] turned;
    private final float[][] products;

    Batch(KmerPostings postings, NearestRows nearest, int most, boolean bothStrands) {
      this.postings = postings;
      this.nearest = nearest;
      sides = new KmerPostings.Side[most];
      Arrays.setAll(sides, i -> postings.new Side());
      turned = new KmerPostings.Side[bothStrands ? most : 0];
      Arrays.setAll(turned, i -> postings.new Side());
      products = new float[most][];
    }

    /** Offers the products of seqlets [from, to) to both. */
    void offer(int from, int to) {
      int count = to - from;
      for (int i = 0; i < count; i++) {
        sides[i].take(from + i, false);
        if (turned.length > 0) {
          turned[i].take(from + i, true);
        }
      }
      for (int block = postings.blocks() - 1; block >= from / KmerPostings.BLOCK; block--) {
        int begin = block * KmerPostings.BLOCK;
        int first = Math.max(from, begin);
        int end = Math.min(postings.rows(), begin + KmerPostings.BLOCK);
        multiply(count, block, first, end);
        for (int i = 0; i < count; i++) {
          int own = Math.max(first, from + i);
          nearest.toOne(from + i, products[i], own - begin, own, end);
        }
        nearest.toAll(products, count, first - begin, from, first, end);
      }
    }

    private void multiply(int count, int block, int first, int end) {
      int begin = block * KmerPostings.BLOCK;
      for (int i = 0; i < count; i++) {
        products[i] = sides[i].lists(block, first);
        if (turned.length > 0) {
          turned[i].lists(block, first);
        }
      }
      int last = (end - begin - 1) / DenseColumns.TILE;
      for (int tile = (first - begin) / DenseColumns.TILE; tile <= last; tile++) {
        for (int i = 0; i < count; i++) {
          sides[i].columns(block, tile);
          if (turned.length > 0) {
            turned[i].columns(block, tile);
          }
        }
      }
      for (int i = 0; i < Math.min(count, turned.length); i++) {
        turned[i].raise(products[i], first - begin, end - begin);
      }
    }
  }
}
