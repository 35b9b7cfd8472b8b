package basewise.compare;

import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Motifs of random counts: some columns sharp, some even, some empty of a base. */
public final class RandomMotifs {
  private RandomMotifs() {}

  /** Some motifs of widths in [narrowest, widest], named M0, M1, ... */
  public static List<Motif> of(int n, int narrowest, int widest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Motif> motifs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int sites = random.nextInt(5, 200);
      double[][] counts = new double[random.nextInt(narrowest, widest + 1)][4];
      for (double[] row : counts) {
        int kind = random.nextInt(4);
        int favourite = random.nextInt(4);
        for (int s = 0; s < sites; s++) {
          row[random.nextInt(4) < kind ? favourite : random.nextInt(4)]++;
        }
      }
      motifs.add(Motif.ofCounts("M" + i, "name" + i, new CountMatrix(counts)));
    }
    return motifs;
  }
}
