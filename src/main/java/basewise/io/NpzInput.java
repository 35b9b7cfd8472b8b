package basewise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** NumPy's {@code .npz}, compressed or not: arrays by name, read one at a time. */
public final class NpzInput implements AutoCloseable {
  private static final String ENDING = ".npy";

  /** No byte that is deflated stands for more. */
  private static final int MOST_DEFLATED = 1032;

  private final Path file;
  private final ZipFile zip;

  private NpzInput(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it is missing, no {@code .npz}, or cut short
   */
  public static NpzInput open(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file.toString(), "does not exist", "check the path");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file.toString(), "is a folder", "give an .npz file");
    }
    try {
      return new NpzInput(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new InputException(
          file.toString(), 0, "is no .npz, or cut short", "save it with numpy.savez", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    return new InputException(
        file.toString(), 0, "cannot be read: " + AtomicOutput.reason(e), "", e);
  }

  /** The names of its arrays, in the order of the file. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
      String name = e.nextElement().getName();
      if (name.endsWith(ENDING)) {
        names.add(name.substring(0, name.length() - ENDING.length()));
      }
    }
    return names;
  }

  /**
   * Reads an array.
   *
   * @throws InputException if there is none of this name, it is damaged, or holds no plain numbers
   */
  public NpyArray array(String name) {
    ZipEntry entry = zip.getEntry(name + ENDING);
    if (entry == null) {
      throw new InputException(
          file.toString(),
          "has no array '" + name + "'",
          names().isEmpty() ? "it has none" : "it has " + String.join(", ", names()));
    }
    if (entry.getSize() > Integer.MAX_VALUE - 8) {
      throw new InputException(file.toString(), "array '" + name + "' exceeds 2 GiB", "split it");
    }
    if (entry.getSize() > MOST_DEFLATED * (entry.getCompressedSize() + 1)) {
      throw damaged(name, null);
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    int given;
    try (InputStream in = zip.getInputStream(entry)) {
      given = in.readNBytes(bytes, 0, bytes.length);
    } catch (ZipException e) {
      throw damaged(name, e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (given < bytes.length || checksum.getValue() != entry.getCrc()) {
      throw damaged(name, null);
    }
    return NpyArray.parse(bytes, file.toString(), "array '" + name + "'");
  }

  private InputException damaged(String name, @Nullable Throwable e) {
    return new InputException(
        file.toString(), 0, "array '" + name + "' is damaged", "copy or make it again", e);
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
