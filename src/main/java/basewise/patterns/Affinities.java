package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardSearch;
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

  /** Compares seqlets of one length with their neighbours. */
  static Affinities of(
      ScoredSequences data,
      List<Seqlet> seqlets,
      Neighbours neighbours,
      boolean bothStrands,
      Workers workers) {
    int n = seqlets.size();
    int length = seqlets.getFirst().length();
    JaccardSearch.Profiles profiles = new JaccardSearch.Profiles(n, length);
    float[][] similarity = new float[n][];
    int chunks = (n + ROWS - 1) / ROWS;
    workers.run(
        chunks,
        chunk -> {
          for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
            profiles.set(i, Profile.of(data, seqlets.get(i)));
          }
        });
    int pad = (int) (length * OUTSIDE);
    workers.run(
        chunks,
        chunk -> {
          JaccardSearch search = new JaccardSearch(profiles, pad, bothStrands);
          for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
            search.parent(i);
            int[] near = neighbours.index()[i];
            similarity[i] = new float[near.length];
            for (int j = 0; j < near.length; j++) {
              similarity[i][j] = search.largest(near[j]);
            }
          }
        });
    return new Affinities(neighbours.index(), similarity);
  }

  /** Which seqlets' similarities rank their neighbours much as the cosines do (Spearman). */
  boolean[] agreeing(Neighbours neighbours) {
    boolean[] kept = new boolean[index.length];
    for (int i = 0; i < kept.length; i++) {
      double[] fine = new double[index[i].length];
      double[] coarse = new double[fine.length];
      int m = 0;
      for (int j = 0; j < fine.length; j++) {
        if (similarity[i][j] != 0) {
          fine[m] = similarity[i][j];
          coarse[m++] = neighbours.similarity()[i][j];
        }
      }
      double r = RankCorrelation.spearman(Arrays.copyOf(fine, m), Arrays.copyOf(coarse, m));
      kept[i] = r > LEAST_CORRELATION;
    }
    return kept;
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
