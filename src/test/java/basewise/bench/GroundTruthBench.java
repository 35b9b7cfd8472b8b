package basewise.bench;

import basewise.attribution.Attribution;
import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.InputException;
import basewise.nn.Architecture;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.SequenceModel;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import basewise.nn.kernel.Workers;
import basewise.stats.Ranking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well each method finds bases whose truth is known: a network with two outputs (is there a
 * GATA, is there a TAL1?) is trained on simulated sequences, and the bases of held-out positives
 * are ranked by their scores, all sequences of a task together.
 *
 * <pre>{@code
 * java -cp target/classes:target/test-classes:... basewise.bench.GroundTruthBench SHARED
 *     [motif|motif-pool|dilated|MODEL.zip] [SEQUENCES] [METHOD ...]
 * }</pre>
 *
 * <p>SHARED holds {@code data/interpret/simdata}. {@code motif} is what {@code train} makes, one
 * maximum over the whole sequence; {@code motif-pool} has a maximum per 25 positions, so that it
 * sees each copy of a motif; {@code dilated} ends in a global average, which CAM needs. What was
 * trained is kept as {@code target/bench-NAME.zip}, which may be given in place of a name. Printed
 * are, per method and task, the area under the precision-recall curve (average precision) of the
 * score of the base that is there, and of its absolute value; and the time a sequence takes on one
 * of the threads. A random order has the share of embedded bases, which is the first row.
 */
public final class GroundTruthBench {
  private static final int THREADS = 2;
  private static final int EPOCHS = 12;

  /** All pairs of a sequence are 280,000 forward passes; near ones are enough to find motifs. */
  private static final int NEAR = 10;

  private GroundTruthBench() {}

  /** Trains, explains and prints the table. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    SimulatedMotifs truth =
        SimulatedMotifs.read(Path.of(args[0]).resolve("data/interpret/simdata"));
    String shape = args.length > 1 ? args[1] : "motif";
    int sequences = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    List<Method> methods = new ArrayList<>();
    for (String name : List.of(args).subList(Math.min(args.length, 3), args.length)) {
      methods.add(Method.of(name).orElseThrow(() -> new IllegalArgumentException(name)));
    }
    if (methods.isEmpty()) {
      methods.addAll(Arrays.asList(Method.values()));
    }
    SequenceModel model = train(truth, shape);
    List<List<Example>> positives = new ArrayList<>();
    for (int t = 0; t < SimulatedMotifs.TASKS.size(); t++) {
      positives.add(positives(truth, model, t, sequences));
      auroc(truth, model, t);
    }
    System.out.println(
        "method\tGATA\tTAL1\tmean\tGATA, absolute\tTAL1, absolute\tmean, absolute\tms per"
            + " sequence");
    row("(random order)", chance(truth, positives), 0);
    try (Workers workers = Workers.of(THREADS)) {
      for (Method method : methods) {
        try {
          print(truth, model, method, positives, workers);
        } catch (InputException e) {
          System.out.println(method.label() + "\trefused: " + e.getMessage());
        }
      }
    }
  }

  static SequenceModel train(SimulatedMotifs truth, String shape) {
    if (shape.endsWith(".zip")) {
      return ModelFile.load(Path.of(shape));
    }
    int width = truth.data().width();
    Architecture architecture =
        switch (shape) {
          case "motif" -> Architecture.motif();
          case "motif-pool" -> Architecture.motif().withPool(25);
          case "dilated" -> Architecture.dilated(width);
          default -> throw new IllegalArgumentException(shape);
        };
    TrainOptions options =
        TrainOptions.defaults().withSeed(1).withThreads(THREADS).withEpochs(EPOCHS, EPOCHS);
    Trained trained = Trainer.train(truth.data(), architecture, options, new TrainingProgress() {});
    System.out.printf("%s, %d epochs, the best is %d%n", shape, EPOCHS, trained.bestEpoch());
    Path kept = Path.of("target", "bench-" + shape + ".zip");
    ModelFile.save(trained.model(), kept, ModelOrigin.of(truth.data(), options, Map.of()));
    return trained.model();
  }

  static double auroc(SimulatedMotifs truth, SequenceModel model, int task) {
    List<Example> test = truth.data().part(Part.TEST);
    float[][] logits = model.logits(test.stream().map(Example::codes).toList(), THREADS);
    double[] scores = new double[test.size()];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits[i][task];
      positive[i] = test.get(i).labels()[task] > 0.5;
    }
    double auroc = Ranking.auroc(scores, positive);
    System.out.printf("%s: held-out AUROC %.4f%n", SimulatedMotifs.TASKS.get(task), auroc);
    return auroc;
  }

  /** Held-out sequences with the motif that the network says have it; from both kinds in turn. */
  static List<Example> positives(SimulatedMotifs truth, SequenceModel model, int task, int most) {
    List<Example> one = new ArrayList<>();
    List<Example> two = new ArrayList<>();
    for (Example e : truth.data().part(Part.TEST)) {
      if (e.labels()[task] > 0.5 && model.logits(List.of(e.codes()), 1)[0][task] > 0) {
        (e.labels()[1 - task] > 0.5 ? two : one).add(e);
      }
    }
    List<Example> out = new ArrayList<>();
    for (int i = 0; out.size() < most && i < Math.min(one.size(), two.size()); i++) {
      out.add(one.get(i));
      out.add(two.get(i));
    }
    return out.subList(0, Math.min(most, out.size()));
  }

