package basewise.nn.network;

/**
 * A linear map with weights of its own: each number it gives is the constant of its channel plus a
 * weighted sum of what it reads. Rules of relevance ask for the same map with other weights.
 */
public sealed interface Weighted extends Operation.Linear
    permits Convolution, ReverseComplementConvolution, Operation.Dense, Operation.BatchNorm {
  /** Another weight for each. */
  @FunctionalInterface
  interface Reweighting {
    /** The weight in place of {@code weight}, by which something goes to {@code channel}. */
    float apply(int channel, float weight);
  }

  /** The constant of each channel of what it gives; the array itself: do not change. */
  float[] constants();

  /** The same map with other weights and without constants. */
  Operation.Linear reweighted(Reweighting change);
}
