package basewise.patterns.hits;

import basewise.nn.kernel.Workers;
import basewise.patterns.SavedPattern;
import basewise.patterns.ScoredSequences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calls hits: of each region the coefficients c of at least 0 that make |x - A c|^2 / 2 + lambda
 * |c| least, where x are the contributions of its bases over the root of their mean square, and the
 * columns of A are the patterns at all places of both strands, masked by the bases that are there,
 * each over the root of 1 and the squares of x it lies on.
 */
public final class HitCaller {
  private static final int ROWS = 16;

  private HitCaller() {}

  /**
   * Calls hits. They depend on no number of threads, nor on the order of the regions.
   *
   * @param patterns of one length, at least one
   * @throws IllegalArgumentException if the sequences are shorter than the patterns
   */
  public static Hits call(
      ScoredSequences data, List<SavedPattern> patterns, HitOptions options, int threads) {
    if (patterns.isEmpty() || data.length() < patterns.getFirst().length()) {
      throw new IllegalArgumentException("no patterns, or wider than the sequences");
    }
    List<Oriented> oriented = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      Oriented forward = Oriented.of(i, patterns.get(i), options);
      oriented.add(forward);
      if (options.bothStrands()) {
        oriented.add(forward.turned());
      }
    }
    Design design = new Design(oriented, options);
    int n = data.count();
    RegionFit[] fits = new RegionFit[n];
    List<List<Hit>> found = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      found.add(List.of());
    }
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          (n + ROWS - 1) / ROWS,
          chunk -> {
            Reconstruction fit = new Reconstruction(data, design, options);
            for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
              fits[i] = fit.fit(i);
              found.set(i, fit.hits());
            }
          });
    }
    List<Hit> hits = new ArrayList<>();
    found.forEach(hits::addAll);
    hits.sort(
        Comparator.comparingInt(Hit::row)
            .thenComparingInt(Hit::from)
            .thenComparingInt(Hit::pattern)
            .thenComparing(Hit::reverse));
    List<RegionFit> sorted = new ArrayList<>(List.of(fits));
    sorted.sort(Comparator.comparingInt(RegionFit::row));
    return new Hits(hits, sorted);
  }
}
