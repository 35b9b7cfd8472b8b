package basewise.bench;

import basewise.compare.Match;
import basewise.compare.Tomtom;
import basewise.compare.TomtomOptions;
import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.DiscoveredMotif;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.motif.MotifLibrary;
import basewise.nn.Architecture;
import basewise.nn.SequenceModel;
import basewise.nn.TrainOptions;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import basewise.stats.Ranking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

public final class TruthBench {
  private static final Map<String, Pattern> NAMED =
      Map.of(
          "EBOX",
          Pattern.compile(
              "^(USF|MYC|MYCN|MAX|MXI|MNT|MLX|MITF|TFE[3BC]|TFEB|TFEC|ARNT|ARNTL|BHLHE4|BMAL|CLOCK|HEY|HES|NPAS2|SREBF|MLXIPL|ARNT2|MAX::MYC|HIF1A|EPAS).*"),
          "ETS",
          Pattern.compile(".*(ETS|ETV|ELK|ELF|EHF|ERG|FLI|FEV|GABP|SPI|SPDEF|ERF|ZBTB11).*"));

  private TruthBench() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Path shared = Path.of("../shared");
    List<String> only = new ArrayList<>();
    int cap = Integer.MAX_VALUE;
    for (String a : args) {
      if (a.startsWith("--cap=")) {
        cap = Integer.parseInt(a.substring(6));
      } else {
        only.add(a);
      }
    }
    Map<String, Double> baseline = new HashMap<>();
    for (String line : Files.readAllLines(shared.resolve("quality/baseline.tsv"))) {
      String[] t = line.split("\t");
      if (!t[0].equals("set")) {
        baseline.put(t[0], Double.parseDouble(t[6]));
      }
    }
    int right = 0;
    int all = 0;
    double gain = 0;
    Map<String, Tomtom> known = new HashMap<>();
    for (String line : Files.readAllLines(shared.resolve("quality/truth.tsv"))) {
      String[] t = line.split("\t");
      if (line.startsWith("#") || (!only.isEmpty() && !only.contains(t[0]))) {
        continue;
      }
      Tomtom tomtom =
          known.computeIfAbsent(
              t[3],
              x ->
                  Tomtom.against(
                      MotifLibrary.installed().resolve("jaspar", x), TomtomOptions.DEFAULTS));
      long t0 = System.nanoTime();
      Dataset data = positivesOnly(shared.resolve("data").resolve(t[1]), cap);
      long t1 = System.nanoTime();
      Architecture arch = Architecture.motif();
      if (data.width() < 30) {
        arch = arch.withFilterWidth(Math.min(arch.filterWidth(), data.width()));
      }
      TrainOptions options = TrainOptions.defaults();
      Architecture a = arch;
      Discovery.ModelTraining training =
          (d, seeds) -> Trainer.train(d, a, options, seeds, TrainingProgress.NONE).model();
      Discovery discovery = new Discovery(data, DiscoveryOptions.DEFAULT, 1, 2);
      SequenceModel model =
          training.train(data, discovery.seedFilters(a.filterWidth(), a.filters() / 2));
      long t2 = System.nanoTime();
      List<Example> test = data.part(Part.TEST);
      float[][] logits = model.logits(test.stream().map(Example::codes).toList(), 2);
      double[] s = new double[test.size()];
      boolean[] y = new boolean[s.length];
      for (int i = 0; i < s.length; i++) {
        s[i] = logits[i][0];
        y[i] = test.get(i).positive();
      }
      double auroc = Ranking.auroc(s, y);
      int np = 0;
      for (boolean b : y) {
        np += b ? 1 : 0;
      }
      double se = hanley(baseline.getOrDefault(t[0], Double.NaN), np, y.length - np);
      Discovery.Result result = discovery.run(model, training);
      long t3 = System.nanoTime();
      List<DiscoveredMotif> motifs = new ArrayList<>(result.found());
      boolean ok = false;
      StringBuilder text = new StringBuilder();
      int filters = model.filters().filters();
      for (int i = 0; i < Math.min(3, motifs.size()); i++) {
        DiscoveredMotif m = motifs.get(i);
        List<Match> matches =
            tomtom.compare(m.motif()).stream().filter(x -> x.qvalue() < 0.05).limit(5).toList();
        if (i == 0) {
          ok = matches.stream().anyMatch(x -> accepted(t[2], x.target().name()));
        }
        text.append(
            String.format(
                "   %d %-30s %s%d train %.1f heldout %.1f (%d/%d %d/%d) auroc %.3f infl %.4f copies"
                    + " %.2f %s %s%n",
                i + 1,
                m.motif().name(),
                m.candidate().origin() < filters ? "filter" : "word",
                m.candidate().origin(),
                m.candidate().training().logPvalue(),
                m.heldOut().logPvalue(),
                m.heldOut().positivesWith(),
                m.heldOut().positives(),
                m.heldOut().negativesWith(),
                m.heldOut().negatives(),
                m.auroc(),
                m.influence(),
                m.copies(),
                matches.stream().map(x -> x.target().name()).toList(),
                m.notes()));
      }
      all++;
      right += ok ? 1 : 0;
      gain += auroc - baseline.getOrDefault(t[0], Double.NaN);
      System.out.printf(
          "%s %-14s n %d w %d auroc %.3f (%+.3f, 2se %.3f)%s found %d  data %.1f train %.1f"
              + " discover %.1f s%n%s",
          ok ? "RIGHT" : "WRONG",
          t[0],
          data.examples().size() / 2,
          data.width(),
          auroc,
          auroc - baseline.getOrDefault(t[0], Double.NaN),
          2 * se,
          auroc < baseline.getOrDefault(t[0], Double.NaN) - 2 * se ? " LOW" : "",
          motifs.size(),
          (t1 - t0) / 1e9,
          (t2 - t1) / 1e9,
          (t3 - t2) / 1e9,
          text);
    }
    System.out.printf("right %d of %d, mean AUROC gain %+.4f%n", right, all, gain / all);
  }

  /** Standard error of an AUROC (Hanley and McNeil 1982). */
  private static double hanley(double a, int p, int n) {
    double q1 = a / (2 - a);
    double q2 = 2 * a * a / (1 + a);
    return Math.sqrt(
        (a * (1 - a) + (p - 1) * (q1 - a * a) + (n - 1) * (q2 - a * a)) / ((double) p * n));
  }

  private static boolean accepted(String rule, String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    Pattern p = NAMED.getOrDefault(rule, Pattern.compile(rule));
    return p.matcher(upper).find();
  }

  private static Dataset positivesOnly(Path file, int cap) throws Exception {
    Dataset whole = DatasetBuilder.build(file.toString(), DatasetOptions.defaults());
    List<byte[]> positives =
        new ArrayList<>(
            whole.examples().stream()
                .filter(e -> e.positive() && e.parent() < 0)
                .map(Example::codes)
                .toList());
    boolean labelled = whole.examples().stream().anyMatch(e -> !e.positive() && e.parent() < 0);
    if (!labelled && positives.size() <= cap) {
      return whole;
    }
    if (positives.size() > cap) {
      java.util.Collections.shuffle(positives, new Random(1));
      positives = positives.subList(0, cap);
    }
    Path temporary = Files.createTempFile("positives", ".seq");
    Files.write(temporary, positives.stream().map(basewise.sequence.Dna::decode).toList());
    try {
      return DatasetBuilder.build(temporary.toString(), DatasetOptions.defaults());
    } finally {
      Files.delete(temporary);
    }
  }
}
