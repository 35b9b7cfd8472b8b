package basewise.scan.kernel;

/** Takes hits as kernels find them, in any order. */
@FunctionalInterface
public interface HitReceiver {
  /**
   * One hit.
   *
   * @param start where its window starts in the codes
   * @param oriented the {@link OrientedMatrix#id} that hit
   * @param sum its score, at least the cutoff
   */
  void add(int start, int oriented, int sum);
}
