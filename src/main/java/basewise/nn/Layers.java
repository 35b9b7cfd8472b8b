package basewise.nn;

/** Which layers a network is trained with; what comes of it is the same kind of model. */
public enum Layers {
  /** Ours, made for processors: 3 to 9 times as fast there as PyTorch, and far from a GPU's use. */
  OWN,
  /** DL4J's own, on whatever backend ND4J has found: a GPU with the Maven profile {@code cuda}. */
  PLAIN
}
