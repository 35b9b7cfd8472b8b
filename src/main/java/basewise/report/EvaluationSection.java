package basewise.report;

import basewise.io.Wording;
import basewise.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How well the network tells positives from negatives, and how it came to. */
final class EvaluationSection {
  private EvaluationSection() {}

  static String of(DiscoveryReport report) {
    StringBuilder html =
        new StringBuilder(
            """
            <section id="evaluation" aria-labelledby="evaluation-h">
            <h2 id="evaluation-h">How well the network tells</h2>
            """);
    html.append("<p class=\"lead\">").append(judgement(report)).append("</p>\n");
    scores(html, report);
    html.append("<div class=\"charts\">\n");
    curves(html, report);
    training(html, report);
    html.append("</div>\n");
    history(html, report);
    return html.append("</section>\n").toString();
  }

  private static String judgement(DiscoveryReport report) {
    if (!report.testAuroc().known()) {
      return "The network was not tested on held-out sequences.";
    }
    if (!report.baselineAuroc().known()) {
      return "Measured on sequences the network never saw.";
    }
    double gain = report.testAuroc().value() - report.baselineAuroc().value();
    boolean apart =
        report.testAuroc().hasInterval()
            && report.baselineAuroc().hasInterval()
            && report.testAuroc().low() > report.baselineAuroc().high();
    if (apart) {
      return "On sequences it never saw the network is clearly above the k-mer baseline:"
          + " it earned its keep.";
    }
    return gain > 0
        ? "On sequences it never saw the network is above the k-mer baseline, by less than the"
            + " intervals are wide."
        : "On sequences it never saw the network is not above the k-mer baseline: the motifs may"
            + " still be right, the network adds nothing to simple counts.";
  }

  private static void scores(StringBuilder html, DiscoveryReport report) {
    html.append(
        """
        <table class="plain scores"><caption class="hidden">Areas under the curves on held-out examples</caption>
        <thead><tr><th scope="col">Held-out test</th><th scope="col">%s</th><th scope="col">%s</th></tr></thead>
        <tbody>
        """
            .formatted(Term.AUROC.link(), Term.AUPRC.link()));
    html.append("<tr><th scope=\"row\"><i class=\"key network\"></i>Network</th>");
    html.append(score(Term.AUROC, report.testAuroc(), "network"));
    html.append(score(Term.AUPRC, report.testAuprc(), "network"));
    html.append("</tr>\n<tr><th scope=\"row\"><i class=\"key baseline\"></i>");
    html.append(Term.BASELINE.link()).append("</th>");
    html.append(score(Term.AUROC, report.baselineAuroc(), "baseline"));
    html.append(score(Term.AUPRC, report.baselineAuprc(), "baseline"));
    html.append("</tr>\n</tbody></table>\n");
    html.append("<p class=\"quiet small\">In brackets the ").append(Term.INTERVAL.link());
    html.append("; the lines show it on a scale of 0.5 to 1.</p>\n");
  }

  private static String score(Term term, Estimate estimate, String style) {
    if (!estimate.known()) {
      return "<td>%sn/a</td>".formatted(term.cellLabel());
    }
    String interval =
        estimate.hasInterval()
            ? " <span class=\"quiet\">(%s–%s)</span>"
                .formatted(Text.fixed(estimate.low(), 3), Text.fixed(estimate.high(), 3))
            : "";
    return "<td>%s<b class=\"figure\">%s</b>%s%s</td>"
        .formatted(
            term.cellLabel(),
            Text.fixed(estimate.value(), 3),
            interval,
            Charts.whisker(estimate, style));
  }

