package basewise.report;

import basewise.io.Wording;
import basewise.patterns.Pattern;
import java.util.List;
import java.util.stream.Collectors;

/** What the network makes use of: the patterns in its contributions. */
final class PatternSection {
  /** More parts of a pattern than these are too small to tell. */
  private static final int PARTS = 6;

  private PatternSection() {}

  /** The section. */
  static String of(PatternReport report) {
    StringBuilder html = new StringBuilder(1 << 17);
    html.append(
        """
        <section id="patterns" aria-labelledby="patterns-h">
        <h2 id="patterns-h">What the network makes use of</h2>
        """);
    if (report.patterns().isEmpty()) {
      return html.append(
              "<p class=\"lead\">In the contributions of %s no pattern was found: %s, and a pattern needs 20 that are alike.</p>\n</section>\n"
                  .formatted(
                      sequences(report.sequences()), Wording.count(report.seqlets(), "seqlet")))
          .toString();
    }
    html.append(
        """
        <p class="lead">%s among %s of %s. On the left a letter is as high as what its base \
        contributes to the output on average (%s), on the right as its information (%s): bases that \
        are always there but do nothing are high on the right only. The influence of a motif that \
        came of a pattern and of no filter is what the held-out loss rises by when its sites are \
        made unknown bases.</p>
        """
            .formatted(
                Wording.count(report.patterns().size(), "pattern"),
                Term.SEQLETS.link(Text.count(report.seqlets()) + " seqlets"),
                sequences(report.sequences()),
                Term.CWM.link(),
                Term.PFM.link()));
    for (PatternReport.Entry entry : report.patterns()) {
      article(html, entry);
    }
    html.append(SpacingSection.of(report));
    return html.append("</section>\n").toString();
  }

  private static String sequences(int n) {
    return "%s positive sequence%s".formatted(Text.count(n), n == 1 ? "" : "s");
  }

  private static void article(StringBuilder html, PatternReport.Entry entry) {
    String id = entry.anchor();
    Pattern pattern = entry.found().pattern();
    html.append(
        """
        <article class="motif-card pattern-card" id="%s" aria-labelledby="%s-h">
        <header><p class="numeral" aria-hidden="true">%d</p>
        <h3 id="%s-h"><span class="hidden">Pattern %d: </span>%s</h3>
        <p><span class="consensus">%s</span> <span class="quiet">%s, %s%s</span></p>
        </header>
        <div class="strands">
        <figure><div class="scroll"><p class="row-label"><b>Contributions</b> <span class="quiet">mean of the seqlets</span></p>
        """
            .formatted(
                id,
                id,
                entry.found().rank(),
                id,
                entry.found().rank(),
                Text.escape(entry.said()),
                Text.escape(entry.found().id()),
                Wording.count(pattern.size(), "seqlet"),
                entry.found().positive() ? "" : "lowers the output, ",
                became(entry)));
    html.append(
        ContributionLogo.of(pattern.contributions(), entry.shown().start(), entry.shown().end())
            .figure("Contributions of " + entry.found().id(), id + "-c"));
    html.append(
        "</div></figure>\n"
            + "<figure><div class=\"scroll\"><p class=\"row-label\"><b>Frequencies</b> <span"
            + " class=\"quiet\">bits</span></p>\n");
    html.append(LogoFigure.alone(entry.motif(), id + "-f"));
    html.append("</div></figure>\n</div>\n<div class=\"strands\">\n");
    parts(html, entry);
    examples(html, entry);
    html.append("</div>\n</article>\n");
  }

  private static String became(PatternReport.Entry entry) {
    if (entry.became().isEmpty()) {
      return entry.found().positive() ? "came to no motif that passed" : "not tested as a motif";
    }
    return entry.became().stream()
        .map(r -> "<a href=\"#motif-%d\">motif %d</a>".formatted(r, r))
        .collect(Collectors.joining(", ", "became ", ""));
  }

  private static void parts(StringBuilder html, PatternReport.Entry entry) {
    List<Pattern> parts = entry.found().subpatterns();
    html.append("<figure><figcaption>").append(Term.SUBPATTERNS.link());
    int shown = Math.min(PARTS, parts.size());
    html.append(
        " <span class=\"quiet\">%s</span></figcaption>\n<ul class=\"tracks\">\n"
            .formatted(
                parts.size() <= 1
                    ? "none: its seqlets are all alike"
                    : shown < parts.size()
                        ? "the largest %d of %d".formatted(shown, parts.size())
                        : Integer.toString(shown)));
    for (int i = 0; i < shown && parts.size() > 1; i++) {
      Pattern part = parts.get(i);
      track(
          html,
          ContributionLogo.of(part.contributions(), entry.shown().start(), entry.shown().end()),
          "Subpattern %d of %s".formatted(i, entry.found().id()),
          "%s <span class=\"quiet\">%s, highest %s</span>"
              .formatted(
                  Wording.count(part.size(), "seqlet"),
                  Text.percent(part.size(), entry.found().pattern().size()),
                  ScoreLine.g(
                      ContributionLogo.of(
                              part.contributions(), entry.shown().start(), entry.shown().end())
                          .extreme())));
    }
    html.append("</ul></figure>\n");
  }

  private static void examples(StringBuilder html, PatternReport.Entry entry) {
    html.append(
        "<figure><figcaption>Some of its seqlets <span class=\"quiet\">from the strongest to the"
            + " weakest</span></figcaption>\n"
            + "<ul class=\"tracks\">\n");
    for (PatternReport.Shown s : entry.examples()) {
      int width = s.contributions().length / 4;
      track(
          html,
          ContributionLogo.of(s.contributions(), 0, width),
          "Contributions in " + s.sequence(),
          "%s <span class=\"quiet\">%s %s</span>"
              .formatted(
                  Text.escape(s.sequence()),
                  s.sequence().contains(":")
                      ? Text.escape(s.place().substring(s.place().lastIndexOf(':') + 1))
                      : Text.escape(s.place()),
                  s.reverse() ? "\u2212" : "+"));
    }
    html.append("</ul></figure>\n");
  }

  private static void track(
      StringBuilder html, ContributionLogo logo, String title, String caption) {
    html.append("<li>").append(logo.small(title)).append("<p class=\"small\">");
    html.append(caption).append("</p></li>\n");
  }
}
