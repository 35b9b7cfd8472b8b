package basewise.motif.format;

import basewise.io.Wording;
import basewise.motif.format.Gathering.Draft;
import basewise.sequence.Dna;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AlignACE's report: "Motif n", its sites, the columns it used (kept as a note), its MAP score. */
final class AlignAceText {
  private static final Pattern SITE = Pattern.compile("([ACGTNacgtn]+)\\s+\\d+\\s+-?\\d+\\s+[01]");

  private AlignAceText() {}

  static boolean recognises(Lines head) {
    return head.all().stream().limit(20).anyMatch(l -> l.startsWith("AlignACE"));
  }

  static MotifCollection read(Lines lines) {
    Gathering found = new Gathering(lines);
    Draft draft = null;
    for (String line = lines.take(); line != null; line = lines.take()) {
      Matcher site = SITE.matcher(line.strip());
      if (line.matches("Motif \\d+\\s*")) {
        add(found, draft);
        draft = new Draft("motif_" + line.substring(6).strip(), "", lines.number());
      } else if (draft != null && site.matches()) {
        count(lines, draft, Dna.encode(site.group(1)));
      } else if (draft != null && line.contains("*") && line.matches("[* ]+")) {
        draft.note("columns", line.strip().replace(' ', '-'));
      } else if (draft != null && line.startsWith("MAP Score:")) {
        draft.note("map_score", line.substring(10));
      }
    }
    add(found, draft);
    return found.finish(MotifFormat.ALIGNACE);
  }

  private static void add(Gathering found, @Nullable Draft draft) {
    if (draft != null) {
      found.addCounts(draft);
    }
  }

  private static void count(Lines lines, Draft draft, byte[] codes) {
    if (draft.rows.isEmpty()) {
      for (int i = 0; i < codes.length; i++) {
        draft.row(new double[4], lines.number());
      }
    }
    if (codes.length != draft.rows.size()) {
      throw lines.wrong(
          "a site of "
              + Wording.count(codes.length, "base")
              + " among sites of "
              + draft.rows.size(),
          "");
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 4) {
        draft.rows.get(i)[codes[i]]++;
      }
    }
  }
}
