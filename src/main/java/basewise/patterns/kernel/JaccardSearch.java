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
  private static final VectorSpecies<Float> SPECIES = JaccardKernel.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int CHANNELS = 8;

  /** Rounding of sums of some hundred floats. */
  private static final float SLACK = 1e-4f;

  private final Profiles children;
  private final int length;
  private final int pad;
  private final boolean bothStrands;
  private final int offsets;

  /** Offsets with those that fill the last vector. */
  private final int room;

  private final Parent forward;
  private final Parent turned;

  /** Of each offset on the parent, and then on the parent's other strand. */
  private final float[] bound;

  /**
   * Profiles of one length, and what their positions weigh, each in one piece of memory. Threads
   * may set different ones.
   */
  public static final class Profiles {
    private final int length;

    /** Of each profile 8 numbers a position, and then {@link #mass} and {@link #base}. */
    private final float[] numbers;

    private final byte[] letter;
    private final float[] all;

    /** Room for profiles of {@code length} positions. */
    public Profiles(int count, int length) {
      this.length = length;
      numbers = new float[Math.multiplyExact(count, stride())];
      letter = new byte[count * length];
      all = new float[count];
    }

    private int stride() {
      return (CHANNELS + 2) * length;
    }

    private int at(int i) {
      return i * stride();
    }

    /** Where the absolute sums of the first four numbers of positions are. */
    private int mass(int i) {
      return at(i) + CHANNELS * length;
    }

    /** Where the absolute values of the last four are; of which letter, {@code letter} says. */
    private int base(int i) {
      return mass(i) + length;
    }

    /** Sets one. */
    public void set(int i, float[] profile) {
      System.arraycopy(profile, 0, numbers, at(i), CHANNELS * length);
      double sum = 0;
      for (int p = 0; p < length; p++) {
        float mass = 0;
        for (int c = 0; c < 4; c++) {
          mass += Math.abs(profile[p * CHANNELS + c]);
          float there = Math.abs(profile[p * CHANNELS + 4 + c]);
          if (there > 0) {
            numbers[base(i) + p] = there;
            letter[i * length + p] = (byte) c;
          }
        }
        numbers[mass(i) + p] = mass;
        sum += mass + numbers[base(i) + p];
      }
      all[i] = (float) sum;
    }
  }

  /** One strand of a parent: its profile between zeros, and what its positions weigh. */
  private static final class Parent {
    private final float[] profile;
    private final float[] mass;

    /** The last four numbers, letter by letter. */
    private final float[] letters;

    /** Of each offset, the parent's absolute values that the child lies on. */
    private final float[] under;

    Parent(int positions, int room) {
      profile = new float[CHANNELS * positions];
      mass = new float[positions + room];
      letters = new float[4 * mass.length];
      under = new float[room];
    }

    void weigh(int length, int offsets) {
      int positions = profile.length / CHANNELS;
      double[] before = new double[positions + 1];
      for (int p = 0; p < positions; p++) {
        float sum = 0;
        float bases = 0;
        for (int c = 0; c < 4; c++) {
          sum += Math.abs(profile[p * CHANNELS + c]);
          float there = Math.abs(profile[p * CHANNELS + 4 + c]);
          letters[c * mass.length + p] = there;
          bases += there;
        }
        mass[p] = sum;
        before[p + 1] = before[p] + sum + bases;
      }
      for (int o = 0; o < offsets; o++) {
        under[o] = (float) (before[o + length] - before[o]);
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
    this.bothStrands = bothStrands;
    this.pad = pad;
    length = children.length;
    offsets = 2 * pad + 1;
    room = (offsets + LANES - 1) / LANES * LANES;
    forward = new Parent(length + 2 * pad, room);
    turned = new Parent(length + 2 * pad, room);
    bound = new float[2 * room];
    Arrays.fill(bound, Float.NEGATIVE_INFINITY);
  }

  /** Takes one of the profiles as the parent. */
  public void parent(int i) {
    System.arraycopy(
        children.numbers, children.at(i), forward.profile, CHANNELS * pad, CHANNELS * length);
    forward.weigh(length, offsets);
    if (bothStrands) {
      int last = forward.profile.length / CHANNELS - 1;
      for (int p = 0; p <= last; p++) {
        for (int c = 0; c < 4; c++) {
          int to = (last - p) * CHANNELS + 3 - c;
          turned.profile[to] = forward.profile[p * CHANNELS + c];
          turned.profile[to + 4] = forward.profile[p * CHANNELS + 4 + c];
        }
      }
      turned.weigh(length, offsets);
    }
  }

  /** The largest similarity of a child with the parent. */
  public float largest(int child) {
    bounds(child, forward, 0);
    if (bothStrands) {
      bounds(child, turned, room);
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

  private float similarity(int child, int at) {
    int from = children.at(child);
    return at < room
        ? JaccardKernel.similarity(
            children.numbers, from, CHANNELS * length, forward.profile, at * CHANNELS)
        : JaccardKernel.similarity(
            children.numbers, from, CHANNELS * length, turned.profile, (at - room) * CHANNELS);
  }

  /** What a similarity is at most, of each offset. */
  private void bounds(int child, Parent parent, int into) {
    float[] numbers = children.numbers;
    float[] mass = parent.mass;
    float[] letters = parent.letters;
    int masses = children.mass(child);
    int bases = children.base(child);
    int letter = child * length;
    for (int o = 0; o < room; o += LANES) {
      FloatVector some = FloatVector.zero(SPECIES);
      FloatVector others = FloatVector.zero(SPECIES);
      for (int p = 0; p < length; p++) {
        int row = children.letter[letter + p] * mass.length + p + o;
        some = some.add(FloatVector.fromArray(SPECIES, mass, p + o).min(numbers[masses + p]));
        others = others.add(FloatVector.fromArray(SPECIES, letters, row).min(numbers[bases + p]));
      }
      FloatVector shared = some.add(others);
      FloatVector all =
          FloatVector.fromArray(SPECIES, parent.under, o).add(children.all[child]).sub(shared);
      shared.div(all.max(Float.MIN_NORMAL)).intoArray(bound, into + o);
    }
  }
}
