package basewise.bench;

import basewise.compare.Distance;
import basewise.compare.Match;
import basewise.compare.PlainTomtom;
import basewise.compare.Tomtom;
import basewise.compare.TomtomOptions;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long 100 queries against all of JASPAR 2026 take. Answers are first checked against the plain
 * definition; then times are printed as ratios to it and, if a Python that has memelite is named,
 * to memelite in the same run.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java -cp
 * target/classes:target/test-classes basewise.bench.CompareBench [PYTHON] [THREADS]} with a JDK 25.
 */
public final class CompareBench {
  private static final int QUERIES = 100;
  private static final int CHECKED = 3;

  /** Its processor time tells how much of a run's time a busy machine took away. */
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CompareBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    List<Motif> known = MotifLibrary.installed().resolve("jaspar");
    List<Motif> queries = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      queries.add(known.get(i * known.size() / QUERIES));
    }
    System.out.printf(
        Locale.ROOT,
        "%d queries, %d targets, %d threads, Java %s, %s, %d processors%n",
        QUERIES,
        known.size(),
        threads,
        Runtime.version(),
        processor(),
        Runtime.getRuntime().availableProcessors());
    for (Distance distance : List.of(Distance.PEARSON, Distance.EUCLIDEAN)) {
      time(known, queries, TomtomOptions.DEFAULTS.with(distance), threads);
    }
    if (args.length > 0 && !args[0].isEmpty()) {
      memelite(args[0], known, queries, threads);
    }
  }

  private static void time(
      List<Motif> known, List<Motif> queries, TomtomOptions options, int threads) {
    List<Double> seconds = new ArrayList<>();
    double work = Double.POSITIVE_INFINITY;
    List<List<Match>> all = List.of();
    for (int run = 0; run < 6; run++) {
      long start = System.nanoTime();
      long before = PROCESS.getProcessCpuTime();
      all = Tomtom.against(known, options).compare(queries, threads);
      seconds.add((System.nanoTime() - start) / 1e9);
      work = Math.min(work, (PROCESS.getProcessCpuTime() - before) / 1e9);
    }
    long start = System.nanoTime();
    PlainTomtom plain = new PlainTomtom(known, options);
    for (int q = 0; q < CHECKED; q++) {
      check(all.get(q * QUERIES / CHECKED), plain.compare(queries.get(q * QUERIES / CHECKED)));
    }
    double plainSeconds = (System.nanoTime() - start) / 1e9 / CHECKED * QUERIES;
    double best = seconds.stream().min(Double::compare).orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%s: equals the plain definition; first call %.3f s, best of 6 %.3f s (%.3f s of processor"
            + " time); plain definition,"
            + " one thread, %.0f s: %.0f times as long%n",
        options.distance().word(),
        seconds.get(0),
        best,
        work,
        plainSeconds,
        plainSeconds / best);
  }

  private static void check(List<Match> fast, List<Match> plain) {
    for (int i = 0; i < plain.size(); i++) {
      Match a = fast.get(i);
      Match b = plain.get(i);
      if (!a.target().id().equals(b.target().id())
          || a.offset() != b.offset()
          || a.overlap() != b.overlap()
          || a.orientation() != b.orientation()
          || Math.abs(a.pvalue() - b.pvalue()) > 3e-7 * b.pvalue()) {
        throw new AssertionError(a + " is not " + b);
      }
    }
  }

  private static void memelite(String python, List<Motif> known, List<Motif> queries, int threads)
      throws Exception {
    Path folder = Files.createTempDirectory("compare-bench");
    Files.writeString(folder.resolve("targets.txt"), text(known));
    Files.writeString(folder.resolve("queries.txt"), text(queries));
    String script =
        """
        import sys, time, importlib.metadata, numpy
        from memelite import tomtom
        def read(name):
            return [numpy.array([float(x) for x in l.split()]).reshape(-1, 4).T.copy() for l in open(name)]
        t, q = read(sys.argv[1]), read(sys.argv[2])
        tomtom(q, t, n_jobs=int(sys.argv[3]))
        best = 1e9
        for _ in range(5):
            s = time.time()
            tomtom(q, t, n_jobs=int(sys.argv[3]))
            best = min(best, time.time() - s)
        print('memelite %s (approximate medians, merged columns, Euclidean): best of 5 %.3f s' % (
            importlib.metadata.version('memelite'), best))
        """;
    Process run =
        new ProcessBuilder(
                python,
                "-c",
                script,
                folder.resolve("targets.txt").toString(),
                folder.resolve("queries.txt").toString(),
                Integer.toString(threads))
            .inheritIO()
            .start();
    run.waitFor();
    Files.delete(folder.resolve("targets.txt"));
    Files.delete(folder.resolve("queries.txt"));
    Files.delete(folder);
  }

  private static String text(List<Motif> motifs) {
    StringBuilder text = new StringBuilder();
    for (Motif m : motifs) {
      for (double[] row : m.probabilities().toArray()) {
        for (double p : row) {
          text.append(p).append(' ');
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String processor() throws Exception {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(l -> l.startsWith("model name"))
        .findFirst()
        .map(l -> l.substring(l.indexOf(':') + 2))
        .orElse("unknown");
  }
}
