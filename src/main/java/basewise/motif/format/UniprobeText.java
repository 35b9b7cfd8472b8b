package basewise.motif.format;

import basewise.motif.format.Gathering.Draft;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UniPROBE's full report: of its three matrices a motif, only the probability matrix is read. */
final class UniprobeText {
  private static final Pattern TITLE = Pattern.compile("(\\d+)\\t(\\S+)\\t([0-9.eE+-]+)");

  private UniprobeText() {}

  static boolean recognises(Lines head) {
    return head.all().stream().anyMatch(l -> l.startsWith("Enrichment score matrix"))
        && head.all().stream().anyMatch(l -> l.startsWith("Probability matrix"));
  }

  static MotifCollection read(Lines lines) {
    Gathering found = new Gathering(lines);
    Draft draft = null;
    for (String line = lines.take(); line != null; line = lines.take()) {
      Matcher title = TITLE.matcher(line.strip());
      if (title.matches()) {
        draft = new Draft(title.group(1) + "_" + title.group(2), title.group(2), lines.number());
        draft.note("score", title.group(3));
      } else if (line.startsWith("Probability matrix")) {
        draft = matrix(lines, draft);
        found.addProbabilities(draft);
      }
    }
    return found.finish(MotifFormat.UNIPROBE);
  }

  private static Draft matrix(Lines lines, @Nullable Draft draft) {
    if (draft == null) {
      throw lines.wrong("a probability matrix before any motif", "is the file cut short?");
    }
    double[][] bases = new double[4][];
    int at = lines.number();
    for (int c = 0; c < 4; ) {
      String line = lines.take();
      if (line == null) {
        throw lines.wrong(at, "a probability matrix without all of A: C: G: T:", "cut short?");
      }
      String[] words = Lines.words(line);
      if (words.length == 0) {
        continue;
      }
      if (!words[0].equals("ACGT".charAt(c) + ":") || !Lines.areNumbers(words, 1)) {
        throw lines.wrong("expected the row " + "ACGT".charAt(c) + ": of the matrix", "");
      }
      bases[c] = Lines.numbers(words, 1, words.length - 1);
      if (bases[c].length != bases[0].length) {
        throw lines.wrong("a row of another length than the row A:", "");
      }
      c++;
    }
    for (int i = 0; i < bases[0].length; i++) {
      draft.row(new double[] {bases[0][i], bases[1][i], bases[2][i], bases[3][i]}, at);
    }
    return draft;
  }
}
