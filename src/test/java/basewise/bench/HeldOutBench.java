package basewise.bench;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.nn.Architecture;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import basewise.stats.Ranking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Held-out AUROC of the network on each of the real sets of {@code ../shared/quality}, beside that
 * of a PyTorch network of the same size. Arguments: a regular expression of set names, positives
 * used at most, seed.
 */
public final class HeldOutBench {
  private HeldOutBench() {}

  /** Prints one line per set and the mean difference. */
  public static void main(String[] args) throws Exception {
    String which = args.length > 0 ? args[0] : ".*";
    int most = args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    Path shared = Path.of("../shared");
    Map<String, Double> peer = new HashMap<>();
    for (String line : Files.readAllLines(shared.resolve("quality/baseline.tsv"))) {
      String[] f = line.split("\t", -1);
      if (!f[0].equals("set")) {
        peer.put(f[0], Double.parseDouble(f[6]));
      }
    }
    double sum = 0;
    int n = 0;
    System.out.println(
        "set\tpositives\twidth\tauroc\tpytorch\tdifference\tbest_epoch\tepochs\tseconds");
    for (String line : Files.readAllLines(shared.resolve("quality/truth.tsv"))) {
      String[] f = line.split("\t", -1);
      Double theirs = peer.get(f[0]);
      if (theirs == null || !f[0].matches(which)) {
        continue;
      }
      DatasetOptions options = DatasetOptions.defaults().withSeed(seed);
      Dataset data =
          thinned(DatasetBuilder.build(shared.resolve("data/" + f[1]).toString(), options), most);
      long start = System.nanoTime();
      Architecture a =
          Architecture.motif()
              .withFilterWidth(Math.min(data.width(), Integer.getInteger("filterWidth", 19)))
              .withRegularisation(
                  Double.parseDouble(System.getProperty("dropout", "0.1")),
                  Double.parseDouble(System.getProperty("decay", "1e-3")));
      TrainOptions o =
          TrainOptions.defaults()
              .withSeed(seed)
              .withFreshShuffles(!Boolean.getBoolean("fixed"))
              .withEpochs(8, Integer.getInteger("epochs", 40))
              .withLearningRate(Double.parseDouble(System.getProperty("rate", "2e-3")));
      Trained trained =
          Boolean.getBoolean("discoverySeeds")
              ? Trainer.train(
                  data,
                  a,
                  o,
                  new basewise.discovery.Discovery(
                          data, basewise.discovery.DiscoveryOptions.DEFAULT, 1, 2)
                      .seedFilters(a.filterWidth(), a.filters() / 2),
                  TrainingProgress.NONE)
              : Boolean.getBoolean("noSeeds")
                  ? Trainer.train(data, a, o, List.of(), TrainingProgress.NONE)
                  : Trainer.train(data, a, o, TrainingProgress.NONE);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (Boolean.getBoolean("print")) {
        trained.history().forEach(System.out::println);
      }
      double ours = auroc(trained, data.part(Part.TEST));
      sum += ours - theirs;
      n++;
      System.out.printf(
          Locale.ROOT,
          "%s\t%d\t%d\t%.3f\t%.3f\t%+.3f\t%d\t%d\t%.1f%n",
          f[0],
          data.examples().stream().filter(Example::positive).count(),
          data.width(),
          ours,
          theirs,
          ours - theirs,
          trained.bestEpoch(),
          trained.history().size(),
          seconds);
    }
    System.out.printf(Locale.ROOT, "mean difference over %d sets: %+.4f%n", n, sum / n);
  }

  private static Dataset thinned(Dataset data, int most) {
    long positives = data.examples().stream().filter(Example::positive).count();
    if (positives <= most) {
      return data;
    }
    long keep = Math.max(1, positives / most);
    List<Example> kept = new java.util.ArrayList<>();
    for (int i = 0; i < data.examples().size(); i++) {
      Example e = data.examples().get(i);
      if ((e.parent() < 0 ? i : e.parent()) % keep == 0) {
        kept.add(e);
      }
    }
    return new Dataset(data.width(), data.tasks(), kept, data.counts());
  }

  private static double auroc(Trained trained, List<Example> test) {
    float[][] z = trained.model().logits(test.stream().map(Example::codes).toList(), 2);
    double[] score = new double[z.length];
    boolean[] positive = new boolean[z.length];
    for (int i = 0; i < z.length; i++) {
      score[i] = z[i][0];
      positive[i] = test.get(i).positive();
    }
    return Ranking.auroc(score, positive);
  }
}