  private static void curves(StringBuilder html, DiscoveryReport report) {
    if (!report.roc().points().isEmpty()) {
      List<Charts.Line> lines = new ArrayList<>();
      lines.add(
          new Charts.Line(
              "chance", "chance", List.of(new Curve.Point(0, 0), new Curve.Point(1, 1))));
      lines.add(new Charts.Line("k-mer baseline", "baseline", report.baselineRoc().points()));
      lines.add(new Charts.Line("network", "network", report.roc().points()));
      chart(
          html,
          "Receiver operating characteristic",
          Charts.lines(
              "roc",
              "Receiver operating characteristic",
              "Area %s for the network, %s for the k-mer baseline"
                  .formatted(
                      Text.fixed(report.testAuroc().value(), 3),
                      Text.fixed(report.baselineAuroc().value(), 3)),
              Charts.Axis.unit("false positive rate"),
              Charts.Axis.unit("true positive rate"),
              lines,
              Double.NaN),
          lines,
          Double.NaN);
    }
    if (!report.precisionRecall().points().isEmpty()) {
      double prevalence = report.precisionRecall().points().getLast().y();
      List<Charts.Line> lines = new ArrayList<>();
      lines.add(
          new Charts.Line(
              "chance",
              "chance",
              List.of(new Curve.Point(0, prevalence), new Curve.Point(1, prevalence))));
      lines.add(
          new Charts.Line("k-mer baseline", "baseline", report.baselinePrecisionRecall().points()));
      lines.add(new Charts.Line("network", "network", report.precisionRecall().points()));
      chart(
          html,
          "Precision and recall",
          Charts.lines(
              "pr",
              "Precision and recall",
              "Average precision %s for the network, %s for the k-mer baseline"
                  .formatted(
                      Text.fixed(report.testAuprc().value(), 3),
                      Text.fixed(report.baselineAuprc().value(), 3)),
              Charts.Axis.unit("recall"),
              Charts.Axis.unit("precision"),
              lines,
              Double.NaN),
          lines,
          Double.NaN);
    }
  }

  private static void training(StringBuilder html, DiscoveryReport report) {
    List<Curve.Point> train = Charts.over(report.history(), Epoch::trainLoss);
    List<Curve.Point> valid = Charts.over(report.history(), Epoch::validationLoss);
    if (train.size() < 2) {
      return;
    }
    List<Charts.Line> lines = new ArrayList<>();
    lines.add(new Charts.Line("training", "baseline", train));
    lines.add(new Charts.Line("validation", "network", valid));
    int last = report.history().getLast().number();
    int first = report.history().getFirst().number();
    List<Double> marks = new ArrayList<>();
    int step = Math.max(1, (int) Math.ceil((last - first) / 5.0));
    for (int e = first; e <= last; e += step) {
      marks.add((double) e);
    }
    Charts.Axis x = new Charts.Axis("epoch", first, last, marks, 0);
    double kept = report.bestEpoch() > 0 ? report.bestEpoch() : Double.NaN;
    chart(
        html,
        "Training",
        Charts.lines(
            "loss",
            "Loss by epoch",
            "%s; epoch %d was kept"
                .formatted(Wording.count(report.history().size(), "epoch"), report.bestEpoch()),
            x,
            Charts.Axis.around(
                "loss", Stream.concat(train.stream(), valid.stream()).map(Curve.Point::y).toList()),
            lines,
            kept),
        lines,
        kept);
  }

  private static void chart(
      StringBuilder html, String title, String svg, List<Charts.Line> lines, double kept) {
    html.append("<figure><figcaption><b>").append(title).append("</b><span class=\"keys\">");
    for (Charts.Line line : lines.reversed()) {
      if (!line.points().isEmpty()) {
        html.append(
            "<span><i class=\"key %s\"></i>%s</span> "
                .formatted(line.style(), Text.escape(line.name())));
      }
    }
    if (!Double.isNaN(kept)) {
      html.append("<span><i class=\"key kept\"></i>epoch kept</span>");
    }
    html.append("</span></figcaption>\n").append(svg).append("</figure>\n");
  }

  private static void history(StringBuilder html, DiscoveryReport report) {
    if (report.history().isEmpty()) {
      return;
    }
    html.append(
        """
        <details><summary>Training, epoch by epoch</summary>
        <div class="scroll"><table class="plain"><thead><tr><th scope="col" class="number">Epoch</th>\
        <th scope="col" class="number">Training %s</th><th scope="col" class="number">Validation loss</th>\
        <th scope="col" class="number">Validation AUPRC</th></tr></thead><tbody>
        """
            .formatted(Term.LOSS.link().replace(">Loss<", ">loss<")));
    for (Epoch epoch : report.history()) {
      html.append(
          "<tr%s><th scope=\"row\" class=\"number\">%d%s</th><td class=\"number\">%s</td>"
                  .formatted(
                      epoch.number() == report.bestEpoch() ? " class=\"best\"" : "",
                      epoch.number(),
                      epoch.number() == report.bestEpoch() ? " (kept)" : "",
                      Text.fixed(epoch.trainLoss(), 4))
              + "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n"
                  .formatted(
                      Text.fixed(epoch.validationLoss(), 4),
                      Text.fixed(epoch.validationAuprc(), 4)));
    }
    html.append("</tbody></table></div></details>\n");
  }
}
