package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Of each seqlet the seqlets most like it, on either strand: the largest cosines of gapped k-mers,
 * exactly.
 *
 * @param index of each seqlet, the most similar first; itself among them
 * @param similarity the cosines
 */
record Neighbours(int[][] index, float[][] similarity) {
  private static final int ROWS = 16;

  /** Seqlets whose products are held at a time: many, since all columns are read for them. */
  private static final int BATCH = 128;

  /** Finds the {@code most} nearest, itself aside. */
  static Neighbours find(
      ScoredSequences data,
      List<Seqlet> seqlets,
      int sign,
      int most,
      boolean bothStrands,
      Workers workers) {
    int n = seqlets.size();
    int k = Math.min(most + 1, n);
    GappedKmers.Vector[] vectors = new GappedKmers.Vector[2 * n];
    Queue<GappedKmers> idle = new ConcurrentLinkedQueue<>();
    workers.run(
        (2 * n + ROWS - 1) / ROWS,
        chunk -> {
          GappedKmers mine = idle.poll();
          GappedKmers kmers = mine == null ? new GappedKmers(data, sign) : mine;
          for (int i = chunk * ROWS; i < Math.min(2 * n, (chunk + 1) * ROWS); i++) {
            Seqlet s = seqlets.get(i % n);
            vectors[i] = kmers.of(i < n ? s : s.turned());
          }
          idle.add(kmers);
        });
    KmerPostings postings = KmerPostings.of(vectors, n);
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    int batch = Math.clamp(n / ROWS, 1, BATCH);
    Queue<float[][]> rooms = new ConcurrentLinkedQueue<>();
    workers.run(
        (n + batch - 1) / batch,
        chunk -> {
          int from = chunk * batch;
          int to = Math.min(n, from + batch);
          float[] @Nullable [] mine = rooms.poll();
          float[][] dots = mine == null ? new float[batch][postings.room()] : mine;
          postings.multiply(from, to, dots);
          TopK best = new TopK(k);
          for (int i = from; i < to; i++) {
            float[] dot = dots[i - from];
            best.clear();
            for (int j = 0; j < n; j++) {
              best.offer(bothStrands ? Math.max(dot[j], dot[n + j]) : dot[j], j);
            }
            best.sort();
            index[i] = best.indices();
            similarity[i] = best.values();
          }
          rooms.add(dots);
        });
    return new Neighbours(index, similarity);
  }
}
