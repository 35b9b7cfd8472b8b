package basewise.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Numbers of an HDF5 file by path, read a part at a time. The only reader of HDF5. */
public final class Hdf5Input implements AutoCloseable {
  private final Path file;
  private final HdfFile hdf;

  private Hdf5Input(Path file, HdfFile hdf) {
    this.file = file;
    this.hdf = hdf;
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it is missing or no HDF5
   */
  public static Hdf5Input open(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file.toString(), "does not exist", "check the path");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file.toString(), "is a folder", "give an HDF5 file");
    }
    try {
      return new Hdf5Input(file, new HdfFile(file));
    } catch (RuntimeException e) { // the library has no one kind for what is damaged
      throw new InputException(file.toString(), 0, "is no HDF5, or cut short", "make it again", e);
    }
  }

  /** Whether there is a group or dataset of this path, such as {@code shap/seq}. */
  public boolean has(String path) {
    return node(path) != null;
  }

  /** What is there; of a link, what it leads to. */
  private @Nullable Node node(String path) {
    return read(
        path,
        () -> {
          Node at = hdf;
          for (String name : path.split("/")) {
            at = at instanceof Group group ? group.getChild(name) : null;
            if (at instanceof Link link) {
              at = link.getTarget();
            }
            if (at == null) {
              return null;
            }
          }
          return at;
        });
  }

  /** The names in a group, sorted; none if there is no such group. */
  public List<String> names(String group) {
    Node at = group.isEmpty() ? hdf : node(group);
    return at instanceof Group g
        ? read(group, () -> g.getChildren().keySet().stream().sorted().toList())
        : List.of();
  }

  /** A whole number that is an attribute of the file. */
  public OptionalLong attribute(String name) {
    return read(
        name,
        () -> {
          Attribute found = hdf.getAttribute(name);
          return found != null && found.getData() instanceof Number n
              ? OptionalLong.of(n.longValue())
              : OptionalLong.empty();
        });
  }

  /**
   * The dimensions of a dataset of numbers.
   *
   * @throws InputException if there is none
   */
  public int[] shape(String path) {
    Dataset dataset = dataset(path);
    return read(path, () -> dataset.getDimensions().clone());
  }

  private Dataset dataset(String path) {
    if (node(path) instanceof Dataset dataset) {
      return dataset;
    }
    List<String> groups = names("");
    throw new InputException(
        file.toString(),
        "has no dataset " + path,
        groups.isEmpty() ? "it is empty" : "its groups: " + String.join(", ", groups));
  }

  /**
   * All numbers of a dataset, the last index varying fastest; true is 1.
   *
   * @throws InputException if there is none, or it holds no numbers
   */
  public float[] floats(String path) {
    Dataset dataset = dataset(path);
    return read(path, () -> flat(path, dataset.getDataFlat(), Math.toIntExact(dataset.getSize())));
  }

  /** The same, of a dataset whose whole numbers may be above 2^24. */
  public double[] doubles(String path) {
    Dataset dataset = dataset(path);
    return read(
        path,
        () -> {
          Object data = dataset.getDataFlat();
          return switch (data) {
            case long[] all -> Arrays.stream(all).asDoubleStream().toArray();
            case int[] all -> Arrays.stream(all).asDoubleStream().toArray();
            case double[] all -> all;
            default -> {
              float[] all = flat(path, data, Math.toIntExact(dataset.getSize()));
              double[] out = new double[all.length];
              for (int i = 0; i < out.length; i++) {
                out[i] = all[i];
              }
              yield out;
            }
          };
        });
  }

  /** Some of them: of each dimension the first index and how many. */
  public float[] floats(String path, int[] from, int[] count) {
    Dataset dataset = dataset(path);
    return read(
        path,
        () -> {
          Object data = dataset.getData(Arrays.stream(from).asLongStream().toArray(), count);
          return flat(path, data, Arrays.stream(count).reduce(1, Math::multiplyExact));
        });
  }

  /** What the library says of damaged files is of many kinds. */
  private <T extends @Nullable Object> T read(String path, Supplier<T> what) {
    try {
      return what.get();
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InputException(
          file.toString(),
          0,
          path + " cannot be read: " + e.getMessage(),
          "write it again with h5py's defaults, uncompressed or with gzip",
          e);
    }
  }

  private float[] flat(String path, Object data, int size) {
    float[] out = new float[size];
    if (size > 0 && fill(data, out, 0) != size) {
      throw new InputException(file.toString(), path + " holds no numbers", "");
    }
    return out;
  }

  /** Copies an array, or arrays of arrays, of numbers; the place after the last, or -1. */
  private static int fill(Object data, float[] out, int at) {
    switch (data) {
      case float[] all -> System.arraycopy(all, 0, out, at, all.length);
      case double[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = (float) all[i];
        }
      }
      case byte[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = all[i];
        }
      }
      case boolean[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = all[i] ? 1 : 0;
        }
      }
      case String[] all -> { // h5py's booleans are an enumeration
        for (int i = 0; i < all.length; i++) {
          if (!"TRUE".equals(all[i]) && !"FALSE".equals(all[i])) {
            return -1;
          }
          out[at + i] = all[i].equals("TRUE") ? 1 : 0;
        }
      }
      case int[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = all[i];
        }
      }
      case short[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = all[i];
        }
      }
      case long[] all -> {
        for (int i = 0; i < all.length; i++) {
          out[at + i] = all[i];
        }
      }
      case Number one -> {
        out[at] = one.floatValue();
        return at + 1;
      }
      case Object[] rows -> {
        int next = at;
        for (Object row : rows) {
          next = next < 0 || row == null ? -1 : fill(row, out, next);
        }
        return next;
      }
      default -> {
        return -1;
      }
    }
    return at + Array.getLength(data);
  }

  @Override
  public void close() {
    hdf.close();
  }
}
