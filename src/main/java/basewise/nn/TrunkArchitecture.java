package basewise.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A trunk of convolutions, one after the other, and dense layers on top of it.
 *
 * <p>{@code basset} (Kelley, Snoek and Rinn 2016): three convolutions with batch norm, ReLU and
 * maximum, a dense ReLU layer with dropout, a dense output. {@code dilated} (the trunk of BPNet;
 * Avsec and others 2021): a convolution, residual convolutions whose dilation doubles, the mean
 * over positions, a dense output.
 *
 * @param name {@value #BASSET} or {@value #DILATED}
 * @param blocks of the trunk, from the sequence upwards; the first reads one-hot DNA
 * @param average whether the mean over positions follows the trunk; else its positions are laid
 *     side by side
 * @param hidden units of the dense ReLU layer before the output; 0 is none
 * @param strands {@link Strands#BOTH}: in training a sequence is read as it is or as its reverse
 *     complement, as chance has it in each epoch; a prediction is that of the sequence as given
 * @param dropout share of hidden units dropped while training, in [0, 1)
 * @param weightDecay decoupled weight decay of all weights (not biases), per step and unit of
 *     learning rate
 * @param head what the outputs mean
 */
public record TrunkArchitecture(
    String name,
    List<TrunkBlock> blocks,
    boolean average,
    int hidden,
    Strands strands,
    double dropout,
    double weightDecay,
    Head head)
    implements Architecture {
  /** The name of the three-convolution network. */
  public static final String BASSET = "basset";

  /** The name of the network of dilated convolutions. */
  public static final String DILATED = "dilated";

  /** Bases per window of basset, where the input has them. */
  public static final int BASSET_WINDOW = 600;

  /** Bases per window of dilated, where the input has them. */
  public static final int DILATED_WINDOW = 1000;

  /** Adam's first step by default. */
  public static final double LEARNING_RATE = 1e-3;

  /** Examples per step by default. */
  public static final int BATCH = 64;

  /** {@link #dropout} of basset by default, that of its authors. */
  private static final double DROPOUT = 0.3;

  private static final double WEIGHT_DECAY = 0.01;

  private static final int DILATED_FILTERS = 64;
  private static final int DILATED_FIRST = 21;
  private static final int DILATED_WIDTH = 3;
  private static final int DILATED_BLOCKS = 8;

  /** Checks the parts. */
  public TrunkArchitecture {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || hidden < 0) {
      throw new IllegalArgumentException(blocks.size() + " blocks, hidden " + hidden);
    }
    if (!(dropout >= 0 && dropout < 1) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException("dropout %s, decay %s".formatted(dropout, weightDecay));
    }
    for (int i = 0; i < blocks.size(); i++) {
      TrunkBlock b = blocks.get(i);
      if (b.residual() && (i == 0 || blocks.get(i - 1).filters() != b.filters())) {
        throw new IllegalArgumentException("block " + (i + 1) + " cannot add its input");
      }
    }
  }

  /** Filters 300 of 19, 200 of 11, 200 of 7, maxima over 3, 4 and 4, 1,000 hidden units. */
  static TrunkArchitecture basset() {
    return new TrunkArchitecture(
        BASSET,
        List.of(
            TrunkBlock.pooled(300, 19, 3),
            TrunkBlock.pooled(200, 11, 4),
            TrunkBlock.pooled(200, 7, 4)),
        false,
        1000,
        Strands.BOTH,
        DROPOUT,
        WEIGHT_DECAY,
        Head.CLASSES);
  }

  /**
   * 64 filters of 21, then residual blocks of 64 filters of 3 with dilation 2, 4, ... 256: as many
   * of the 8 as fit, a filter of dilation d being 2 d + 1 bases long.
   *
   * @param window bases
   */
  static TrunkArchitecture dilated(int window) {
    List<TrunkBlock> blocks = new ArrayList<>();
    blocks.add(new TrunkBlock(DILATED_FILTERS, DILATED_FIRST, 1, false, false, 1));
    for (int i = 1; i <= DILATED_BLOCKS && 2 * (1 << i) + 1 <= window; i++) {
      blocks.add(new TrunkBlock(DILATED_FILTERS, DILATED_WIDTH, 1 << i, false, true, 1));
    }
    return new TrunkArchitecture(
        DILATED, blocks, true, 0, Strands.BOTH, 0, WEIGHT_DECAY, Head.CLASSES);
  }

  @Override
  public int widestLayer() {
    return blocks.stream().mapToInt(TrunkBlock::filters).max().orElse(0);
  }

  @Override
  public int shortest() {
    int pools = 1;
    for (TrunkBlock b : blocks) {
      pools *= b.pool();
    }
    return Math.max(pools, blocks.getFirst().width());
  }

  /** The same on other strands. */
  public TrunkArchitecture withStrands(Strands s) {
    return new TrunkArchitecture(name, blocks, average, hidden, s, dropout, weightDecay, head);
  }

  @Override
  public TrunkArchitecture withRegularisation(double newDropout, double newWeightDecay) {
    return new TrunkArchitecture(
        name, blocks, average, hidden, strands, newDropout, newWeightDecay, head);
  }

  @Override
  public TrunkArchitecture withHead(Head h) {
    return new TrunkArchitecture(name, blocks, average, hidden, strands, dropout, weightDecay, h);
  }

  /** Positions that block {@code i} reads of a window of {@code width} bases. */
  int length(int i, int width) {
    int length = width;
    for (TrunkBlock b : blocks.subList(0, i)) {
      length /= b.pool();
    }
    return length;
  }

  /** Channels that block {@code i} reads. */
  int channels(int i) {
    return i == 0 ? 4 : blocks.get(i - 1).filters();
  }

  /** Numbers that leave the trunk for a window of {@code width} bases. */
  int units(int width) {
    int channels = blocks.getLast().filters();
    return average ? channels : length(blocks.size(), width) * channels;
  }
}
