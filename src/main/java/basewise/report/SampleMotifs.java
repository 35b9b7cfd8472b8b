package basewise.report;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one discovery found, from its folder's {@code motifs.tsv}.
 *
 * @param name of the sample: the folder's
 * @param link to its report, from where the combined report will be
 * @param motifs by rank
 */
public record SampleMotifs(String name, String link, List<Found> motifs) {
  /**
   * A motif.
   *
   * @param id in the sample
   * @param evalue of the held-out evidence
   * @param match name of the best known match, or ""
   */
  public record Found(String id, LogValue evalue, String match) {}

  /**
   * Reads a folder of results.
   *
   * @param link see above
   * @throws InputException if its table is missing or is none
   */
  public static SampleMotifs read(Path folder, String link) {
    List<Found> motifs = new ArrayList<>();
    try (TextInput in = TextInput.open(folder.resolve("motifs.tsv").toString())) {
      String head = in.readLine();
      List<String> columns = head == null ? List.of() : List.of(head.split("\t", -1));
      int id = columns.indexOf("motif_id");
      int evalue = columns.indexOf("evalue");
      int match = columns.indexOf("match_name");
      if (id < 0 || evalue < 0 || match < 0) {
        throw in.wrong("has no columns motif_id, evalue and match_name", "is this of discover?");
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] f = line.split("\t", -1);
        LogValue e = f.length == columns.size() ? number(f[evalue]) : null;
        if (e == null) {
          throw in.wrong("is no row of this table", "run discover again");
        }
        motifs.add(new Found(f[id], e, f[match]));
      }
    }
    return new SampleMotifs(String.valueOf(folder.getFileName()), link, motifs);
  }

  /** A number that may be smaller than any double. */
  private static @Nullable LogValue number(String text) {
    try {
      int e = text.indexOf('e');
      double mantissa = Double.parseDouble(e < 0 ? text : text.substring(0, e));
      int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
      return new LogValue(Math.log10(mantissa) + exponent);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
