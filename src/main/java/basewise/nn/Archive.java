package basewise.nn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Zip files in memory whose bytes depend on nothing but their content. */
final class Archive {
  /** The oldest time a zip can tell. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** How the names of entries end that hold nothing but numbers. */
  private static final String NUMBERS = ".bin";

  private Archive() {}

  /**
   * All entries, by name.
   *
   * @throws ZipException if the bytes are no zip file, or its end is missing
   */
  static Map<String, byte[]> read(byte[] bytes) throws IOException {
    // The reader of streams never looks at the directory at the end, where a short copy shows.
    if (!hasDirectory(bytes)) {
      throw new ZipException("no end of central directory");
    }
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  static byte[] write(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> e : new TreeMap<>(entries).entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey());
        entry.setTimeLocal(EPOCH);
        if (e.getKey().endsWith(NUMBERS)) {
          store(entry, e.getValue());
        }
        out.putNextEntry(entry);
        out.write(e.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Leaves an entry as it is: numbers become hardly smaller, and trying takes long. */
  private static void store(ZipEntry entry, byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
  }

  private static boolean hasDirectory(byte[] b) {
    for (int i = b.length - 22; i >= Math.max(0, b.length - 66_000); i--) {
      if (b[i] == 'P' && b[i + 1] == 'K' && b[i + 2] == 5 && b[i + 3] == 6) {
        return true;
      }
    }
    return false;
  }
}
