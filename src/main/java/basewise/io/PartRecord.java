package basewise.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code part.json}: which part of which work a folder holds.
 *
 * @param basewisePart 1, the version of this format
 * @param verb that made it
 * @param share of the bases or sequences, such as 3/8
 * @param motifs share of the motifs; 1/1 where there are none
 * @param of what the work is of, in words and checksums; the parts of one work agree in all of them
 * @param notes what is needed to make the whole; the same in all parts
 * @param files the checksum of each file of the part
 */
public record PartRecord(
    int basewisePart,
    String verb,
    String share,
    String motifs,
    Map<String, String> of,
    Map<String, String> notes,
    Map<String, String> files) {
  /** The file's name. */
  public static final String NAME = "part.json";

  private static final int FORMAT = 1;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** A part whose files are not written yet. */
  public static PartRecord of(
      String verb, Share share, Share motifs, Map<String, String> of, Map<String, String> notes) {
    return new PartRecord(FORMAT, verb, share.toString(), motifs.toString(), of, notes, Map.of());
  }

  /** Which share of the bases or sequences. */
  public Share bases() {
    return Share.parse(NAME, share);
  }

  /** Which share of the motifs. */
  public Share chunk() {
    return Share.parse(NAME, motifs);
  }

  /** A note; empty if there is none. */
  public String note(String name) {
    return notes.getOrDefault(name, "");
  }

  /** What all parts of one work agree in. */
  Map<String, String> identity() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("verb", verb);
    all.putAll(of);
    all.put(
        "parts",
        motifs.equals("1/1")
            ? String.valueOf(bases().of())
            : bases().of() + " of bases, " + chunk().of() + " of motifs");
    all.putAll(notes);
    return all;
  }

  /** Writes it, with the checksums of some files of a folder. */
  public void write(Path folder, List<String> names) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : names) {
      sums.put(name, Checksum.ofFile(folder.resolve(name).toString()));
    }
    PartRecord whole = new PartRecord(FORMAT, verb, share, motifs, of, notes, sums);
    AtomicOutput.write(folder.resolve(NAME), GSON.toJson(whole) + "\n");
  }

  /**
   * Reads a part's record and checks its files.
   *
   * @throws InputException if it is no part, or not as it was written
   */
  public static PartRecord read(Path folder) {
    Path file = folder.resolve(NAME);
    PartRecord record;
    try {
      record = GSON.fromJson(Files.readString(file), PartRecord.class);
      if (record == null || record.basewisePart != FORMAT) {
        throw new InputException(
            file.toString(), "is not of this version of Basewise", "make all parts with one");
      }
      record.bases();
      record.chunk();
      record.identity();
    } catch (NoSuchFileException e) {
      throw new InputException(folder.toString(), 0, "is no part: it has no " + NAME, "", e);
    } catch (IOException | JsonParseException | NullPointerException e) {
      throw new InputException(file.toString(), 0, "is damaged", "make this part again", e);
    }
    record.files.forEach((name, sum) -> {
      Path part = folder.resolve(name);
      if (!Files.exists(part) || !Checksum.ofFile(part.toString()).equals(sum)) {
        throw new InputException(
            part.toString(),
            Files.exists(part) ? "is not as it was written" : "is missing",
            "make this part again");
      }
    });
    return record;
  }
}
