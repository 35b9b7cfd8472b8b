package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Shape;
import basewise.nn.network.Weighted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A linear map as relevance sees it: with a batch norm behind it folded in, and its weights at hand
 * by their sign. The folded map has the weights scale * w and the constants scale * b + shift, per
 * channel; the sign of a scale goes into the weights and its size stays apart, so nothing is
 * rounded.
 */
final class RelevanceLayer {
  private final Weighted map;
  private final List<Shape> shapes;
  private final Precision precision;
  private final double[] scale;
  private final double[] shift;
  private final double[] constants;

  /** What the layer's step asked for. */
  private final List<Operation.Linear> parts;

  /** Which other weights a step asks for. */
  enum Parts {
    /** None. */
    NONE,
    /** Weights above 0, and weights below 0; of the folded map. */
    SIGNS,
    /** Two maps whose sum has the squares of the weights: the square of a float is two floats. */
    SQUARES,
    /** Each weight 1. */
    ONES
  }

  /**
   * The layer of a node.
   *
   * @param norm what is folded into it, or null
   * @param precision heavy sums are in floats where floats are what is kept
   */
  RelevanceLayer(
      Network.Node node,
      Weighted map,
      Operation.@Nullable BatchNorm norm,
      Parts wanted,
      Precision precision) {
    this.map = map;
    shapes = node.inputShapes();
    this.precision = precision;
    float[] own = map.constants();
    scale = new double[own.length];
    shift = new double[own.length];
    constants = new double[own.length];
    for (int c = 0; c < own.length; c++) {
      scale[c] = norm == null ? 1 : norm.scale()[c];
      shift[c] = norm == null ? 0 : norm.shift()[c];
      constants[c] = scale[c] * own[c] + shift[c];
    }
    parts =
        switch (wanted) {
          case NONE -> List.of();
          case SIGNS ->
              List.of(
                  map.reweighted((c, w) -> Math.max(scale[c] < 0 ? -w : w, 0)),
                  map.reweighted((c, w) -> Math.min(scale[c] < 0 ? -w : w, 0)));
          case SQUARES ->
              List.of(
                  map.reweighted((c, w) -> w * w),
                  map.reweighted((c, w) -> (float) ((double) w * w - w * w)));
          case ONES -> List.of(map.reweighted((c, w) -> 1));
        };
  }

  /** What the folded map gives, of what the map gave. */
  double[] value(double[] output) {
    double[] z = new double[output.length];
    for (int o = 0; o < z.length; o++) {
      int c = o % scale.length;
      z[o] = scale[c] * output[o] + shift[c];
    }
    return z;
  }

  /** The constant in an output. */
  double constant(int output) {
    return constants[output % constants.length];
  }

  /** The sum of the contributions above 0 to each output, without constants. */
  double[] positive(double[] x) {
    return sized(sum(above(), part(x, true), below(), part(x, false)));
  }

  /** The sum of the contributions below 0 to each output, without constants. */
  double[] negative(double[] x) {
    return sized(sum(below(), part(x, true), above(), part(x, false)));
  }

  /** Adds to each input its contributions, each times the factor of its output. */
  void spread(double[] factors, double[] x, double[] in) {
    double[] scaled = new double[factors.length];
    for (int o = 0; o < scaled.length; o++) {
      scaled[o] = scale[o % scale.length] * factors[o];
    }
    spread(map, scaled, x, in);
  }

  /** The same for contributions above 0 only. */
  void spreadPositive(double[] factors, double[] x, double[] in) {
    double[] sized = sized(factors.clone());
    spread(above(), sized, part(x, true), in);
    spread(below(), sized, part(x, false), in);
  }

  /** The same for contributions below 0 only. */
  void spreadNegative(double[] factors, double[] x, double[] in) {
    double[] sized = sized(factors.clone());
    spread(below(), sized, part(x, true), in);
    spread(above(), sized, part(x, false), in);
  }

  /** What the maps its step asked for give together; shares do not depend on the fold's scale. */
  double[] ofParts(double[] x) {
    double[] out = forward(parts.getFirst(), x);
    for (Operation.Linear part : parts.subList(1, parts.size())) {
      addTo(out, forward(part, x));
    }
    return out;
  }

  /** Adds to each input x times the transpose of those maps. */
  void spreadParts(double[] factors, double[] x, double[] in) {
    for (Operation.Linear part : parts) {
      spread(part, factors, x, in);
    }
  }

  private Operation.Linear above() {
    return parts.getFirst();
  }

  private Operation.Linear below() {
    return parts.getLast();
  }

  private double[] sum(Operation.Linear one, double[] x, Operation.Linear two, double[] y) {
    double[] out = forward(one, x);
    if (y.length > 0) {
      addTo(out, forward(two, y));
    }
    return out;
  }

  private double[] forward(Operation.Linear by, double[] x) {
    return by.forward(new double[][] {x}, shapes, precision);
  }

  private static void addTo(double[] sum, double[] x) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += x[i];
    }
  }

  /** Adds x times the transpose; nothing for an empty x. */
  private void spread(Operation.Linear by, double[] factors, double[] x, double[] in) {
    if (x.length > 0) {
      double[] back = new double[x.length];
      by.transpose(factors, new double[][] {back}, shapes, precision);
      for (int i = 0; i < x.length; i++) {
        in[i] += x[i] * back[i];
      }
    }
  }

  /** Times the size of the scale, in place. */
  private double[] sized(double[] values) {
    for (int o = 0; o < values.length; o++) {
      values[o] *= Math.abs(scale[o % scale.length]);
    }
    return values;
  }

  /** The numbers of one sign, 0 elsewhere; empty if there are none below 0. */
  private static double[] part(double[] x, boolean above) {
    double[] out = new double[x.length];
    boolean any = above;
    for (int i = 0; i < x.length; i++) {
      out[i] = above ? Math.max(x[i], 0) : Math.min(x[i], 0);
      any |= out[i] < 0;
    }
    return any ? out : new double[0];
  }
}
