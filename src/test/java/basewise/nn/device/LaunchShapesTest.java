package basewise.nn.device;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.SanitizedShim;
import basewise.cuda.ShimLibrary;
import basewise.nn.kernel.FilterActivation;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The network's kernels through the shim, an emulation on the CPU, in every launch shape, with
 * threads in a shuffled order between barriers: bit for bit what the CPU computes.
 */
class LaunchShapesTest {
  private static final List<SeededModel> EXACT =
      SeededModel.STRADDLING.stream().filter(m -> m.activation() == FilterActivation.RELU).toList();

  /** Small ones, for sanitizers: one maximum, several, more filters than lanes, one strand. */
  private static final List<SeededModel> SMALL =
      List.of(EXACT.get(0), EXACT.get(2), EXACT.get(4), EXACT.get(5));

  private static final boolean[] BOTH = {true, false};

  @Test
  void mutagenesisInEveryShape() {
    long seed = 1;
    for (SeededModel shape : EXACT) {
      boolean large = shape.filters() * shape.length() > 4000;
      NeuralLaunch kernels = new NeuralLaunch(ShimLibrary.shared(), shape, large ? 2 : 3);
      PlainMutagenesis plain = new PlainMutagenesis(kernels.model());
      float[][] expected = kernels.codes().stream().map(plain::differences).toArray(float[][]::new);
      for (int warps : large ? new int[] {3} : new int[] {1, 3, 4}) {
        for (int grid : large ? new int[] {2} : new int[] {1, 5}) {
          for (boolean cached : BOTH) {
            ShimLibrary.shared().seed(seed++);
            assertThat(kernels.ism(grid, warps, cached))
                .as("%s: %d blocks of %d warps, cached %s", shape, grid, warps, cached)
                .isDeepEqualTo(expected);
          }
        }
      }
    }
  }

  /** Whether the tables of a tile fit the shared memory of an H100. */
  private static boolean narrow(NeuralLaunch kernels) {
    return MotifTables.of(kernels.model().filters()).tileBytes() < 200 << 10;
  }

  @Test
  void firstLayerAndHeadInEveryShape() {
    long seed = 1;
    for (SeededModel shape : EXACT) {
      boolean large = shape.filters() * shape.length() > 4000;
      NeuralLaunch kernels = new NeuralLaunch(ShimLibrary.shared(), shape, large ? 2 : 4);
      float[][] pooled = kernels.model().pooled(kernels.codes(), 1);
      float[][] logits = kernels.model().logits(kernels.codes(), 1);
      for (int warps : large ? new int[] {2, 8} : new int[] {1, 2, 3, 8}) {
        for (int groups : new int[] {1, 2, 7}) {
          for (boolean wide : narrow(kernels) ? BOTH : new boolean[] {true}) {
            ShimLibrary.shared().seed(seed++);
            int stage = 64 << groups % 3;
            assertThat(kernels.pooled(wide, groups, warps, stage))
                .as("%s: %d groups of %d warps, %d staged, %s", shape, groups, warps, stage, wide)
                .isDeepEqualTo(pooled);
          }
          assertThat(kernels.head(pooled, groups, warps))
              .as("%s: %d blocks of %d warps", shape, groups, warps)
              .isDeepEqualTo(logits);
        }
      }
    }
  }

  private static void watched(SanitizedShim shim, int grid, int warps) {
    for (SeededModel shape : SMALL) {
      NeuralLaunch kernels = new NeuralLaunch(shim, shape, 3);
      PlainMutagenesis plain = new PlainMutagenesis(kernels.model());
      float[][] expected = kernels.codes().stream().map(plain::differences).toArray(float[][]::new);
      float[][] pooled = kernels.model().pooled(kernels.codes(), 1);
      for (boolean flag : BOTH) {
        assertThat(kernels.ism(grid, warps, flag)).as("%s", shape).isDeepEqualTo(expected);
        assertThat(kernels.pooled(flag, grid, warps, 64)).as("%s", shape).isDeepEqualTo(pooled);
      }
      assertThat(kernels.head(pooled, grid, warps))
          .as("%s", shape)
          .isDeepEqualTo(kernels.model().logits(kernels.codes(), 1));
    }
  }

  @Test
  @Tag("long")
  void memoryAndUndefinedBehaviour() {
    watched(SanitizedShim.memory(), 2, 3);
    watched(SanitizedShim.memory(), 5, 1);
  }

  @Test
  @Tag("long")
  void racesInAndBetweenBlocks() {
    watched(SanitizedShim.races(2), 2, 2);
  }
}
