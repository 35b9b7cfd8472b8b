package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.StrandBias;
import basewise.discovery.Discovery;
import basewise.io.Wording;
import basewise.report.HeldOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reader should know before believing a report. */
final class Warnings {
  private Warnings() {}

  /** That filters look at one strand, if they do because of what was read. */
  static Optional<String> of(@Nullable StrandBias direction) {
    return Optional.ofNullable(direction)
        .map(d ->
            "The positives have a direction: %s stands in %d of them as read only and in %d turned"
                    .formatted(d.word(), d.asRead(), d.turned())
                + " only, so only the strand as read was looked at; --strands both looks at both.");
  }

  static List<String> of(
      Dataset data,
      @Nullable StrandBias direction,
      Discovery.Result result,
      HeldOut.Judgement network,
      HeldOut.Judgement baseline) {
    List<String> out = new ArrayList<>();
    if (data.tooSmallToSplit()) {
      out.add(
          "The set is too small to set a test part aside: all numbers on unseen data come from"
              + " cross-validation.");
    }
    of(direction).ifPresent(out::add);
    if (result.found().isEmpty()) {
      out.add("No motif passed the held-out test.");
    }
    if (network.auroc().known() && network.auroc().low() <= 0.5) {
      out.add("The network does not tell held-out positives from negatives better than chance.");
    } else if (network.auroc().known()
        && baseline.auroc().known()
        && network.auroc().value() < baseline.auroc().low()) {
      out.add("The k-mer baseline does better than the network on this set.");
    }
    Long aside = data.counts().get(Dataset.SET_ASIDE);
    if (aside != null) {
      out.add(
          Wording.count(aside, "row labelled 0 was", "rows labelled 0 were")
              + " set aside; --negatives labels compares the positives with "
              + (aside == 1 ? "it" : "them")
              + " instead of with their own shuffles.");
    }
    return out;
  }
}