  private static double[] chance(SimulatedMotifs truth, List<List<Example>> positives) {
    double[] out = new double[2 * positives.size()];
    for (int t = 0; t < positives.size(); t++) {
      int bases = 0;
      int marked = 0;
      for (Example e : positives.get(t)) {
        for (boolean mark : truth.embedded(e, t)) {
          bases++;
          marked += mark ? 1 : 0;
        }
      }
      out[t] = (double) marked / bases;
      out[t + positives.size()] = out[t];
    }
    return out;
  }

  private static void print(
      SimulatedMotifs truth,
      SequenceModel model,
      Method method,
      List<List<Example>> positives,
      Workers workers) {
    AttributionOptions options = AttributionOptions.defaults().toBuilder().distance(NEAR).build();
    double[] areas = new double[2 * positives.size()];
    long nanos = 0;
    int explained = 0;
    for (int t = 0; t < positives.size(); t++) {
      int task = t;
      Attributor attributor = new Attributor(model, Target.of(t), options);
      attributor.check(method);
      List<Example> examples = positives.get(t);
      int width = truth.data().width();
      double[] scores = new double[examples.size() * width];
      boolean[] marks = new boolean[scores.length];
      long start = System.nanoTime();
      workers.run(
          examples.size(),
          i -> {
            Example e = examples.get(i);
            Attribution a = attributor.explain(method, e.codes(), i);
            boolean[] embedded = truth.embedded(e, task);
            for (int p = 0; p < width; p++) {
              scores[i * width + p] = a.scores()[p * 4 + e.codes()[p]];
              marks[i * width + p] = embedded[p];
            }
          });
      nanos += System.nanoTime() - start;
      explained += examples.size();
      areas[t] = Ranking.auprc(scores, marks);
      areas[t + positives.size()] =
          Ranking.auprc(Arrays.stream(scores).map(Math::abs).toArray(), marks);
    }
    row(method.label(), areas, nanos / 1e6 * THREADS / explained);
  }

  private static void row(String name, double[] areas, double millis) {
    System.out.printf(
        "%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.1f%n",
        name,
        areas[0],
        areas[1],
        (areas[0] + areas[1]) / 2,
        areas[2],
        areas[3],
        (areas[2] + areas[3]) / 2,
        millis);
  }
}
