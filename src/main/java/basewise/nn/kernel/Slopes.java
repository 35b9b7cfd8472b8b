package basewise.nn.kernel;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Multipliers through functions of one number, many numbers at a time. */
public final class Slopes {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final int V = D.length();

  private Slopes() {}

  /** in[i] += out[i] where x[i] is above 0. */
  public static void relu(double[] out, double[] x, double[] in) {
    int i = 0;
    for (; i <= out.length - V; i += V) {
      VectorMask<Double> on = DoubleVector.fromArray(D, x, i).compare(VectorOperators.GT, 0);
      DoubleVector sum = DoubleVector.fromArray(D, in, i);
      sum.add(DoubleVector.fromArray(D, out, i), on).intoArray(in, i);
    }
    for (; i < out.length; i++) {
      in[i] += x[i] > 0 ? out[i] : 0;
    }
  }

  /**
   * in[i] += out[i] * (y[i] - yr[i]) / (x[i] - r[i]); where x and r differ by less than {@code
   * least}, the derivative at r takes the place of the quotient.
   */
  public static void rescale(
      double[] out,
      double[] x,
      double[] r,
      double[] y,
      double[] yr,
      double least,
      DoubleUnaryOperator derivative,
      double[] in) {
    int i = 0;
    for (; i <= out.length - V; i += V) {
      DoubleVector m = DoubleVector.fromArray(D, out, i);
      VectorMask<Double> some = m.compare(VectorOperators.NE, 0);
      if (!some.anyTrue()) {
        continue;
      }
      DoubleVector dx = DoubleVector.fromArray(D, x, i).sub(DoubleVector.fromArray(D, r, i));
      VectorMask<Double> small = dx.abs().compare(VectorOperators.LT, least).and(some);
      DoubleVector dy = DoubleVector.fromArray(D, y, i).sub(DoubleVector.fromArray(D, yr, i));
      DoubleVector sum = DoubleVector.fromArray(D, in, i);
      sum.add(m.mul(dy.div(dx)), some.andNot(small)).intoArray(in, i);
      if (small.anyTrue()) {
        for (int k = i; k < i + V; k++) {
          if (small.laneIsSet(k - i)) {
            in[k] += out[k] * derivative.applyAsDouble(r[k]);
          }
        }
      }
    }
    for (; i < out.length; i++) {
      if (out[i] != 0) {
        double dx = x[i] - r[i];
        boolean small = Math.abs(dx) < least;
        in[i] += out[i] * (small ? derivative.applyAsDouble(r[i]) : (y[i] - yr[i]) / dx);
      }
    }
  }
}
