package basewise.nn.layer;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers over the border between Java arrays and ND4J's native memory: in one copy where that is
 * the processor's, through ND4J itself where it may be a GPU's.
 */
public final class Floats {
  static {
    Backends.ready();
  }

  private Floats() {}

  private static boolean onProcessor() {
    return Nd4j.getEnvironment().isCPU();
  }

  /** A new array with the values of {@code a} in C order. */
  public static float[] of(INDArray a) {
    if (!onProcessor()) {
      return a.dup('c').data().asFloat();
    }
    INDArray dense = isDense(a) ? a : a.dup('c');
    float[] out = new float[(int) a.length()];
    try (FloatPointer p = new FloatPointer(dense.data().addressPointer())) {
      p.get(out);
    } finally {
      Reference.reachabilityFence(dense);
    }
    return out;
  }

  /** Writes {@code values}, in C order, over those of {@code a}, which may be a view. */
  public static void into(float[] values, INDArray a) {
    if (values.length != a.length()) {
      throw new IllegalArgumentException(values.length + " values for " + a.length() + " places");
    }
    if (!isDense(a)) {
      throw new IllegalArgumentException("not a dense C-order float array");
    }
    if (!onProcessor()) {
      a.assign(Nd4j.createFromArray(values).reshape('c', a.shape()));
      return;
    }
    try (FloatPointer p = new FloatPointer(a.data().addressPointer())) {
      p.put(values);
    } finally {
      Reference.reachabilityFence(a);
    }
  }

  /**
   * The array itself if its numbers lie side by side in C order, else a copy of it in which they
   * do.
   */
  static INDArray dense(INDArray a) {
    return isDense(a) ? a : a.dup('c');
  }

  /** Reads {@code n} numbers of a dense array, from its {@code from}-th on. */
  static void read(INDArray a, long from, float[] out, int at, int n) {
    try (FloatPointer p = new FloatPointer(a.data().addressPointer())) {
      p.position(from).get(out, at, n);
    } finally {
      Reference.reachabilityFence(a);
    }
  }

  /** Writes {@code n} numbers into a dense array, from its {@code to}-th on. */
  static void write(float[] values, int at, int n, INDArray a, long to) {
    try (FloatPointer p = new FloatPointer(a.data().addressPointer())) {
      p.position(to).put(values, at, n);
    } finally {
      Reference.reachabilityFence(a);
    }
  }

  private static boolean isDense(INDArray a) {
    if (a.dataType() != DataType.FLOAT) {
      return false;
    }
    long step = 1;
    for (int d = a.rank() - 1; d >= 0; d--) {
      if (a.size(d) != 1 && a.stride(d) != step) {
        return false;
      }
      step *= a.size(d);
    }
    return true;
  }
}
