package basewise.bench;

import basewise.attribution.Attribution;
import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.dataset.Example;
import basewise.io.InputException;
import basewise.nn.SequenceModel;
import basewise.nn.kernel.Workers;
import basewise.nn.network.Network;
import basewise.stats.Ranking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether a method looks at what a network learned (Adebayo and others 2018): layers forget their
 * weights one after another, from the output to the input, and the map should change.
 *
 * <pre>{@code
 * java -cp target/classes:target/test-classes:... basewise.bench.SanityBench SHARED
 *     [motif|motif-pool|dilated|MODEL.zip] [SEQUENCES] [METHOD ...]
 * }</pre>
 *
 * <p>The networks are those of {@link GroundTruthBench}, and so are the sequences: held-out
 * positives of the task that the network learned better. Printed is, per method and number of
 * layers (of many some), the rank correlation (Spearman) of the scores of the bases that are there
 * with those of the whole network, the mean over sequences and over three draws of other weights;
 * then the same of absolute scores. A map without differences has the correlation 0.
 */
public final class SanityBench {
  private static final int THREADS = 2;
  private static final int NEAR = 10;
  private static final int SEED = 17;

  /** Draws of other weights: where a map is smooth one of them says little. */
  private static final int DRAWS = 3;

  /** Of more layers than this the first, the middle, all above the filters, and all. */
  private static final int ALL = 4;

  /** Held-out AUROC of the task that is explained, at least. */
  private static final double LEARNED = 0.9;

  private SanityBench() {}

  /** Trains, forgets, explains and prints the table. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    SimulatedMotifs truth =
        SimulatedMotifs.read(Path.of(args[0]).resolve("data/interpret/simdata"));
    String shape = args.length > 1 ? args[1] : "motif-pool";
    int sequences = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    List<Method> methods = new ArrayList<>();
    for (String name : List.of(args).subList(Math.min(args.length, 3), args.length)) {
      methods.add(Method.of(name).orElseThrow(() -> new IllegalArgumentException(name)));
    }
    if (methods.isEmpty()) {
      methods.addAll(Arrays.asList(Method.values()));
    }
    SequenceModel model = GroundTruthBench.train(truth, shape);
    int task = 0;
    double[] auroc = new double[SimulatedMotifs.TASKS.size()];
    for (int t = 0; t < auroc.length; t++) {
      auroc[t] = GroundTruthBench.auroc(truth, model, t);
      task = auroc[t] > auroc[task] ? t : task;
    }
    List<Example> examples = GroundTruthBench.positives(truth, model, task, sequences);
    // A mean of nothing would look like a map that changed altogether, and what was never learned
    // cannot be forgotten.
    if (auroc[task] < LEARNED || examples.isEmpty()) {
      throw new IllegalStateException("the network learned neither motif: nothing to explain");
    }
    System.out.printf(
        "explained: %s, %d sequences%n", SimulatedMotifs.TASKS.get(task), examples.size());
    Network network = Network.of(model);
    List<String> layers = RandomWeights.layers(network);
    int[] numbers =
        layers.size() <= ALL
            ? IntStream.rangeClosed(1, layers.size()).toArray()
            : new int[] {1, layers.size() / 2, layers.size() - 1, layers.size()};
    StringBuilder head = new StringBuilder("method");
    for (String kind : List.of("", ", absolute")) {
      for (int n : numbers) {
        head.append("\tfrom the output to ").append(layers.get(n - 1)).append(kind);
      }
    }
    System.out.println(head);
    try (Workers workers = Workers.of(THREADS)) {
      for (Method method : methods) {
        try {
          System.out.println(row(network, numbers, method, task, examples, workers));
        } catch (InputException e) {
          System.out.println(method.label() + "\trefused: " + e.getMessage());
        }
      }
    }
  }

  private static String row(
      Network network,
      int[] numbers,
      Method method,
      int task,
      List<Example> examples,
      Workers workers) {
    double[][] whole = scores(network, method, task, examples, workers);
    double[] signed = new double[numbers.length];
    double[] absolute = new double[numbers.length];
    double parts = (double) DRAWS * whole.length;
    for (int n = 0; n < numbers.length; n++) {
      for (int draw = 0; draw < DRAWS; draw++) {
        Network other = RandomWeights.of(network, numbers[n], SEED + draw);
        double[][] forgotten = scores(other, method, task, examples, workers);
        for (int i = 0; i < whole.length; i++) {
          signed[n] += spearman(whole[i], forgotten[i]) / parts;
          absolute[n] += spearman(positive(whole[i]), positive(forgotten[i])) / parts;
        }
      }
    }
    StringBuilder row = new StringBuilder(method.label());
    for (double[] each : List.of(signed, absolute)) {
      for (double r : each) {
        row.append("\t%.2f".formatted(r));
      }
    }
    return row.toString();
  }

  /** Scores of the bases that are there, by sequence. */
  private static double[][] scores(
      Network network, Method method, int task, List<Example> examples, Workers workers) {
    AttributionOptions options = AttributionOptions.defaults().toBuilder().distance(NEAR).build();
    // Deep Taylor decomposition explains outputs above 0; which way an output goes that has
    // forgotten is chance, and relevance turned round is relevance.
    Attributor up = new Attributor(network, Target.of(task), options);
    Target less = new Target(List.of(new Target.Term(task, -1)));
    Attributor down = new Attributor(network, less, options);
    up.check(method);
    double[][] out = new double[examples.size()][];
    workers.run(
        out.length,
        i -> {
          byte[] codes = examples.get(i).codes();
          Attribution a;
          try {
            a = up.explain(method, codes, i);
          } catch (InputException e) {
            a = down.explain(method, codes, i);
          }
          out[i] = new double[codes.length];
          for (int p = 0; p < codes.length; p++) {
            out[i][p] = a.scores()[p * 4 + codes[p]];
          }
        });
    return out;
  }

  private static double[] positive(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
  }

  /** Spearman's rank correlation, ties sharing their rank. */
  static double spearman(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double middle = (x.length - 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - middle) * (y[i] - middle);
      xx += (x[i] - middle) * (x[i] - middle);
      yy += (y[i] - middle) * (y[i] - middle);
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  private static double[] ranks(double[] values) {
    int[] order = Ranking.descending(values);
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j < order.length && values[order[j]] == values[order[i]]) {
        j++;
      }
      for (int k = i; k < j; k++) {
        ranks[order[k]] = (i + j - 1) / 2.0;
      }
      i = j;
    }
    return ranks;
  }
}
