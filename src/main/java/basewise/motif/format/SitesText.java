package basewise.motif.format;

import basewise.io.Wording;
import basewise.motif.format.Gathering.Draft;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned sites: FASTA records whose capital letters are the site (JASPAR's .sites files), or whose
 * sequences are all of one length. One file is one motif.
 */
final class SitesText {
  /** Wider than any known motif; a FASTA file of longer records is taken for sequences. */
  private static final int WIDEST = 100;

  private SitesText() {}

  static boolean recognises(Lines head) {
    boolean header = false;
    int records = 0;
    boolean letters = false;
    for (String line : head.all()) {
      if (line.startsWith(">")) {
        header = true;
        records++;
      } else if (!line.isBlank() && (!header || !line.strip().matches("[A-Za-z]+"))) {
        return false;
      } else {
        letters |= !line.isBlank();
      }
      if (records > 50) {
        break;
      }
    }
    return letters;
  }

  static MotifCollection read(Lines lines) {
    List<String> sites = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    String id = "";
    String name = "";
    boolean oneId = true;
    for (String line = lines.take(); line != null; line = lines.take()) {
      if (line.startsWith(">")) {
        String[] words = Lines.words(line.substring(1));
        String first = words.length > 0 ? words[0] : "";
        oneId &= sites.isEmpty() || first.equals(id);
        id = first;
        name = words.length > 1 ? words[1] : "";
        sites.add("");
        at.add(lines.number() + 1);
      } else if (!line.isBlank()) {
        int last = sites.size() - 1;
        sites.set(last, sites.get(last) + line.strip());
        if (sites.get(last).length() > 10 * WIDEST) {
          throw lines.wrong("sequences, not a motif", "a motif file was expected here");
        }
      }
    }
    Draft draft = new Draft(oneId && sites.size() > 1 ? id : lines.stem(), "", 1);
    draft.name = oneId && sites.size() > 1 ? name : "";
    count(lines, sites, at, draft);
    Gathering found = new Gathering(lines);
    found.addCounts(draft);
    return found.finish(MotifFormat.SITES);
  }

  private static void count(Lines lines, List<String> sites, List<Integer> at, Draft draft) {
    int width = -1;
    for (int s = 0; s < sites.size(); s++) {
      String site = sites.get(s);
      String capitals = site.replaceAll("[^A-Z]", "");
      if (!capitals.isEmpty()) {
        site = capitals;
      }
      if (width < 0) {
        width = site.length();
        if (width > WIDEST || width == 0) {
          throw lines.wrong(at.get(s), "sequences, not a motif", "a motif file was expected here");
        }
        for (int i = 0; i < width; i++) {
          draft.row(new double[4], at.get(s));
        }
      }
      if (site.length() != width) {
        throw lines.wrong(
            at.get(s),
            "a site of " + Wording.count(site.length(), "base") + " among sites of " + width,
            "is this a file of sequences? a motif file was expected");
      }
      for (int i = 0; i < width; i++) {
        int code = Dna.code(site.charAt(i));
        if (code < 0) {
          throw lines.wrong(
              at.get(s),
              "'" + site.charAt(i) + "' cannot stand in DNA",
              "is this protein? a motif file was expected here");
        }
        if (code < 4) {
          draft.rows.get(i)[code]++;
        }
      }
    }
  }
}
