package basewise.nn;

import basewise.nn.kernel.FilterActivation;

/**
 * The shape of a {@code motif} network: convolution, maximum over strands and positions, batch
 * norm, activation, dropout, dense ReLU, dense output. The defaults live in {@link #DEFAULT}.
 *
 * @param filters number of convolution filters
 * @param filterWidth bases per filter
 * @param strands whether filters are tried on both strands
 * @param pool positions per window of the maximum; 0 is one maximum over the whole sequence
 * @param activation what follows batch norm
 * @param hidden units of the dense layer
 * @param dropout share of filter activations dropped while training, in [0, 1)
 * @param weightDecay decoupled weight decay of all weights (not biases), per step and unit of
 *     learning rate
 * @param head what the outputs mean
 */
public record MotifArchitecture(
    int filters,
    int filterWidth,
    Strands strands,
    int pool,
    FilterActivation activation,
    int hidden,
    double dropout,
    double weightDecay,
    Head head)
    implements Architecture {
  /** Its {@link #name}. */
  public static final String NAME = "motif";

  /** {@link #dropout} by default. */
  public static final double DROPOUT = 0.5;

  /** {@link #dropout} by default for sets too small to choose an epoch by. */
  public static final double SMALL_DROPOUT = 0.7;

  /** {@link #weightDecay} by default. */
  public static final double WEIGHT_DECAY = 0.01;

  /** {@link #weightDecay} by default for sets too small to choose an epoch by. */
  public static final double SMALL_WEIGHT_DECAY = 0.1;

  /** Checks the ranges. */
  public MotifArchitecture {
    if (filters < 1 || filterWidth < 2 || hidden < 1 || pool < 0) {
      throw new IllegalArgumentException(
          "filters %d, filter width %d, hidden %d, pool %d"
              .formatted(filters, filterWidth, hidden, pool));
    }
    if (!(dropout >= 0 && dropout < 1) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException("dropout %s, decay %s".formatted(dropout, weightDecay));
    }
  }

  /** The defaults. */
  static final MotifArchitecture DEFAULT =
      new MotifArchitecture(
          64, 19, Strands.BOTH, 0, FilterActivation.RELU, 32, DROPOUT, WEIGHT_DECAY, Head.CLASSES);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int widestLayer() {
    return 4; // its input; the maximum is taken as it goes
  }

  @Override
  public int shortest() {
    return Math.max(1, pool) + filterWidth - 1;
  }

  /**
   * The defaults for a set with so many validation examples: one too small to choose an epoch by
   * ({@link TrainOptions#enoughToChoose}) is also one that a network learns by heart, and is held
   * back more.
   */
  static MotifArchitecture of(int validation) {
    return TrainOptions.enoughToChoose(validation)
        ? DEFAULT
        : DEFAULT.withRegularisation(SMALL_DROPOUT, SMALL_WEIGHT_DECAY);
  }

  /** The same with another number of filters. */
  public MotifArchitecture withFilters(int n) {
    return new MotifArchitecture(
        n, filterWidth, strands, pool, activation, hidden, dropout, weightDecay, head);
  }

  /** The same with another filter width. */
  public MotifArchitecture withFilterWidth(int width) {
    return new MotifArchitecture(
        filters, width, strands, pool, activation, hidden, dropout, weightDecay, head);
  }

  /** The same on other strands. */
  public MotifArchitecture withStrands(Strands s) {
    return new MotifArchitecture(
        filters, filterWidth, s, pool, activation, hidden, dropout, weightDecay, head);
  }

  /** The same with a maximum over windows of {@code positions}; 0 is one over everything. */
  public MotifArchitecture withPool(int positions) {
    return new MotifArchitecture(
        filters, filterWidth, strands, positions, activation, hidden, dropout, weightDecay, head);
  }

  /** The same with another activation. */
  public MotifArchitecture withActivation(FilterActivation a) {
    return new MotifArchitecture(
        filters, filterWidth, strands, pool, a, hidden, dropout, weightDecay, head);
  }

  /** The same with another size of the dense layer. */
  public MotifArchitecture withHidden(int units) {
    return new MotifArchitecture(
        filters, filterWidth, strands, pool, activation, units, dropout, weightDecay, head);
  }

  @Override
  public MotifArchitecture withRegularisation(double newDropout, double newWeightDecay) {
    return new MotifArchitecture(
        filters, filterWidth, strands, pool, activation, hidden, newDropout, newWeightDecay, head);
  }

  @Override
  public MotifArchitecture withHead(Head h) {
    return new MotifArchitecture(
        filters, filterWidth, strands, pool, activation, hidden, dropout, weightDecay, h);
  }

  /** Windows of the maximum that a sequence of {@code length} bases fills. */
  public int windows(int length) {
    return pool == 0 ? 1 : Math.max(0, length - filterWidth + 1) / pool;
  }
}
