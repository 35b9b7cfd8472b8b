package basewise.patterns.kernel;

import basewise.patterns.kernel.PlainBounds.Child;
import basewise.patterns.kernel.PlainBounds.Parent;
import org.jspecify.annotations.Nullable;

/**
 * Where a child is most like a parent.
 *
 * @param offset the first of those with the largest similarity
 * @param reverse whether it is the child's other strand, which is only if it is more like it
 * @param score the similarity
 */
public record JaccardAlignment(int offset, boolean reverse, float score) {
  private static final int CHANNELS = JaccardKernel.CHANNELS;

  /**
   * Tries all offsets. The first alignments of a process are found in plain loops, which compute
   * only those similarities that can be the largest.
   *
   * @param wide the parent, with as many zeros on either side as the child may stick out
   * @param child 8 numbers a position, the last four 0 but for one letter
   * @param turned its other strand; null if that is not tried
   */
  public static JaccardAlignment of(float[] wide, float[] child, float @Nullable [] turned) {
    int offsets = (wide.length - child.length) / CHANNELS + 1;
    if (PlainJaccard.suits(offsets * child.length)) {
      return plainly(wide, child, turned);
    }
    return byVectors(wide, child, turned);
  }

  static JaccardAlignment byVectors(float[] wide, float[] child, float @Nullable [] turned) {
    int offsets = (wide.length - child.length) / CHANNELS + 1;
    JaccardKernel.Best there = JaccardKernel.best(child, wide, CHANNELS, offsets);
    JaccardKernel.Best back =
        turned == null ? there : JaccardKernel.best(turned, wide, CHANNELS, offsets);
    boolean reverse = back.score() > there.score();
    JaccardKernel.Best best = reverse ? back : there;
    return new JaccardAlignment(best.offset(), reverse, best.score());
  }

  static JaccardAlignment plainly(float[] wide, float[] child, float @Nullable [] turned) {
    Parent parent = new Parent(wide, child.length / CHANNELS);
    JaccardAlignment there = best(parent, new Child(child), false, Float.NEGATIVE_INFINITY);
    if (turned == null) {
      return there;
    }
    JaccardAlignment back = best(parent, new Child(turned), true, there.score);
    return back.score > there.score ? back : there;
  }

  /**
   * The best of all offsets.
   *
   * @param least what is below it need not be found
   */
  private static JaccardAlignment best(Parent parent, Child child, boolean reverse, float least) {
    long[] shared = PlainBounds.room(parent.offsets());
    PlainBounds.share(parent, child, shared);
    float[] bound = new float[parent.offsets()];
    int at = 0;
    for (int o = 0; o < bound.length; o++) {
      bound[o] = PlainBounds.bound(parent, child, shared, o);
      at = bound[o] > bound[at] ? o : at;
    }
    int first = at;
    float best = PlainBounds.similarity(parent, child, first);
    for (int o = 0; o < bound.length; o++) {
      if (o != first && bound[o] + JaccardKernel.SLACK >= Math.max(best, least)) {
        float score = PlainBounds.similarity(parent, child, o);
        if (score > best || score == best && o < at) {
          best = score;
          at = o;
        }
      }
    }
    return new JaccardAlignment(at, reverse, best);
  }
}
