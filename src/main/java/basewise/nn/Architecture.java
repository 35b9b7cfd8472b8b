package basewise.nn;

import java.util.List;

/**
 * The shape of a network, of which there are three: {@code motif}, {@code basset}, {@code dilated}.
 */
public sealed interface Architecture permits MotifArchitecture, TrunkArchitecture {
  /** The names of all shapes, the default first. */
  List<String> NAMES =
      List.of(MotifArchitecture.NAME, TrunkArchitecture.BASSET, TrunkArchitecture.DILATED);

  /** What people call it, one of {@link #NAMES}. */
  String name();

  /** Bases of the shortest window it reads. */
  int shortest();

  /** Numbers per base that its widest layer keeps while it is trained. */
  int widestLayer();

  /** Which strands it is taught to read. */
  Strands strands();

  /** The share of units dropped while training, in [0, 1). */
  double dropout();

  /** Decoupled weight decay of all weights (not biases), per step and unit of learning rate. */
  double weightDecay();

  /** What the outputs mean. */
  Head head();

  /** The same with other regularisation. */
  Architecture withRegularisation(double newDropout, double newWeightDecay);

  /** The same with another kind of output. */
  Architecture withHead(Head h);

  /** The defaults of {@code motif}. */
  static MotifArchitecture motif() {
    return MotifArchitecture.DEFAULT;
  }

  /** The defaults of {@code motif} for a set with so many validation examples. */
  static MotifArchitecture motif(int validation) {
    return MotifArchitecture.of(validation);
  }

  /** The defaults of {@code basset}. */
  static TrunkArchitecture basset() {
    return TrunkArchitecture.basset();
  }

  /** The defaults of {@code dilated} for windows of so many bases. */
  static TrunkArchitecture dilated(int window) {
    return TrunkArchitecture.dilated(window);
  }
}
