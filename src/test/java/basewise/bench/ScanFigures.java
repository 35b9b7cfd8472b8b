package basewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All figures of scanning, one after the other, each benchmark in a process of its own: rates
 * beside other scanners ({@link ScanBench}), writers ({@link WriterBench}), ways in ({@link
 * InputBench}), genomes of growing size and fewer motifs ({@link GenomeBench}), and whole processes
 * of the verb: seconds, processor time, most memory, time to the first hit.
 *
 * <p>{@code ./basewise bench scan [--genome FASTA] [--peers PYTHON] [--whole] [--processes]}:
 * without a genome one of 53 Mb is made; PYTHON is of the virtual environment that {@code
 * src/test/scripts/scan-peers.sh} makes; {@code --whole} adds 3.1 Gb, some minutes; {@code
 * --processes} leaves all but whole processes out.
 */
public final class ScanFigures {
  /**
   * Of hg38's lengths, as much as the upstream regions of fly that figures were first given for.
   */
  private static final String SCALE = "0.0171";

  /** As much as E. coli. */
  private static final String SMALL = "0.0015";

  private static final int REGION = 200;
  private static final int RUNS = 3;

  private final Path home = Path.of(System.getProperty("basewise.home", "."));
  private final Path folder;

  private ScanFigures(Path folder) {
    this.folder = folder;
  }

