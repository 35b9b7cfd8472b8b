package basewise.report;

import java.util.List;

/** The report's first sentence: what was found, in words. */
public final class Verdict {
  private Verdict() {}

  /** Names the strongest motif, or says that there is none. */
  public static String of(List<MotifEntry> motifs) {
    if (motifs.isEmpty()) {
      return "No motif was found.";
    }
    MotifEntry first = motifs.getFirst();
    if (first.bestMatch().isEmpty()) {
      return "The strongest motif, %s, matches no known motif.".formatted(first.consensus());
    }
    KnownMatch match = first.bestMatch().get();
    String name = match.target().label();
    String id = name.equals(match.target().id()) ? "" : " (%s)".formatted(match.target().id());
    return match.names()
        ? "The strongest motif is %s%s.".formatted(name, id)
        : "The strongest motif, %s, faintly resembles %s%s.".formatted(first.consensus(), name, id);
  }
}
