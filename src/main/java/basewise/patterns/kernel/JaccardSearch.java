package basewise.patterns.kernel;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest continuous Jaccard similarity of a parent with many children, over offsets and both
 * strands: what {@link JaccardKernel#largest} finds, bit for bit, at a part of its cost. {@link
 * SearchProfiles} says what two positions share at most; added up, for all offsets side by side,
 * over the positions where most of the child is, and with all of what is left of it, it says what a
 * similarity can be at most, and only those that can be the largest are computed. Not thread-safe.
 */
public final class JaccardSearch {
  private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int CHANNELS = JaccardKernel.CHANNELS;

  /** The share of what the parent is below a child that is taken off to guess the best offset. */
  private static final float GUESS = 0.3f;

  private final SearchProfiles children;
  private final int length;
  private final int offsets;

  /** Offsets with those that fill the last vector. */
  private final int room;

  private final boolean bothStrands;

  /** The parent between zeros, and its other strand. */
  private final float[] forward;

  private final float[] turned;

  /** Where children look for what they share with the parent. */
  private final short[] table;

  /** Of each offset, the parent's absolute values that the child lies on, as sums count them. */
  private final float[] under;

  private float lightest;
  private float heaviest;

  /** Where sums begin, so that the largest is likely that of the best offset. */
  private final short[] start;

  /** Of each offset; and then of the other strand of the child, which is the parent's backwards. */
  private final short[] sums;

  /**
   * For some children and parents.
   *
   * @param bothStrands whether children are tried on their other strand too
   */
  public JaccardSearch(SearchProfiles children, boolean bothStrands) {
    this.children = children;
    this.bothStrands = bothStrands;
    length = children.length();
    offsets = 2 * children.pad() + 1;
    room = (offsets + LANES - 1) / LANES * LANES;
    forward = new float[CHANNELS * (length + offsets - 1)];
    turned = new float[forward.length];
    table = children.table();
    under = new float[room];
    start = new short[room];
    sums = new short[bothStrands ? 2 * room : room];
    Arrays.fill(start, Short.MIN_VALUE); // what is no offset is never the largest
  }

  /** Takes one of the profiles as the parent. */
  public void parent(int i) {
    children.copy(i, forward);
    children.table(i, table);
    children.under(i, under);
    if (bothStrands) {
      JaccardKernel.turn(forward, turned);
    }
    lightest = Float.MAX_VALUE;
    heaviest = 0;
    for (int o = 0; o < offsets; o++) {
      under[o] *= children.one();
      lightest = Math.min(lightest, under[o]);
      heaviest = Math.max(heaviest, under[o]);
      start[o] = (short) (SearchProfiles.SPARE - (int) (GUESS * under[o]));
    }
  }

  /** The largest similarity of a child with the parent. */
  public float largest(int child) {
    int first = first(share(child));
    float best = similarity(child, first);
    // What it shares, s, of a + b is s / (a + b - s) at most: no less than u only if s is no less
    // than u / (1 + u) (a + b).
    float u = Math.max(best - JaccardKernel.SLACK, -0.5f);
    float t = u / (1 + u);
    float more = children.one() * (t * children.all(child) - children.left(child));
    float of = t - GUESS;
    float least = SearchProfiles.SPARE + Math.min(of * lightest, of * heaviest) + more;
    short some = (short) Math.clamp((int) least - 1, 0, Short.MAX_VALUE);
    for (int from = 0; from < sums.length; from += LANES) {
      long near =
          ShortVector.fromArray(SPECIES, sums, from).compare(VectorOperators.GE, some).toLong();
      while (near != 0) {
        int at = from + Long.numberOfTrailingZeros(near);
        near &= near - 1;
        int o = at < room ? at : at - room;
        if (at != first && sums[at] >= start[o] + t * under[o] + more) {
          best = Math.max(best, similarity(child, at));
        }
      }
    }
    return best;
  }

  /** Adds up what is shared; the largest sum. */
  private short share(int child) {
    short[] weights = children.weights();
    int[] places = children.places();
    int from = children.first(child);
    int to = children.end(child);
    short largest = Short.MIN_VALUE;
    for (int o = 0; o < room; o += LANES) {
      ShortVector there = ShortVector.fromArray(SPECIES, start, o);
      ShortVector back = there;
      for (int k = from; k < to; k++) {
        ShortVector base = ShortVector.broadcast(SPECIES, weights[2 * k]);
        ShortVector others = ShortVector.broadcast(SPECIES, weights[2 * k + 1]);
        there = there.add(ShortVector.fromArray(SPECIES, table, places[4 * k] + o).min(base));
        there = there.add(ShortVector.fromArray(SPECIES, table, places[4 * k + 1] + o).min(others));
        back = back.add(ShortVector.fromArray(SPECIES, table, places[4 * k + 2] + o).min(base));
        back = back.add(ShortVector.fromArray(SPECIES, table, places[4 * k + 3] + o).min(others));
      }
      there.intoArray(sums, o);
      largest = (short) Math.max(largest, there.reduceLanes(VectorOperators.MAX));
      if (bothStrands) {
        back.intoArray(sums, room + o);
        largest = (short) Math.max(largest, back.reduceLanes(VectorOperators.MAX));
      }
    }
    return largest;
  }

  /** Where a sum is, that of the first offset that has it. */
  private int first(short largest) {
    int from = 0;
    while (true) {
      long there =
          ShortVector.fromArray(SPECIES, sums, from).compare(VectorOperators.EQ, largest).toLong();
      if (there != 0) {
        return from + Long.numberOfTrailingZeros(there);
      }
      from += LANES;
    }
  }

  private float similarity(int child, int at) {
    float[] parent = at < room ? forward : turned;
    int offset = at < room ? at : offsets - 1 - (at - room);
    return JaccardKernel.similarity(
        children.numbers(), children.at(child), CHANNELS * length, parent, offset * CHANNELS);
  }
}
