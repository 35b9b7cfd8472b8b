package basewise.nn.network;

import basewise.io.NpzInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The golden networks and what PyTorch says of them; the README beside them tells how they were
 * made.
 */
public final class Goldens {
  /** Their names; together they use every operation. */
  public static final List<String> NAMES =
      List.of("motif", "chain", "overlap", "residual", "smooth", "softmax");

  private Goldens() {}

  /** The folder of one. */
  public static Path folder(String name) {
    return Path.of("src/test/resources/basewise/nn/network/golden", name);
  }

  /** One of them. */
  public static Network network(String name) {
    return NetworkFile.read(folder(name)).network();
  }

  /** Its inputs, [length][4] each: three sequences, then numbers that are none. */
  public static List<double[]> inputs(String name) {
    return rows(name, "inputs", network(name).input().size());
  }

  /** An array of PyTorch's, cut into rows of {@code width} numbers. */
  public static List<double[]> rows(String name, String array, int width) {
    try (NpzInput npz = NpzInput.open(folder(name).resolve("golden.npz"))) {
      double[] values = npz.array(array).doubles();
      return IntStream.range(0, values.length / width)
          .mapToObj(i -> Arrays.copyOfRange(values, i * width, (i + 1) * width))
          .toList();
    }
  }

  /** What the arrays of a precision end in. */
  public static String suffix(Precision precision) {
    return precision == Precision.FLOAT64 ? "64" : "32";
  }

  /** How nearly two programs agree, of numbers of about 1. */
  public static double allowed(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-9 : 1e-5;
  }
}
