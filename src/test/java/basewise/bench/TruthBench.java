package basewise.bench;

import basewise.cli.Main;
import basewise.discovery.DiscoveryOptions;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs {@code discover} with its defaults on every set of a truth table and says how often the
 * first motif is the right factor, and how the network's held-out AUROC compares with a baseline's.
 *
 * <pre>{@code
 * java -cp target/classes:target/test-classes:... basewise.bench.TruthBench SHARED [--motifs-from WHAT] [SET ...]
 * }</pre>
 *
 * <p>SHARED holds {@code quality/truth.tsv} (set, file below {@code data}, accepted names, taxon)
 * and {@code quality/baseline.tsv}. A run is right when one of the five best matches of motif_1
 * with q below 0.05 has an accepted name. WHAT is as {@code discover} takes it, filters if left
 * out. Networks are trained by one native thread, as the launcher sees to: with more, sums come out
 * otherwise, and so may a set whose two best motifs are close.
 */
public final class TruthBench {
  private static final Map<String, Pattern> FAMILIES =
      Map.of(
          "EBOX",
          Pattern.compile(
              "^(USF|MYC|MAX|MXI|MNT|MLX|MITF|TFE|ARNT|BHLHE4|BMAL|CLOCK|HEY|HES|NPAS2|SREBF|HIF1A|EPAS).*"),
          "ETS",
          Pattern.compile(
              ".*(ETS|ETV|ELK|ELF|EHF|ERG|FLI|FEV|GABP|SPI1|SPIB|SPIC|SPDEF|ERF|ZBTB11).*"));

  private TruthBench() {}

  /** Prints a line per set and the sums. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    if (!"1".equals(System.getenv("OMP_NUM_THREADS"))) {
      System.err.println("TruthBench: set OMP_NUM_THREADS=1, as the launcher does");
      System.exit(2);
    }
    Path shared = Path.of(args[0]);
    boolean chosen = args.length > 2 && args[1].equals("--motifs-from");
    String from = chosen ? args[2] : DiscoveryOptions.DEFAULT.from().word();
    List<String> only = List.of(args).subList(chosen ? 3 : 1, args.length);
    Map<String, Double> baseline = new HashMap<>();
    for (String line : Files.readAllLines(shared.resolve("quality/baseline.tsv"))) {
      String[] t = line.split("\t", -1);
      if (!t[0].equals("set")) {
        baseline.put(t[0], Double.parseDouble(t[6]));
      }
    }
    int right = 0;
    int all = 0;
    int low = 0;
    double gain = 0;
    for (String line : Files.readAllLines(shared.resolve("quality/truth.tsv"))) {
      String[] t = line.split("\t", -1);
      if (line.startsWith("#") || !(only.isEmpty() || only.contains(t[0]))) {
        continue;
      }
      Path out = Files.createTempDirectory("truth").resolve("out");
      int code =
          Main.run(
              "discover",
              shared.resolve("data").resolve(t[1]).toString(),
              "--taxon",
              t[3],
              "--seed",
              "1",
              "--quiet",
              "--motifs-from",
              from,
              "--out",
              out.toString());
      if (code != 0) {
        System.out.printf("%-16s %-12s exit code %d%n", t[0], from, code);
        all++;
        continue;
      }
      List<String> names = matches(out);
      boolean ok = names.stream().anyMatch(n -> accepted(t[2], n));
      JsonObject run =
          JsonParser.parseString(Files.readString(out.resolve("run.json"))).getAsJsonObject();
      double auroc = run.getAsJsonObject("test").get("auroc").getAsDouble();
      double seconds = run.getAsJsonObject("seconds").get("total").getAsDouble();
      double peer = baseline.getOrDefault(t[0], Double.NaN);
      int held =
          run.getAsJsonObject("counts").getAsJsonObject("windows").get("test_positives").getAsInt();
      double difference = auroc - peer;
      double error =
          Math.hypot(standardError(auroc, held), standardError(peer, Math.min(held, 500)));
      all++;
      right += ok ? 1 : 0;
      gain += difference;
      low += difference < -2 * error ? 1 : 0;
      System.out.printf(
          "%-16s %-12s %-5s AUROC %.3f (%+.3f, two standard errors %.3f)%s  %.1f s  %s  %s%n",
          t[0],
          from,
          ok ? "right" : "WRONG",
          auroc,
          difference,
          2 * error,
          difference < -2 * error ? " LOW" : "",
          seconds,
          first(out),
          names);
    }
    System.out.printf(
        "right %d of %d, mean AUROC difference %+.4f, lower by two standard errors: %d%n",
        right, all, gain / all, low);
  }

  private static String first(Path out) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("motifs.tsv"));
    return lines.size() < 2 ? "no motif" : lines.get(1).split("\t", -1)[2];
  }

  /** Names of the five best matches of the first motif with q below 0.05. */
  private static List<String> matches(Path out) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("matches.tsv"))) {
      String[] m = line.split("\t", -1);
      if (m[0].equals("motif_1") && Double.parseDouble(m[5]) < 0.05 && names.size() < 5) {
        names.add(m[10]);
      }
    }
    return names;
  }

  private static boolean accepted(String rule, String name) {
    return FAMILIES
        .getOrDefault(rule, Pattern.compile(rule))
        .matcher(name.toUpperCase(Locale.ROOT))
        .find();
  }

  /** Of an AUROC with n positives and n negatives (Hanley and McNeil 1982). */
  private static double standardError(double a, int n) {
    double q1 = a / (2 - a);
    double q2 = 2 * a * a / (1 + a);
    double m = n - 1;
    return Math.sqrt((a * (1 - a) + m * (q1 - a * a) + m * (q2 - a * a)) / ((double) n * n));
  }
}
