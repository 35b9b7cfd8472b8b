package basewise.nn.layer;

import basewise.nn.kernel.Workers;

/** A layer that can share its work among threads; its results do not depend on how many. */
public interface SharesWork {
  /** Gives the layer threads; the caller closes them. */
  void use(Workers workers);
}
