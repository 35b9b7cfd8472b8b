package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.Arrays;
import java.util.List;

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
    workers.run(
        (2 * n + ROWS - 1) / ROWS,
        chunk -> {
          GappedKmers kmers = new GappedKmers(data, sign);
          for (int i = chunk * ROWS; i < Math.min(2 * n, (chunk + 1) * ROWS); i++) {
            Seqlet s = seqlets.get(i % n);
            vectors[i] = kmers.of(i < n ? s : s.turned());
          }
        });
    KmerPostings postings = KmerPostings.of(vectors, n);
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    int batch = Math.clamp(n / ROWS, 1, BATCH);
    workers.run(
        (n + batch - 1) / batch,
        chunk -> {
          int from = chunk * batch;
          int to = Math.min(n, from + batch);
          float[][] dots = new float[to - from][postings.room()];
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
        });
    return new Neighbours(index, similarity);
  }
}
