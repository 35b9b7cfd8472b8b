package basewise.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Small {@code basset} and {@code dilated} networks, and models of them with random weights. */
public final class RandomTrunks {
  private RandomTrunks() {}

  /** Three blocks with batch norm and maxima that leave a rest, and a hidden layer. */
  public static TrunkArchitecture basset() {
    return new TrunkArchitecture(
        TrunkArchitecture.BASSET,
        List.of(TrunkBlock.pooled(6, 7, 3), TrunkBlock.pooled(5, 5, 2), TrunkBlock.pooled(4, 3, 2)),
        false,
        6,
        Strands.BOTH,
        0,
        0,
        Head.CLASSES);
  }

  /** A block and three residual ones whose dilation doubles, and the mean over positions. */
  public static TrunkArchitecture dilated() {
    List<TrunkBlock> blocks = new ArrayList<>();
    blocks.add(new TrunkBlock(5, 7, 1, false, false, 1));
    for (int d = 2; d <= 8; d *= 2) {
      blocks.add(new TrunkBlock(5, 3, d, false, true, 1));
    }
    return new TrunkArchitecture(
        TrunkArchitecture.DILATED, blocks, true, 0, Strands.BOTH, 0, 0, Head.CLASSES);
  }

  /** A model with random weights; some scales of its batch norms are negative. */
  public static TrunkModel model(TrunkArchitecture a, int width, int tasks) {
    SplittableRandom random = new SplittableRandom(11);
    List<TrunkModel.Block> blocks = new ArrayList<>();
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkBlock b = a.blocks().get(i);
      int inputs = b.width() * a.channels(i);
      float[] scale = new float[b.filters()];
      java.util.Arrays.fill(scale, 1);
      blocks.add(
          new TrunkModel.Block(
              normal(random, inputs * b.filters(), 1.5 / Math.sqrt(inputs)),
              normal(random, b.filters(), 0.2),
              b.norm() ? normal(random, b.filters(), 1) : scale,
              b.norm() ? normal(random, b.filters(), 0.3) : new float[b.filters()]));
    }
    int units = a.units(width);
    @Nullable Dense hidden = a.hidden() == 0 ? null : dense(random, units, a.hidden());
    List<String> names = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      names.add("task" + t);
    }
    Dense output = dense(random, hidden == null ? units : a.hidden(), tasks);
    return new TrunkModel(a, width, names, blocks, hidden, output);
  }

  private static Dense dense(SplittableRandom random, int in, int out) {
    return new Dense(in, out, normal(random, in * out, 0.4), normal(random, out, 0.2));
  }

  private static float[] normal(SplittableRandom random, int n, double deviation) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (random.nextGaussian() * deviation);
    }
    return out;
  }
}
