package basewise.patterns.kernel;

import basewise.patterns.kernel.PlainBounds.Child;
import basewise.patterns.kernel.PlainBounds.Parent;

/**
 * What {@link JaccardSearch} finds, bit for bit, among few profiles and in plain loops. What two
 * profiles share at most at an offset is the same whichever is the parent, so it is added up once
 * for both.
 *
 * <p>Profiles are as in {@link JaccardSearch}. Threads may set different ones, and compare
 * different pairs.
 */
public final class PlainSearch {
  private static final int CHANNELS = JaccardKernel.CHANNELS;

  /** Of so few profiles all have been compared with all before vectors are compiled. */
  private static final int FEW = 500;

  private final int length;
  private final int pad;
  private final int offsets;
  private final boolean bothStrands;
  private final Child[] children;
  private final Parent[] forward;
  private final Parent[] turned;

  /**
   * Room for profiles.
   *
   * @param length positions of each
   * @param pad positions by which a child may stick out of its parent
   * @param bothStrands whether children are tried on their other strand too
   */
  public PlainSearch(int count, int length, int pad, boolean bothStrands) {
    this.length = length;
    this.pad = pad;
    this.bothStrands = bothStrands;
    offsets = 2 * pad + 1;
    children = new Child[count];
    forward = new Parent[count];
    turned = new Parent[count];
  }

  /** Whether this is the way to compare so many profiles. */
  public static boolean suits(int profiles) {
    return PlainJaccard.ALWAYS || few(profiles);
  }

  /** Whether they are so few that all are compared with all, each pair once. */
  public static boolean few(int profiles) {
    return profiles <= FEW;
  }

  /** Sets one, which must stay as it is. */
  public void set(int i, float[] profile) {
    setChild(i, profile);
    float[] wide = JaccardKernel.padded(profile, pad);
    forward[i] = new Parent(wide, length);
    turned[i] = bothStrands ? new Parent(JaccardKernel.turned(wide), length) : forward[i];
  }

  /** Sets one for {@link Worker#row}, which needs less memory. */
  public void setChild(int i, float[] profile) {
    children[i] = new Child(profile);
  }

  /** What a thread needs, once all are set. */
  public Worker worker() {
    return new Worker();
  }

  /** Compares profiles, for one thread. */
  public final class Worker {
    private final long[] straight = PlainBounds.room(offsets);
    private final long[] crossed = PlainBounds.room(offsets);
    private final float[] bound = new float[2 * offsets];

    /** Sets the largest similarities of child j with parent i, [i][j], and of i with j, [j][i]. */
    public void compare(int i, int j, float[][] largest) {
      PlainBounds.share(forward[i], children[j], straight);
      if (bothStrands) {
        PlainBounds.share(turned[i], children[j], crossed);
      }
      largest[i][j] = largest(forward[i], turned[i], children[j], false);
      if (i != j) {
        largest[j][i] = largest(forward[j], turned[j], children[i], true);
      }
    }

    /** Sets the largest similarities of some children with one as their parent. */
    public void row(int i, int[] some, float[] largest) {
      float[] wide = JaccardKernel.padded(children[i].profile, pad);
      Parent there = new Parent(wide, length);
      Parent back = bothStrands ? new Parent(JaccardKernel.turned(wide), length) : there;
      for (int k = 0; k < some.length; k++) {
        Child child = children[some[k]];
        PlainBounds.share(there, child, straight);
        if (bothStrands) {
          PlainBounds.share(back, child, crossed);
        }
        largest[k] = largest(there, back, child, false);
      }
    }

    private float largest(Parent there, Parent back, Child c, boolean swapped) {
      int first = 0;
      float most = -1;
      for (int o = 0; o < offsets; o++) {
        int sharedAt = swapped ? offsets - 1 - o : o;
        bound[o] = PlainBounds.bound(there, c, straight, sharedAt, o);
        bound[offsets + o] = bothStrands ? PlainBounds.bound(back, c, crossed, o, o) : -1;
        if (bound[o] > most) {
          most = bound[o];
          first = o;
        }
        if (bound[offsets + o] > most) {
          most = bound[offsets + o];
          first = offsets + o;
        }
      }
      float best = similarity(there, back, c, first);
      for (int o = 0; o < bound.length; o++) {
        if (bound[o] + JaccardKernel.SLACK >= best && o != first) {
          best = Math.max(best, similarity(there, back, c, o));
        }
      }
      return best;
    }

    private float similarity(Parent there, Parent back, Child child, int at) {
      return at < offsets
          ? PlainBounds.similarity(there, child, at)
          : PlainBounds.similarity(back, child, at - offsets);
    }
  }
}