  /** Prints all figures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path from = Path.of(System.getProperty("basewise.from", "."));
    List<String> given = List.of(args);
    String python = after(given, "--peers");
    String genome = after(given, "--genome");
    Path folder = Files.createTempDirectory("scan-figures");
    try {
      ScanFigures figures = new ScanFigures(folder);
      Path fasta = genome.isEmpty() ? folder.resolve("genome.fa") : from.resolve(genome);
      if (genome.isEmpty()) {
        figures.bench(MarkovGenomeFile.class, fasta.toString(), SCALE);
      }
      if (given.contains("--processes")) {
        figures.processes(fasta);
        return;
      }
      figures.all(
          fasta,
          python.isEmpty() ? "" : from.resolve(python).toString(),
          given.contains("--whole"));
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).forEach(ScanFigures::delete);
      }
    }
  }

  private static String after(List<String> args, String option) {
    int at = args.indexOf(option);
    return at < 0 || at + 1 == args.size() ? "" : args.get(at + 1);
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void all(Path fasta, String python, boolean whole)
      throws IOException, InterruptedException {
    title("in one process: hits checked against the plain loop, then timed");
    if (python.isEmpty()) {
      bench(ScanBench.class, fasta.toString(), "5");
    } else {
      bench(ScanBench.class, fasta.toString(), "5", python);
    }
    title("writers alone");
    bench(WriterBench.class);
    title("ways in");
    bench(InputBench.class, folder.resolve("ways").toString(), "0.03");
    title("a genome of hg38's lengths, made as it is read; a motif costs less the more there are");
    bench(GenomeBench.class, "1", "0.01");
    String[] scales = {"2", "0.001", "0.01", "0.1"};
    bench(GenomeBench.class, whole ? append(scales, "1") : scales);
    title("whole processes, JASPAR's vertebrate motifs, best of " + RUNS);
    processes(fasta);
    if (!python.isEmpty()) {
      title("lightmotif as a whole process, the same work on one thread");
      Path motifs = folder.resolve("motifs.meme");
      run("motifs", "convert", "jaspar:vertebrates", "--to", "meme", "--out", motifs.toString());
      Run peer =
          timed(
              List.of(
                  python,
                  home.resolve("src/test/python/scan_peers.py").toString(),
                  "time",
                  "--peer",
                  "lightmotif",
                  "--repeat",
                  "1",
                  "--motifs",
                  motifs.toString(),
                  "--fasta",
                  fasta.toString()));
      System.out.println(peer.text("lightmotif"));
    }
  }

  private void processes(Path fasta) throws IOException, InterruptedException {
    String all = "jaspar:vertebrates";
    for (String threads : List.of("1", "2")) {
      scan("count, " + threads + " thread(s)", all, fasta, "1536m", threads, "--count");
    }
    scan(".bed, 2 threads", all, fasta, "1536m", "2", "--out", "hits.bed");
    scan(".bed.gz and index, 2 threads", all, fasta, "1536m", "2", "--out", "hits.bed.gz");
    scan("2,633 motifs, --memory 256m, 2 threads", "jaspar", fasta, "256m", "2", "--count");
    Path contig = folder.resolve("contig.fa");
    Path regions = folder.resolve("regions.fa");
    reshape(fasta, contig, regions);
    String one = "jaspar:vertebrates --only MA0139";
    scan("one motif, one contig, 1 thread", one, contig, "3g", "1", "--count");
    scan("one motif, regions of 200 bases, 1 thread", one, regions, "3g", "1", "--count");
    Path small = folder.resolve("small.fa");
    bench(MarkovGenomeFile.class, small.toString(), SMALL);
    double first = Double.POSITIVE_INFINITY;
    for (int i = 0; i < RUNS; i++) {
      first = Math.min(first, firstHit(small));
    }
    System.out.printf(Locale.ROOT, "start to first hit, one motif, 4.6 Mb: %.2f s%n", first);
  }

  private void scan(
      String name, String motifs, Path fasta, String memory, String threads, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scan", "--quiet", "--force"));
    command.add("--motifs");
    command.addAll(List.of(motifs.split(" ")));
    command.addAll(List.of("--genome", fasta.toString()));
    command.addAll(List.of("--memory", memory, "--threads", threads));
    for (String word : more) {
      command.add(word.startsWith("hits.") ? folder.resolve(word).toString() : word);
    }
    Run best = run(command.toArray(String[]::new));
    for (int i = 1; i < RUNS; i++) {
      Run next = run(command.toArray(String[]::new));
      best = next.seconds < best.seconds ? next : best;
    }
    System.out.println(best.text(name));
  }

  /** The same bases as one contig and as regions, lines of 50 letters. */
  private static void reshape(Path fasta, Path contig, Path regions) throws IOException {
    StringBuilder bases = new StringBuilder();
    try (BufferedReader in = Files.newBufferedReader(fasta);
        var one = Files.newBufferedWriter(contig);
        var many = Files.newBufferedWriter(regions)) {
      one.write(">contig\n");
      int n = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(">")) {
          continue;
        }
        bases.append(line);
        while (bases.length() >= REGION) {
          many.write(">chr1:%d-%d%n".formatted(n * REGION + 1, ++n * REGION));
          for (int i = 0; i < REGION; i += 50) {
            many.append(bases, i, i + 50).append('\n');
            one.append(bases, i, i + 50).append('\n');
          }
          bases.delete(0, REGION);
        }
      }
    }
  }

  /** Seconds until a hit can be read. */
  private double firstHit(Path fasta) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                launcher(
                    "scan",
                    "--motifs",
                    "jaspar:vertebrates",
                    "--only",
                    "MA0139",
                    "--genome",
                    fasta.toString(),
                    "--format",
                    "bed"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double seconds;
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && line.startsWith("#")) {
        line = out.readLine();
      }
      seconds = (System.nanoTime() - start) / 1e9;
    }
    process.waitFor();
    return seconds;
  }

  /** What a process took; processor time and memory as last seen while it lived. */
  private record Run(int code, double seconds, double work, long kilobytes) {
    String text(String name) {
      return String.format(
          Locale.ROOT,
          "%s: %.2f s, %.1f s of processor time, at most %d MB%s",
          name,
          seconds,
          work,
          kilobytes / 1024,
          code == 0 ? "" : ", FAILED with " + code);
    }
  }

  private Run run(String... words) throws IOException, InterruptedException {
    return timed(launcher(words));
  }

  private List<String> launcher(String... words) {
    return Stream.concat(Stream.of(home.resolve("basewise").toString()), Arrays.stream(words))
        .toList();
  }

  private static Run timed(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path status = Path.of("/proc/" + process.pid() + "/status");
    Duration work = Duration.ZERO;
    long most = 0;
    while (!process.waitFor(Duration.ofMillis(20))) {
      work = process.info().totalCpuDuration().orElse(work);
      most = Math.max(most, peak(status));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(process.exitValue(), seconds, work.toMillis() / 1e3, most);
  }

  private static long peak(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(l -> l.startsWith("VmHWM"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended, or this is no Linux
    }
  }

  /** Another benchmark, with this machine's options, in a process of its own. */
  private void bench(Class<?> type, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    command.addAll(List.of(args));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(type.getSimpleName() + " ended with " + code);
    }
  }

  private static String[] append(String[] words, String word) {
    String[] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = word;
    return more;
  }

  private static void title(String text) {
    System.out.println();
    System.out.println("== " + text);
  }
}
