package basewise.nn.network;

/**
 * The shape of one sequence's values: [length][channels], position-major. A plain vector has length
 * 1.
 */
public record Shape(int length, int channels) {
  /** Checks that there is something, and not more than an array holds. */
  public Shape {
    if (length < 1 || channels < 1 || (long) length * channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("shape " + length + " x " + channels);
    }
  }

  /** A vector. */
  public static Shape vector(int n) {
    return new Shape(1, n);
  }

  /** How many numbers. */
  public int size() {
    return length * channels;
  }
}
