package basewise.genome;

import basewise.io.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the index of a file lies: beside it, or, if that folder is read-only, in a cache folder
 * (system property {@code basewise.cache}, else {@code $XDG_CACHE_HOME/basewise}, else {@code
 * ~/.cache/basewise}) under a name made of the file's full path.
 */
final class IndexPlaces {
  private final Path file;
  private final Path beside;

  IndexPlaces(Path file, Path beside) {
    this.file = file.toAbsolutePath().normalize();
    this.beside = beside.toAbsolutePath().normalize();
  }

  /** The index that is there and not older than its file, or null. */
  @Nullable Path existing(Consumer<String> remark) throws IOException {
    for (Path place : new Path[] {beside, cached()}) {
      if (!Files.exists(place)) {
        continue;
      }
      if (Files.getLastModifiedTime(place).compareTo(Files.getLastModifiedTime(file)) >= 0) {
        return place;
      }
      remark.accept(place + " is older than " + file.getFileName() + "; made anew");
    }
    return null;
  }

  /** Writes the index beside the file or in the cache; if neither can be, it is not kept. */
  void write(Consumer<Path> writer) {
    Path folder = beside.getParent();
    if (folder != null && mayWrite(folder)) {
      try {
        writer.accept(beside);
        return;
      } catch (InputException e) {
        // A full or read-only disk after all: the cache may do.
      }
    }
    try {
      writer.accept(cached());
    } catch (InputException e) {
      // The index is in memory for this run; only the next run is slower.
    }
  }

  private Path cached() {
    String property = System.getProperty("basewise.cache");
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path folder;
    if (property != null) {
      folder = Path.of(property);
    } else if (xdg != null && !xdg.isEmpty()) {
      folder = Path.of(xdg, "basewise");
    } else {
      folder = Path.of(System.getProperty("user.home"), ".cache", "basewise");
    }
    String key =
        UUID.nameUUIDFromBytes(beside.toString().getBytes(StandardCharsets.UTF_8)).toString();
    return folder.resolve(
        key.substring(0, 8).toLowerCase(Locale.ROOT) + "-" + beside.getFileName());
  }

  /** Whether the folder's owner means it to be written: root may always, and should not. */
  private static boolean mayWrite(Path folder) {
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(folder);
      return Files.isWritable(folder)
          && (allowed.contains(PosixFilePermission.OWNER_WRITE)
              || allowed.contains(PosixFilePermission.GROUP_WRITE)
              || allowed.contains(PosixFilePermission.OTHERS_WRITE));
    } catch (UnsupportedOperationException | IOException e) {
      return Files.isWritable(folder);
    }
  }
}
