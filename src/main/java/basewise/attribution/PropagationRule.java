package basewise.attribution;

import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Shape;
import basewise.nn.network.Softmax;
import java.util.List;

/**
 * What a method does at each kind of operation, on the way back from an output to the input. Where
 * a network is linear most rules transpose the map, which is what {@link #linear} does unless a
 * rule says otherwise.
 */
public sealed interface PropagationRule permits GradientRule, ReluRule, RescaleRule, RelevanceRule {
  /** Whether it compares the input with a reference. */
  boolean needsReference();

  /**
   * Through a map that is linear up to a constant: convolutions, dense layers, sums, averages.
   *
   * @param out multipliers of its outputs
   * @param here values around it
   * @param in multipliers of its inputs are added here, per input
   */
  default void linear(Operation.Linear operation, double[] out, Local here, double[][] in) {
    operation.transpose(out, in, here.shapes(), here.precision());
  }

  /**
   * Through a function of one number.
   *
   * @param out multipliers of its outputs
   * @param here values around it
   * @param in multipliers of its inputs are added here
   */
  void activation(Operation.Activation operation, double[] out, Local here, double[] in);

  /**
   * Through a choice of the largest.
   *
   * @param in multipliers are added here, per input
   */
  void choice(Operation.Choice operation, double[] out, Local here, double[][] in);

  /**
   * Through a softmax.
   *
   * @param out multipliers of its outputs
   * @param here values around it
   * @param in multipliers of its inputs are added here
   */
  void softmax(Softmax operation, double[] out, Local here, double[] in);

  /**
   * The values around an operation.
   *
   * @param node its number
   * @param inputs what it read
   * @param output what it gave
   * @param referenceInputs what it read of the reference; equal to {@code inputs} without one
   * @param referenceOutput what it gave for the reference
   */
  @SuppressWarnings("ArrayRecordComponent") // views of traces; never compared
  record Local(
      int node,
      double[][] inputs,
      double[] output,
      double[][] referenceInputs,
      double[] referenceOutput,
      List<Shape> shapes,
      Precision precision) {}
}
