package basewise.patterns.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest continuous Jaccard similarity of a parent with many children, over offsets and both
 * strands: what {@link JaccardKernel#largest} finds, bit for bit, at a part of its cost. What two
 * positions share is at most the smaller of their sums of absolute values (of the contributions of
 * the bases that are there, only where the bases agree); from this follows what a similarity can be
 * at most, for all offsets side by side, and only those that can be the largest are computed. Sums
 * for this are whole numbers of 16 bits, rounded up: as many offsets as fit into a vector.
 *
 * <p>Profiles have 8 numbers a position, of four letters each: any, and those that are 0 but for
 * one letter. The absolute values of either add up to 1, or to less. Not thread-safe.
 */
public final class JaccardSearch {
  private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHANNELS = JaccardKernel.CHANNELS;

  private final Profiles children;
  private final int length;
  private final int pad;
  private final int offsets;

  /** Offsets with those that fill the last vector. */
  private final int room;

  /** The parent, and if both strands count, its other strand. */
  private final Parent[] strands;

  /** Of each offset of each strand. */
  private final float[] bound;

  /** Of the vectors of {@link #bound}, the lanes that are offsets. */
  private final long[] lanes;

  /**
   * Profiles of one length, and what their positions weigh, each in one piece of memory. Threads
   * may set different ones.
   */
  public static final class Profiles {
    private static final int LONGEST = 1 << 13;

    private final int length;

    /**
     * What 1 weighs: that of the first four numbers and of the last, all rounded up, has 16 bits.
     */
    private final float one;

    private final float[] numbers;

    /** Of each position the first four numbers, absolute, and the last four. */
    private final short[] weights;

    /** Of which letter the last four are. */
    private final byte[] letter;

    private final float[] all;

    /** Room for profiles of {@code length} positions. */
    public Profiles(int count, int length) {
      if (length > LONGEST) {
        throw new IllegalArgumentException("length " + length);
      }
      this.length = length;
      one = Short.MAX_VALUE - 60 - length;
      numbers = new float[Math.multiplyExact(count, CHANNELS * length)];
      weights = new short[2 * count * length];
      letter = new byte[count * length];
      all = new float[count];
    }

    private int at(int i) {
      return i * CHANNELS * length;
    }

    private short weight(float x) {
      return (short) Math.ceil(x * one);
    }

    /**
     * Sets one.
     *
     * @throws IllegalArgumentException if its absolute values add up to too much
     */
    public void set(int i, float[] profile) {
      System.arraycopy(profile, 0, numbers, at(i), CHANNELS * length);
      double masses = 0;
      double bases = 0;
      for (int p = 0; p < length; p++) {
        float mass = 0;
        float base = 0;
        for (int c = 0; c < 4; c++) {
          mass += Math.abs(profile[p * CHANNELS + c]);
          float there = Math.abs(profile[p * CHANNELS + 4 + c]);
          if (there > 0) {
            base = there;
            letter[i * length + p] = (byte) c;
          }
        }
        weights[2 * (i * length + p)] = weight(mass);
        weights[2 * (i * length + p) + 1] = weight(base);
        masses += mass;
        bases += base;
      }
      if (!(Math.max(masses, bases) < 1 + JaccardKernel.SLACK)) {
        throw new IllegalArgumentException("sums " + masses + " and " + bases);
      }
      all[i] = (float) (masses + bases);
    }
  }

  /** One strand of a parent: its profile between zeros, and what its positions weigh. */
  private static final class Parent {
    private final float[] profile;
    private final short[] mass;

    /** The last four numbers, letter by letter. */
    private final short[] letters;

    /** Of each offset, the parent's absolute values that the child lies on. */
    private final float[] under;

    Parent(int positions, int room) {
      profile = new float[CHANNELS * positions];
      mass = new short[positions + room];
      letters = new short[4 * mass.length];
      under = new float[room];
    }

    void weigh(Profiles all, int offsets) {
      int positions = profile.length / CHANNELS;
      double[] before = new double[positions + 1];
      for (int p = 0; p < positions; p++) {
        float sum = 0;
        float bases = 0;
        for (int c = 0; c < 4; c++) {
          sum += Math.abs(profile[p * CHANNELS + c]);
          float there = Math.abs(profile[p * CHANNELS + 4 + c]);
          letters[c * mass.length + p] = all.weight(there);
          bases += there;
        }
        mass[p] = all.weight(sum);
        before[p + 1] = before[p] + sum + bases;
      }
      for (int o = 0; o < offsets; o++) {
        under[o] = (float) (before[o + all.length] - before[o]);
      }
    }
  }

  /**
   * For children that stick out of their parents by at most {@code pad} positions.
   *
   * @param bothStrands whether children are tried on their other strand too
   */
  public JaccardSearch(Profiles children, int pad, boolean bothStrands) {
    this.children = children;
    this.pad = pad;
    length = children.length;
    offsets = 2 * pad + 1;
    room = (offsets + LANES - 1) / LANES * LANES;
    strands = new Parent[bothStrands ? 2 : 1];
    Arrays.setAll(strands, s -> new Parent(length + 2 * pad, room));
    bound = new float[strands.length * room];
    lanes = new long[bound.length / FLOATS.length()];
    for (int at = 0; at < bound.length; at++) {
      lanes[at / FLOATS.length()] |= at % room < offsets ? 1L << at % FLOATS.length() : 0;
    }
  }

  /** Takes one of the profiles as the parent. */
  public void parent(int i) {
    float[] forward = strands[0].profile;
    System.arraycopy(children.numbers, children.at(i), forward, CHANNELS * pad, CHANNELS * length);
    strands[0].weigh(children, offsets);
    if (strands.length == 2) {
      JaccardKernel.turn(forward, strands[1].profile);
      strands[1].weigh(children, offsets);
    }
  }

  /** The largest similarity of a child with the parent. */
  public float largest(int child) {
    for (int s = 0; s < strands.length; s++) {
      for (int o = 0; o < room; o += LANES) {
        bounds(child, strands[s], o, s * room);
      }
    }
    int first = first();
    float best = similarity(child, first);
    for (int v = 0; v < lanes.length; v++) {
      int from = v * FLOATS.length();
      FloatVector most = FloatVector.fromArray(FLOATS, bound, from).add(JaccardKernel.SLACK);
      long left = most.compare(VectorOperators.GE, best).toLong() & lanes[v];
      while (left != 0) {
        int at = from + Long.numberOfTrailingZeros(left);
        left &= left - 1;
        if (at != first && bound[at] + JaccardKernel.SLACK >= best) {
          best = Math.max(best, similarity(child, at));
        }
      }
    }
    return best;
  }

  /** The offset of the largest bound; the bounds of lanes that are none are 0, as the least. */
  private int first() {
    FloatVector most = FloatVector.zero(FLOATS);
    for (int from = 0; from < bound.length; from += FLOATS.length()) {
      most = most.max(FloatVector.fromArray(FLOATS, bound, from));
    }
    float largest = most.reduceLanes(VectorOperators.MAX);
    for (int v = 0; v < lanes.length; v++) {
      int from = v * FLOATS.length();
      long there =
          FloatVector.fromArray(FLOATS, bound, from).compare(VectorOperators.EQ, largest).toLong();
      if ((there & lanes[v]) != 0) {
        return from + Long.numberOfTrailingZeros(there & lanes[v]);
      }
    }
    return 0;
  }

  private float similarity(int child, int at) {
    float[] parent = strands[at / room].profile;
    return JaccardKernel.similarity(
        children.numbers, children.at(child), CHANNELS * length, parent, at % room * CHANNELS);
  }

  /** What a similarity is at most, of a vector of offsets. */
  private void bounds(int child, Parent parent, int o, int into) {
    short[] mass = parent.mass;
    short[] letters = parent.letters;
    // From the least number up: twice as much room.
    ShortVector some = ShortVector.broadcast(SPECIES, Short.MIN_VALUE);
    ShortVector others = ShortVector.zero(SPECIES);
    for (int p = 0, at = child * length; p < length; p++, at++) {
      int row = children.letter[at] * mass.length + p + o;
      some = some.add(ShortVector.fromArray(SPECIES, mass, p + o).min(children.weights[2 * at]));
      others =
          others.add(
              ShortVector.fromArray(SPECIES, letters, row).min(children.weights[2 * at + 1]));
    }
    ShortVector shared = some.add(others);
    ratio(shared, 0, child, parent, o, into);
    ratio(shared, 1, child, parent, o, into);
  }

  private void ratio(ShortVector sums, int half, int child, Parent parent, int o, int into) {
    int at = o + half * FLOATS.length();
    FloatVector shared =
        ((FloatVector) sums.convertShape(VectorOperators.S2F, FLOATS, half))
            .sub(Short.MIN_VALUE)
            .mul(1 / children.one);
    FloatVector all =
        FloatVector.fromArray(FLOATS, parent.under, at).add(children.all[child]).sub(shared);
    shared.div(all.max(Float.MIN_NORMAL)).intoArray(bound, into + at);
  }
}
