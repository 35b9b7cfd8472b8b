package basewise.patterns.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
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
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** As many lanes as there are floats in a vector. */
  private static final VectorSpecies<Short> SOME =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private static final int CHANNELS = JaccardKernel.CHANNELS;

  /** The share of what the parent is below a child that is taken off to guess the best offset. */
  private static final float GUESS = 0.3f;

  private final SearchProfiles children;
  private final int length;
  private final int pad;
  private final int offsets;

  /** Offsets with those that fill the last vector. */
  private final int room;

  /** From a row of {@link #table} to the next, and from one strand to the other. */
  private final int stride;

  private final int strand;

  /** The parent between zeros, and its other strand. */
  private final float[] forward;

  private final float[] turned;

  /** The rows of {@link SearchProfiles} of the parent between zeros, and of its other strand. */
  private final short[] table;

  /** Of each offset of each strand, the parent's absolute values that the child lies on. */
  private final float[] under;

  /** Where sums begin, so that the largest is likely that of the best offset. */
  private final short[] start;

  private final float[] begin;
  private final short[] sums;

  /**
   * For children that stick out of their parents by at most {@code pad} positions.
   *
   * @param bothStrands whether children are tried on their other strand too
   */
  public JaccardSearch(SearchProfiles children, int pad, boolean bothStrands) {
    this.children = children;
    this.pad = pad;
    length = children.length();
    offsets = 2 * pad + 1;
    room = (offsets + LANES - 1) / LANES * LANES;
    int positions = length + 2 * pad;
    stride = positions + room;
    forward = new float[CHANNELS * positions];
    turned = bothStrands ? new float[forward.length] : forward;
    strand = bothStrands ? SearchProfiles.TABLE * stride : 0;
    table = new short[(bothStrands ? 2 : 1) * SearchProfiles.TABLE * stride];
    under = new float[2 * room];
    start = new short[2 * room];
    begin = new float[2 * room];
    sums = new short[2 * room];
    Arrays.fill(start, Short.MIN_VALUE); // what is no offset is never the largest
    Arrays.fill(begin, Float.MAX_VALUE);
  }

  /** Takes one of the profiles as the parent. */
  public void parent(int i) {
    children.copy(i, forward, CHANNELS * pad);
    children.rows(i, table, pad, stride);
    children.under(i, pad, under);
    weigh(0);
    if (strand > 0) {
      JaccardKernel.turn(forward, turned);
      children.turnedRows(i, table, strand + pad, stride);
      for (int o = 0; o < offsets; o++) {
        under[room + o] = under[offsets - 1 - o];
      }
      weigh(room);
    }
  }

  private void weigh(int from) {
    float one = children.one();
    for (int o = from; o < from + offsets; o++) {
      int off = (int) (GUESS * one * under[o]);
      start[o] = (short) (SearchProfiles.SPARE - off);
      begin[o] = start[o];
    }
  }

  /** The largest similarity of a child with the parent. */
  public float largest(int child) {
    share(child);
    int first = first();
    float best = similarity(child, first);
    // What it shares, s, of a + b is s / (a + b - s) at most, and no less than t (a + b) if that is
    // no less than t / (1 - t).
    float least = Math.max(best - JaccardKernel.SLACK, -0.5f);
    float t = least / (1 + least);
    float one = children.one();
    float more = one * (t * children.all(child) - children.left(child));
    for (int from = 0; from < sums.length; from += FLOATS.length()) {
      long near = near(from, t * one, more);
      while (near != 0) {
        int at = from + Long.numberOfTrailingZeros(near);
        near &= near - 1;
        if (at != first) {
          best = Math.max(best, similarity(child, at));
        }
      }
    }
    return best;
  }

  /** Adds up what is shared. */
  private void share(int child) {
    short[] weights = children.weights();
    int[] places = children.places();
    int from = children.first(child);
    int to = children.end(child);
    for (int o = 0; o < room; o += LANES) {
      ShortVector there = ShortVector.fromArray(SPECIES, start, o);
      ShortVector back = ShortVector.fromArray(SPECIES, start, room + o);
      for (int k = from; k < to; k++) {
        int at = SearchProfiles.row(places[k]) * stride + SearchProfiles.position(places[k]) + o;
        ShortVector base = ShortVector.broadcast(SPECIES, weights[2 * k]);
        ShortVector others = ShortVector.broadcast(SPECIES, weights[2 * k + 1]);
        there = there.add(ShortVector.fromArray(SPECIES, table, at).min(base));
        back = back.add(ShortVector.fromArray(SPECIES, table, at + strand).min(base));
        there = there.add(ShortVector.fromArray(SPECIES, table, at + stride).min(others));
        back = back.add(ShortVector.fromArray(SPECIES, table, at + strand + stride).min(others));
      }
      there.intoArray(sums, o);
      back.intoArray(sums, room + o);
    }
  }

  /** Where the sum is largest. */
  private int first() {
    ShortVector most = ShortVector.fromArray(SPECIES, sums, 0);
    for (int from = LANES; from < sums.length; from += LANES) {
      most = most.max(ShortVector.fromArray(SPECIES, sums, from));
    }
    short largest = most.reduceLanes(VectorOperators.MAX);
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

  /** Of a vector of offsets those that can be best. */
  private long near(int from, float t, float more) {
    FloatVector shared =
        (FloatVector)
            ShortVector.fromArray(SOME, sums, from).convertShape(VectorOperators.S2F, FLOATS, 0);
    FloatVector least =
        FloatVector.fromArray(FLOATS, under, from)
            .mul(t)
            .add(FloatVector.fromArray(FLOATS, begin, from))
            .add(more);
    return shared.compare(VectorOperators.GE, least).toLong();
  }

  private float similarity(int child, int at) {
    return JaccardKernel.similarity(
        children.numbers(),
        children.at(child),
        CHANNELS * length,
        at < room ? forward : turned,
        at % room * CHANNELS);
  }
}
