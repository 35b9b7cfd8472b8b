package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardSearch;
import basewise.patterns.kernel.PlainSearch;
import basewise.patterns.kernel.SearchProfiles;
import basewise.stats.RankCorrelation;
import java.util.Arrays;
import java.util.List;

/**
 * How alike seqlets and their neighbours are: continuous Jaccard, the largest over offsets that
 * keep 70 % of a seqlet and over both strands.
 *
 * @param index of each seqlet its neighbours
 * @param similarity the similarities to them
 */
record Affinities(int[][] index, float[][] similarity) {
  /** The share of a seqlet that may lie outside when it slides along another. */
  static final double OUTSIDE = 1 - 0.7;

  /** Seqlets whose two similarities correlate no better are left out. */
  private static final double LEAST_CORRELATION = 0.15;

  private static final int ROWS = 16;

  /** Seqlets that one thread compares with their neighbours at a time. */
  private static final int PARENTS = 128;

  /** Neighbours whose profiles fit into a processor's own cache, and the most parts of all. */
  private static final int CHILDREN = 768;

  private static final int BLOCKS = 32;

  private static final int FEW_ROWS = 4;

  /**
   * Compares seqlets of one length with their neighbours.
   *
   * @param neighbours of ascending indices
   */
  static Affinities of(
      ScoredSequences data,
      List<Seqlet> seqlets,
      Neighbours neighbours,
      boolean bothStrands,
      Workers workers) {
    int n = seqlets.size();
    int length = seqlets.getFirst().length();
    if (PlainSearch.suits(n)) {
      return plainly(data, seqlets, neighbours, bothStrands, workers);
    }
    SearchProfiles profiles = new SearchProfiles(n, length, (int) (length * OUTSIDE));
    float[][] similarity = new float[n][];
    workers.each(n, ROWS, i -> profiles.set(i, Profile.of(data, seqlets.get(i))));
    // Children that lie side by side in memory at a time, for all parents of a chunk.
    int block = Math.max(CHILDREN, n / BLOCKS);
    workers.run(
        (n + PARENTS - 1) / PARENTS,
        chunk -> {
          int from = chunk * PARENTS;
          int to = Math.min(n, from + PARENTS);
          JaccardSearch search = new JaccardSearch(profiles, bothStrands);
          int[] next = new int[to - from];
          for (int i = from; i < to; i++) {
            similarity[i] = new float[neighbours.index()[i].length];
          }
          for (long end = block; end < n + (long) block; end += block) {
            for (int i = from; i < to; i++) {
              int at = next[i - from];
              int[] index = neighbours.index()[i];
              if (at < index.length && index[at] < end) {
                search.parent(i);
                next[i - from] = compare(search, index, at, end, similarity[i]);
              }
            }
          }
        });
    return new Affinities(neighbours.index(), similarity);
  }

  /** Compares a parent with children below an end, from a place on; where the next ones are. */
  private static int compare(
      JaccardSearch search, int[] index, int from, long end, float[] similarity) {
    int at = from;
    for (; at < index.length && index[at] < end; at++) {
      similarity[at] = search.largest(index[at]);
    }
    return at;
  }

  private static Affinities plainly(
      ScoredSequences data,
      List<Seqlet> seqlets,
      Neighbours neighbours,
      boolean bothStrands,
      Workers workers) {
    int n = seqlets.size();
    int length = seqlets.getFirst().length();
    PlainSearch search = new PlainSearch(n, length, (int) (length * OUTSIDE), bothStrands);
    boolean few = PlainSearch.few(n);
    workers.each(
        n,
        ROWS,
        i -> {
          float[] profile = Profile.of(data, seqlets.get(i));
          if (few) {
            search.set(i, profile);
          } else {
            search.setChild(i, profile);
          }
        });
    float[][] similarity = new float[n][];
    if (!few) {
      workers.run(
          (n + ROWS - 1) / ROWS,
          chunk -> {
            PlainSearch.Worker worker = search.worker();
            for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
              similarity[i] = new float[neighbours.index()[i].length];
              worker.row(i, neighbours.index()[i], similarity[i]);
            }
          });
      return new Affinities(neighbours.index(), similarity);
    }
    float[][] largest = new float[n][n];
    workers.run(
        (n + FEW_ROWS - 1) / FEW_ROWS,
        chunk -> {
          PlainSearch.Worker worker = search.worker();
          for (int i = chunk * FEW_ROWS; i < Math.min(n, (chunk + 1) * FEW_ROWS); i++) {
            for (int j = i; j < n; j++) {
              worker.compare(i, j, largest);
            }
          }
        });
    for (int i = 0; i < n; i++) {
      int[] index = neighbours.index()[i];
      similarity[i] = new float[index.length];
      for (int j = 0; j < index.length; j++) {
        similarity[i][j] = largest[i][index[j]];
      }
    }
    return new Affinities(neighbours.index(), similarity);
  }

  /** Which seqlets' similarities rank their neighbours much as the cosines do (Spearman). */
  boolean[] agreeing(Neighbours neighbours, Workers workers) {
    boolean[] kept = new boolean[index.length];
    workers.each(
        kept.length, ROWS, i -> kept[i] = agrees(similarity[i], neighbours.similarity()[i]));
    return kept;
  }

  private static boolean agrees(float[] similarity, float[] cosine) {
    float[] fine = new float[similarity.length];
    float[] coarse = new float[fine.length];
    int m = 0;
    for (int j = 0; j < fine.length; j++) {
      if (similarity[j] != 0) {
        fine[m] = similarity[j];
        coarse[m++] = cosine[j];
      }
    }
    double r = RankCorrelation.spearman(fine, coarse, m);
    return r > LEAST_CORRELATION;
  }

  /** Without the seqlets that are not kept, numbered anew. */
  Affinities only(boolean[] kept) {
    int[] number = new int[kept.length];
    int n = 0;
    for (int i = 0; i < kept.length; i++) {
      number[i] = kept[i] ? n++ : -1;
    }
    int[][] near = new int[n][];
    float[][] alike = new float[n][];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        int[] those = new int[index[i].length];
        float[] how = new float[those.length];
        int m = 0;
        for (int j = 0; j < those.length; j++) {
          if (kept[index[i][j]]) {
            those[m] = number[index[i][j]];
            how[m++] = similarity[i][j];
          }
        }
        near[number[i]] = Arrays.copyOf(those, m);
        alike[number[i]] = Arrays.copyOf(how, m);
      }
    }
    return new Affinities(near, alike);
  }
}
