package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.nn.layer.MotifConvolutionParameters;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * Where training starts: uniform weights within 1 / sqrt(inputs), as PyTorch's, and half of the
 * filters with an enriched word of the training part in the middle.
 */
final class Initial {
  private static final float LETTER = 0.3f;
  private static final float OTHERS = -0.1f;

  private Initial() {}

  static void set(ComputationGraph graph, Architecture a, Dataset data, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 17);
    float[] filters = uniform(random, a.filters() * a.filterWidth() * 4, 4 * a.filterWidth());
    if (a.head() == Head.CLASSES && a.filterWidth() >= KmerSeeds.K) {
      plant(filters, a, seeds(data, a));
    }
    MotifGraph.set(graph, MotifGraph.MOTIFS, MotifConvolutionParameters.WEIGHT, filters);
    constant(graph, a, MotifConvolutionParameters.BIAS, 0);
    constant(graph, a, MotifConvolutionParameters.SCALE, 1);
    constant(graph, a, MotifConvolutionParameters.SHIFT, 0);
    constant(graph, a, MotifConvolutionParameters.MEAN, 0);
    constant(graph, a, MotifConvolutionParameters.VARIANCE, 1);
    int units = a.windows(data.width()) * a.filters();
    dense(graph, MotifGraph.HIDDEN, random, units, a.hidden());
    dense(graph, MotifGraph.OUTPUT, random, a.hidden(), data.tasks().size());
  }

  private static List<byte[]> seeds(Dataset data, Architecture a) {
    return KmerSeeds.find(
        codes(data.part(Part.TRAIN, true)),
        codes(data.part(Part.TRAIN, false)),
        a.filters() / 2,
        a.strands() == Strands.BOTH);
  }

  private static List<byte[]> codes(List<Example> examples) {
    return examples.stream().map(Example::codes).toList();
  }

  /** Writes the words over the middle of the first filters. */
  private static void plant(float[] filters, Architecture a, List<byte[]> words) {
    int start = (a.filterWidth() - KmerSeeds.K) / 2;
    for (int f = 0; f < words.size(); f++) {
      byte[] word = words.get(f);
      for (int j = 0; j < word.length; j++) {
        int at = (f * a.filterWidth() + start + j) * 4;
        Arrays.fill(filters, at, at + 4, OTHERS);
        filters[at + word[j]] = LETTER;
      }
    }
  }

  private static void constant(ComputationGraph graph, Architecture a, String name, float value) {
    float[] values = new float[a.filters()];
    Arrays.fill(values, value);
    MotifGraph.set(graph, MotifGraph.MOTIFS, name, values);
  }

  private static void dense(
      ComputationGraph graph, String layer, SplittableRandom random, int in, int out) {
    MotifGraph.set(graph, layer, DefaultParamInitializer.WEIGHT_KEY, uniform(random, in * out, in));
    MotifGraph.set(graph, layer, DefaultParamInitializer.BIAS_KEY, uniform(random, out, in));
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
