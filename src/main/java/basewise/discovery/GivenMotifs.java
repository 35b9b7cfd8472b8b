package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.motif.CountMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence for motifs that were not made here, such as patterns of contribution scores: the
 * threshold comes from the examples they were made from, the evidence from others, as in {@link
 * Discovery}.
 */
public final class GivenMotifs {
  private final Setting setting;

  /**
   * Prepares for a dataset of one label.
   *
   * @param bothStrands whether a site may lie on either strand
   * @param seed of folds and further shuffles
   */
  public GivenMotifs(Dataset data, boolean bothStrands, long seed, int threads) {
    setting =
        Setting.of(data, DiscoveryOptions.DEFAULT.withBothStrands(bothStrands), seed, threads);
  }

  /**
   * Evidence for one motif.
   *
   * @param heldOut presence in examples that took no part in making it
   * @param auroc area under the ROC curve of its best score alone, there
   */
  public record Evidence(Presence heldOut, double auroc) {}

  /** Makes motifs anew. Folds may be asked for at the same time, on several threads. */
  public interface Maker {
    /**
     * The motifs of a fold, made from what is not in it.
     *
     * @param fold which one is left out
     * @param split the same examples in the same order; its test part is the fold
     */
    List<CountMatrix> motifs(int fold, Dataset split);
  }

  /**
   * Judges motifs on the test part.
   *
   * @param motifs made from the training part
   */
  public List<Evidence> onTestPart(List<CountMatrix> motifs) {
    List<Candidate> candidates = candidates(motifs, setting.data().part(Part.TRAIN));
    return said(new HeldOutTest(setting).onTestPart(groups(candidates)));
  }

  /**
   * Judges motifs by cross-validation: in each fold that one is counted which is made without it
   * and is most like the motif, if any is.
   *
   * @param motifs made from all examples
   */
  public List<Evidence> byFolds(List<CountMatrix> motifs, Maker maker) {
    List<Candidate> candidates = candidates(motifs, setting.data().examples());
    return said(
        new HeldOutTest(setting)
            .byFolds(
                groups(candidates),
                (number, fold, rest) -> candidates(maker.motifs(number, fold), rest)));
  }

  private List<Candidate> candidates(List<CountMatrix> motifs, List<Example> fitted) {
    if (motifs.isEmpty()) {
      return List.of();
    }
    List<Candidate> starts = new ArrayList<>();
    for (CountMatrix counts : motifs) {
      starts.add(Candidate.start(new Origin(Origin.Kind.ATTRIBUTIONS, starts.size()), counts));
    }
    Contrast seen = setting.contrast(fitted);
    return new Refinement(
            seen,
            setting.background(),
            setting.options().bothStrands(),
            setting.options().refinement().withRounds(0),
            setting.threads())
        .refine(starts);
  }

  private static List<Merging.Group> groups(List<Candidate> candidates) {
    return candidates.stream().map(c -> new Merging.Group(c, List.of(c.origin()))).toList();
  }

  private static List<Evidence> said(List<HeldOutTest.Judged> judged) {
    return judged.stream().map(j -> new Evidence(j.heldOut(), j.auroc())).toList();
  }
}
