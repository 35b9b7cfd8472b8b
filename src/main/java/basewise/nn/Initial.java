package basewise.nn;

import basewise.dataset.Dataset;
import basewise.nn.layer.ShapedParameters;
import basewise.nn.layer.TrunkConvolution;
import basewise.stats.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * Where training starts: uniform weights within 1 / sqrt(inputs), as PyTorch's, and some filters
 * with weights given from outside.
 */
final class Initial {
  private Initial() {}

  /** Writes the start; seeds are for the filters of a {@code motif} network. */
  static void set(
      ComputationGraph graph, Architecture a, Dataset data, List<float[][]> seeds, long seed) {
    SplittableRandom random = Seeds.generator(seed, -1);
    int tasks = data.tasks().size();
    switch (a) {
      case MotifArchitecture motif -> {
        motifs(graph, motif, random, seeds);
        int units = motif.windows(data.width()) * motif.filters();
        dense(graph, ModelGraph.HIDDEN, random, units, motif.hidden());
        dense(graph, ModelGraph.OUTPUT, random, motif.hidden(), tasks);
      }
      case TrunkArchitecture trunk -> {
        for (int i = 0; i < trunk.blocks().size(); i++) {
          block(graph, TrunkGraph.block(i), random, trunk.blocks().get(i), trunk.channels(i));
        }
        int units = trunk.units(data.width());
        if (trunk.hidden() > 0) {
          dense(graph, ModelGraph.HIDDEN, random, units, trunk.hidden());
          units = trunk.hidden();
        }
        dense(graph, ModelGraph.OUTPUT, random, units, tasks);
      }
    }
  }

  private static void motifs(
      ComputationGraph graph, MotifArchitecture a, SplittableRandom random, List<float[][]> seeds) {
    float[] filters = uniform(random, a.filters() * a.filterWidth() * 4, 4 * a.filterWidth());
    plant(filters, a, seeds);
    ModelGraph.set(graph, MotifGraph.MOTIFS, ShapedParameters.WEIGHT, filters);
    constant(graph, MotifGraph.MOTIFS, ShapedParameters.BIAS, a.filters(), 0);
    constant(graph, MotifGraph.MOTIFS, ShapedParameters.SCALE, a.filters(), 1);
    constant(graph, MotifGraph.MOTIFS, ShapedParameters.SHIFT, a.filters(), 0);
    constant(graph, MotifGraph.MOTIFS, ShapedParameters.MEAN, a.filters(), 0);
    constant(graph, MotifGraph.MOTIFS, ShapedParameters.VARIANCE, a.filters(), 1);
  }

  private static void block(
      ComputationGraph graph, String layer, SplittableRandom random, TrunkBlock b, int channels) {
    int inputs = b.width() * channels;
    ModelGraph.set(
        graph, layer, TrunkConvolution.WEIGHT, uniform(random, inputs * b.filters(), inputs));
    ModelGraph.set(graph, layer, TrunkConvolution.BIAS, uniform(random, b.filters(), inputs));
    if (b.norm()) {
      constant(graph, layer, TrunkConvolution.BIAS, b.filters(), 0);
      constant(graph, layer, TrunkConvolution.SCALE, b.filters(), 1);
      constant(graph, layer, TrunkConvolution.SHIFT, b.filters(), 0);
      constant(graph, layer, TrunkConvolution.MEAN, b.filters(), 0);
      constant(graph, layer, TrunkConvolution.VARIANCE, b.filters(), 1);
    }
  }

  /** Writes the seeds over the first filters. */
  private static void plant(float[] filters, MotifArchitecture a, List<float[][]> seeds) {
    for (int f = 0; f < seeds.size(); f++) {
      for (int j = 0; j < a.filterWidth(); j++) {
        System.arraycopy(seeds.get(f)[j], 0, filters, (f * a.filterWidth() + j) * 4, 4);
      }
    }
  }

  private static void constant(
      ComputationGraph graph, String layer, String name, int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    ModelGraph.set(graph, layer, name, values);
  }

  private static void dense(
      ComputationGraph graph, String layer, SplittableRandom random, int in, int out) {
    ModelGraph.set(graph, layer, DefaultParamInitializer.WEIGHT_KEY, uniform(random, in * out, in));
    ModelGraph.set(graph, layer, DefaultParamInitializer.BIAS_KEY, uniform(random, out, in));
  }

  private static float[] uniform(SplittableRandom random, int n, int inputs) {
    float bound = (float) (1 / Math.sqrt(inputs));
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return out;
  }
}
