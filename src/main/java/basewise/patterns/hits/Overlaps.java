package basewise.patterns.hits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Of hits that overlap, the most similar. */
public final class Overlaps {
  private Overlaps() {}

  /**
   * Which hits are more similar to their pattern than all that they overlap with; of equals the
   * earlier one.
   *
   * @param hits in the order of {@link Hits}, those of a contig together and by start
   * @param contig what places count on
   * @param at where a hit's part that counts begins on it
   * @param share of the mean length of two hits that must overlap
   */
  public static boolean[] primary(
      List<Hit> hits, Function<Hit, Object> contig, Function<Hit, Long> at, double share) {
    boolean[] primary = new boolean[hits.size()];
    Arrays.fill(primary, true);
    List<Integer> open = new ArrayList<>();
    Object last = null;
    for (int i = 0; i < primary.length; i++) {
      Hit hit = hits.get(i);
      Object here = contig.apply(hit);
      if (!here.equals(last)) {
        open.clear();
        last = here;
      }
      long start = first(hit, at.apply(hit), share);
      open.removeIf(o -> last(hits.get(o), at.apply(hits.get(o)), share) < start);
      for (int o : open) {
        boolean better = hit.similarity() > hits.get(o).similarity();
        primary[o] &= !better;
        primary[i] &= better;
      }
      open.add(i);
    }
    return primary;
  }

  // Twice the positions, so that half a length is whole.
  private static long first(Hit hit, long at, double share) {
    return 2 * at + (int) ((hit.to() - hit.from()) * share);
  }

  private static long last(Hit hit, long at, double share) {
    return 2 * (at + hit.to() - hit.from()) - (int) ((hit.to() - hit.from()) * share);
  }
}
