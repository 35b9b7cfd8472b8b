package basewise.patterns;

import basewise.io.Hdf5Input;
import basewise.io.InputException;
import basewise.io.NpyArray;
import basewise.io.NpzInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An array [sequences, 4, length] of a file: {@code .npz}, {@code .npy}, or HDF5 as ChromBPNet and
 * BPNet write it, of which rows are read as they are asked for.
 */
abstract sealed class ScoreArray implements AutoCloseable {
  /** Names of datasets in the HDF5 of ChromBPNet, which {@code attribute} writes too. */
  static final String CHROMBPNET_SEQUENCES = "raw/seq";

  static final String CHROMBPNET_SCORES = "shap/seq";

  /** Its dimensions. */
  abstract List<Integer> shape();

  /**
   * Numbers of one sequence, [4][count] in a row; rows come in order.
   *
   * @param from the first position
   */
  abstract float[] row(int sequence, int from, int count);

  @Override
  public abstract void close();

  /** Whether a name is that of an HDF5 file. */
  static boolean isHdf5(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(h5|hdf5)");
  }

  /**
   * Opens a file.
   *
   * @param array its name; null for the only one, {@code arr_0}, or in HDF5 for {@code dataset}
   */
  static ScoreArray open(Path file, @Nullable String array, String dataset) {
    if (isHdf5(file)) {
      return new Hdf5(file, array == null ? dataset : array);
    }
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      if (array != null) {
        throw new InputException(file.toString(), "has no array by name", "leave the name out");
      }
      return new Numpy(NpyArray.read(file));
    }
    try (NpzInput input = NpzInput.open(file)) {
      List<String> names = input.names();
      String name = array != null ? array : names.size() == 1 ? names.getFirst() : "arr_0";
      if (array == null && names.size() > 1 && !names.contains(name)) {
        throw new InputException(
            file.toString(), "has several arrays", "choose one: " + String.join(", ", names));
      }
      return new Numpy(input.array(name));
    }
  }

  private static final class Numpy extends ScoreArray {
    private final NpyArray array;
    private final List<Integer> shape;

    Numpy(NpyArray array) {
      this.array = array;
      shape = array.shape();
    }

    @Override
    List<Integer> shape() {
      return shape;
    }

    @Override
    float[] row(int sequence, int from, int count) {
      int length = shape.get(2);
      float[] out = new float[4 * count];
      for (int c = 0; c < 4; c++) {
        array.copy((sequence * 4 + c) * length + from, count, out, c * count);
      }
      return out;
    }

    @Override
    public void close() {}
  }

  private static final class Hdf5 extends ScoreArray {
    private static final int ROWS = 256;

    private final Hdf5Input input;
    private final String path;
    private final List<Integer> shape;
    private float[] block = new float[0];
    private int first;

    Hdf5(Path file, String path) {
      this.path = path;
      input = Hdf5Input.open(file);
      try {
        shape = Arrays.stream(input.shape(path)).boxed().toList();
      } catch (RuntimeException e) {
        input.close();
        throw e;
      }
    }

    @Override
    List<Integer> shape() {
      return shape;
    }

    @Override
    float[] row(int sequence, int from, int count) {
      int size = 4 * count;
      if (block.length == 0 || sequence >= first + block.length / size) {
        first = sequence;
        int rows = Math.min(ROWS, shape.get(0) - sequence);
        block = input.floats(path, new int[] {sequence, 0, from}, new int[] {rows, 4, count});
      }
      int at = (sequence - first) * size;
      return Arrays.copyOfRange(block, at, at + size);
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
