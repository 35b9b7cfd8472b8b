package basewise.nn;

import java.util.List;

/**
 * A trained network, ready to be asked: plain numbers and our kernels, nothing of DL4J. Immutable
 * and safe to share between threads.
 */
public sealed interface SequenceModel permits MotifModel, TrunkModel {
  /** Bases per window it was trained on. */
  int width();

  /** Its shape. */
  Architecture architecture();

  /** Names of the outputs. */
  List<String> tasks();

  /** Whether all of its parameters are finite numbers. */
  boolean isFinite();

  /**
   * Raw outputs: logits, or predictions of a regression.
   *
   * @param codes sequences of {@link #width()} bases each
   * @return [sequence][task]; the same for any number of threads
   */
  float[][] logits(List<byte[]> codes, int threads);
}
