package basewise.discovery;

import basewise.dataset.Example;
import basewise.motif.CountMatrix;
import basewise.nn.MotifModel;
import java.util.List;

/**
 * Finds patterns in the contributions of the bases to what a network says. Like filters they are
 * only starting points: they are refined, merged and judged on the same path.
 */
public interface PatternSource {
  /** The fold that says that none is left out. */
  int WHOLE = -1;

  /**
   * A pattern to start from.
   *
   * @param pattern its rank, 0-based; several starts may be of one pattern
   * @param counts how often each base is there in its seqlets
   */
  record Start(int pattern, CountMatrix counts) {}

  /**
   * The patterns of a network. Folds may be asked for at the same time, on several threads.
   *
   * @param fold which fold the network never saw, or {@link #WHOLE}
   * @param positives those that motifs may be made of, none of them held out
   * @param threads worker threads; results do not depend on them
   */
  List<Start> find(int fold, MotifModel model, List<Example> positives, int threads);
}
