package basewise.nn;

/**
 * A linear map.
 *
 * @param in inputs
 * @param out outputs
 * @param weights [in][out], flat
 * @param bias [out]
 */
@SuppressWarnings("ArrayRecordComponent") // parameters; never compared
public record Dense(int in, int out, float[] weights, float[] bias) {
  /** Checks the shapes. */
  public Dense {
    if (weights.length != in * out || bias.length != out) {
      throw new IllegalArgumentException("dense %d x %d".formatted(in, out));
    }
  }

  /** Whether all of its parameters are finite numbers. */
  boolean isFinite() {
    return isFinite(weights) && isFinite(bias);
  }

  /** Whether all are finite numbers. */
  static boolean isFinite(float[] values) {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    return true;
  }

  /** bias + x W. */
  public float[] apply(float[] x) {
    float[] y = bias.clone();
    for (int i = 0; i < in; i++) {
      float v = x[i];
      if (v != 0) {
        for (int o = 0; o < out; o++) {
          y[o] += v * weights[i * out + o];
        }
      }
    }
    return y;
  }
}
