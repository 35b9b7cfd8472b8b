package basewise.genome;

import basewise.io.Share;
import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares of the bases of a genome or of places in it. Shares are of equal size but for this: a cut
 * that would fall near the end of a contig (within 1/16 of a share) is made there. They depend on
 * the places and their number alone, and together hold every base once.
 */
final class Shares {
  /** Part of a share that a cut is moved by at most. */
  private static final int NEAR = 16;

  private Shares() {}

  /**
   * What is left of a place in a share.
   *
   * @param place windows that start in it belong to the share
   * @param end of the whole place: bases up to there may be read to complete such windows
   */
  record Cut(Interval place, int end) {}

  /** The share's part of some places, in their order. */
  static List<Cut> of(List<Interval> places, Share share) {
    long bases = places.stream().mapToLong(Interval::length).sum();
    long start = moved(share.start(bases), places, bases / share.of() / NEAR);
    long end = moved(share.end(bases), places, bases / share.of() / NEAR);
    List<Cut> cuts = new ArrayList<>();
    long before = 0;
    for (Interval place : places) {
      long from = Math.max(start - before, 0);
      long to = Math.min(end - before, place.length());
      if (from < to) {
        Interval mine =
            new Interval(place.contig(), place.start() + (int) from, place.start() + (int) to);
        cuts.add(new Cut(mine, place.end()));
      }
      before += place.length();
    }
    return cuts;
  }

  /** A cut, moved to the nearest border between two places if that is near. */
  private static long moved(long cut, List<Interval> places, long near) {
    long nearest = 0;
    long border = 0;
    for (Interval place : places) {
      border += place.length();
      if (Math.abs(border - cut) < Math.abs(nearest - cut)) {
        nearest = border;
      }
    }
    return Math.abs(nearest - cut) <= near ? nearest : cut;
  }
}
