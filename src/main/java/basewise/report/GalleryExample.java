package basewise.report;

import basewise.attribution.Attribution;
import basewise.dataset.Example;
import java.util.List;

/**
 * A held-out sequence and what the network looked at in it.
 *
 * @param sequence the window
 * @param logit what the network said
 * @param scores DeepLIFT's contributions
 * @param sites of the motifs found
 */
public record GalleryExample(
    Example sequence, double logit, Attribution scores, List<MarkedSite> sites) {
  /** Keeps its own copy. */
  public GalleryExample {
    sites = List.copyOf(sites);
  }

  /** The probability that it is bound, as the network has it. */
  double probability() {
    return 1 / (1 + Math.exp(-logit));
  }
}
