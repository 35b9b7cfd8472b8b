package basewise.scan.output;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Share;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code part.json}: which part of which scan a folder holds.
 *
 * @param basewiseScanPart 1, the version of this format
 * @param share of the bases, such as 3/8
 * @param motifs share of the motifs
 * @param of what the scan is of, in words and checksums; parts of one scan agree in all of them
 * @param output the word of the format
 * @param header what comes before all rows
 * @param qvalues whether rows wait for q-values
 * @param qvalue only rows with at most this q-value will be kept; null for all
 * @param files the checksum of each file of the part
 */
public record PartRecord(
    int basewiseScanPart,
    String share,
    String motifs,
    Map<String, String> of,
    String output,
    String header,
    boolean qvalues,
    @Nullable Double qvalue,
    Map<String, String> files) {
  static final String NAME = "part.json";
  static final String ROWS = "rows.gz";
  static final String COUNTS = "counts.tsv";
  static final String SUMS = "sums.tsv.gz";
  private static final int FORMAT = 1;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** A part whose files are not written yet. */
  static PartRecord of(
      Share share,
      Share motifs,
      Map<String, String> of,
      String output,
      String header,
      boolean qvalues,
      @Nullable Double qvalue) {
    return new PartRecord(
        FORMAT, share.toString(), motifs.toString(), of, output, header, qvalues, qvalue, Map.of());
  }

  /** Which share of the bases. */
  Share bases() {
    return Share.parse(NAME, share);
  }

  /** Which share of the motifs. */
  Share chunk() {
    return Share.parse(NAME, motifs);
  }

  /** What all parts of one scan agree in. */
  Map<String, String> identity() {
    Map<String, String> all = new LinkedHashMap<>(of);
    all.put("parts", bases().of() + " of bases, " + chunk().of() + " of motifs");
    all.put("format", output + (qvalues ? ", q-values" : "") + (qvalue == null ? "" : qvalue));
    return all;
  }

  /** Writes it, with the checksums of some files of a folder. */
  void write(Path folder, String... names) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : names) {
      sums.put(name, sha256(folder.resolve(name)));
    }
    PartRecord whole =
        new PartRecord(FORMAT, share, motifs, of, output, header, qvalues, qvalue, sums);
    AtomicOutput.write(folder.resolve(NAME), GSON.toJson(whole) + "\n");
  }

  /**
   * Reads a part's record and checks its files.
   *
   * @throws InputException if it is no part, or not as it was written
   */
  static PartRecord read(Path folder) {
    Path file = folder.resolve(NAME);
    PartRecord record;
    try {
      record = GSON.fromJson(Files.readString(file), PartRecord.class);
      if (record == null || record.basewiseScanPart != FORMAT) {
        throw new InputException(
            file.toString(), "is not of this version of Basewise", "scan all parts with one");
      }
      record.bases();
      record.chunk();
    } catch (NoSuchFileException e) {
      throw new InputException(
          folder.toString(), 0, "is no part of a scan: it has no " + NAME, "", e);
    } catch (IOException | JsonParseException | NullPointerException e) {
      throw new InputException(file.toString(), 0, "is damaged", "scan this part again", e);
    }
    record.files.forEach((name, sum) -> {
      Path part = folder.resolve(name);
      if (!Files.exists(part) || !sha256(part).equals(sum)) {
        throw new InputException(
            part.toString(),
            Files.exists(part) ? "is not as it was written" : "is missing",
            "scan this part again");
      }
    });
    return record;
  }

  /** The SHA-256 of a file, in hexadecimal digits. */
  public static String sha256(Path file) {
    try (InputStream raw = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(raw, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new InputException(file.toString(), 0, "cannot be read: " + e.getMessage(), "", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header as bytes. */
  byte[] headerBytes() {
    return header.getBytes(StandardCharsets.UTF_8);
  }
}
