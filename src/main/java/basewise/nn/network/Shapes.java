package basewise.nn.network;

import java.util.List;

/** What operations ask of the shapes of their inputs. */
final class Shapes {
  private Shapes() {}

  /** The shape of the only input. */
  static Shape only(List<Shape> inputs) {
    require(inputs.size() == 1, "one input expected, %d found", inputs.size());
    return inputs.getFirst();
  }

  /** The shape of two inputs or more. */
  static Shape equal(List<Shape> inputs) {
    several(inputs);
    require(inputs.stream().distinct().count() == 1, "inputs of unequal shapes %s", inputs);
    return inputs.getFirst();
  }

  static void several(List<Shape> inputs) {
    require(inputs.size() > 1, "two inputs or more expected, %d found", inputs.size());
  }

  /** Checks a pool of {@code window} over what it reads and says what comes out. */
  static Shape pooled(List<Shape> inputs, int window, int stride) {
    Shape in = only(inputs);
    require(in.length() >= window, "a pool of %d over %d positions", window, in.length());
    return new Shape((in.length() - window) / stride + 1, in.channels());
  }

  /** Complains in the words of {@link String#format} unless all is well. */
  static void require(boolean ok, String problem, Object... values) {
    if (!ok) {
      throw new IllegalArgumentException(problem.formatted(values));
    }
  }
}
