package basewise.patterns.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest continuous Jaccard similarity of a parent with many children, over offsets and both
 * strands: what {@link JaccardKernel#largest} finds, bit for bit, at a part of its cost. What two
 * positions share is at most the smaller of their sums of absolute values (of the contributions of
 * the bases that are there, only where the bases agree); from this follows what a similarity can be
 * at most, for all offsets side by side, and only those that can be the largest are computed.
 *
 * <p>Profiles have 8 numbers a position, of four letters each: any, and those that are 0 but for
 * one letter. Not thread-safe.
 */
public final class JaccardSearch {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHANNELS = 8;

  /** Rounding of sums of some hundred floats. */
  private static final float SLACK = 1e-4f;

  private final int length;
  private final boolean bothStrands;
  private final int offsets;

  /** Offsets with those that fill the last vector. */
  private final int room;

  private float[] parent = new float[0];

  /** Of the parent's positions: sums of the first four numbers; the last four, by letter. */
  private final float[] mass;

  private final float[][] letters;

  /** Of each offset, the parent's absolute values that the child lies on. */
  private final float[] under;

  private final float[] bound;

  /** What children's positions weigh. */
  public static final class Child {
    private final float[] forward;
    private final float[] reverse;
    private final float[] mass;
    private final float[] base;
    private final byte[] letter;
    private final float all;

    /** Of a profile and the other strand's. */
    public Child(float[] forward, float[] reverse) {
      this.forward = forward;
      this.reverse = reverse;
      int length = forward.length / CHANNELS;
      mass = new float[length];
      base = new float[length];
      letter = new byte[length];
      double sum = 0;
      for (int p = 0; p < length; p++) {
        for (int c = 0; c < 4; c++) {
          mass[p] += Math.abs(forward[p * CHANNELS + c]);
          float there = Math.abs(forward[p * CHANNELS + 4 + c]);
          if (there > 0) {
            base[p] = there;
            letter[p] = (byte) c;
          }
        }
        sum += mass[p] + base[p];
      }
      all = (float) sum;
    }
  }

  /**
   * For children of some length, which the parents exceed by {@code pad} positions at both ends.
   *
   * @param bothStrands whether children are tried on their other strand too
   */
  public JaccardSearch(int length, int pad, boolean bothStrands) {
    this.bothStrands = bothStrands;
    this.length = length;
    offsets = 2 * pad + 1;
    room = (offsets + LANES - 1) / LANES * LANES;
    mass = new float[length + room];
    letters = new float[4][length + room];
    under = new float[room];
    bound = new float[2 * room];
  }

  /** Takes a parent: positions of 8 numbers, those at both ends included; kept until the next. */
  public void parent(float[] profile) {
    parent = profile;
    int positions = profile.length / CHANNELS;
    double[] before = new double[positions + 1];
    for (int p = 0; p < positions; p++) {
      float sum = 0;
      float bases = 0;
      for (int c = 0; c < 4; c++) {
        sum += Math.abs(profile[p * CHANNELS + c]);
        letters[c][p] = Math.abs(profile[p * CHANNELS + 4 + c]);
        bases += letters[c][p];
      }
      mass[p] = sum;
      before[p + 1] = before[p] + sum + bases;
    }
    for (int o = 0; o < offsets; o++) {
      under[o] = (float) (before[o + length] - before[o]);
    }
  }

  /** The largest similarity with a child. */
  public float largest(Child child) {
    Arrays.fill(bound, room, bound.length, Float.NEGATIVE_INFINITY);
    bounds(child, false, 0);
    if (bothStrands) {
      bounds(child, true, room);
    }
    int first = 0;
    float most = -1;
    for (int o = 0; o < offsets; o++) {
      if (bound[o] > most) {
        most = bound[o];
        first = o;
      }
      if (bound[room + o] > most) {
        most = bound[room + o];
        first = room + o;
      }
    }
    float best = similarity(child, first);
    for (int o = 0; o < offsets; o++) {
      if (bound[o] + SLACK >= best && o != first) {
        best = Math.max(best, similarity(child, o));
      }
      if (bound[room + o] + SLACK >= best && room + o != first) {
        best = Math.max(best, similarity(child, room + o));
      }
    }
    return best;
  }

  private float similarity(Child child, int at) {
    return at < room
        ? JaccardKernel.similarity(child.forward, parent, at * CHANNELS)
        : JaccardKernel.similarity(child.reverse, parent, (at - room) * CHANNELS);
  }

  /** What a similarity is at most, of each offset. */
  private void bounds(Child child, boolean reverse, int into) {
    for (int o = 0; o < room; o += LANES) {
      FloatVector some = FloatVector.zero(SPECIES);
      FloatVector others = FloatVector.zero(SPECIES);
      for (int p = 0; p < length; p++) {
        int q = reverse ? length - 1 - p : p;
        int letter = reverse ? 3 - child.letter[q] : child.letter[q];
        some = some.add(FloatVector.fromArray(SPECIES, mass, p + o).min(child.mass[q]));
        others =
            others.add(FloatVector.fromArray(SPECIES, letters[letter], p + o).min(child.base[q]));
      }
      FloatVector shared = some.add(others);
      FloatVector all = FloatVector.fromArray(SPECIES, under, o).add(child.all).sub(shared);
      shared.div(all.max(Float.MIN_NORMAL)).intoArray(bound, into + o);
    }
  }
}
