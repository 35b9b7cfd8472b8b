package basewise.bench;

import basewise.io.NpyArray;
import basewise.io.NpzInput;
import basewise.io.NpzOutput;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifAlignment;
import basewise.motif.format.MotifFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code patterns} beside modisco-lite on the same files: whole processes, in turn, 2 threads each;
 * the least of several times counts. What they found is printed first: of each of the peer's
 * patterns, the overlap score of the most similar one of ours.
 *
 * <p>Run from the repository root after {@code mvn -q package -DskipTests} (the launcher must find
 * nothing to build), with a JDK 25 and the test class path:
 *
 * <pre>{@code
 * java ... basewise.bench.PatternsBench MODISCO [REPEATS [ROW ...]]
 * }</pre>
 *
 * <p>MODISCO is the program of modisco-lite 3.0.0; a ROW is {@code talgata_gkm}, {@code
 * talgata_ism} or {@code ctcf_cnn}.
 */
public final class PatternsBench {
  private static final Path INPUT = Path.of("../shared/data/interpret");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private record Row(
      String name, Path sequences, String ohe, Path scores, String hyp, int window, int seqlets) {}

  private record Run(double seconds, double megabytes) {}

  private PatternsBench() {}

  /** Compares, then times. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String modisco = args[0];
    int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : List.of();
    Path talgata = INPUT.resolve("talgata_gkm_400x4x200.npz");
    Path ctcf = INPUT.resolve("ctcf_cnn");
    List<Row> rows =
        List.of(
            new Row("talgata_gkm", talgata, "ohe", talgata, "gkmexplain", 200, 2000),
            new Row("talgata_ism", talgata, "ohe", talgata, "ism", 200, 2000),
            new Row(
                "ctcf_cnn",
                ctcf.resolve("ctcf_ohe.npz"),
                "arr_0",
                ctcf.resolve("ctcf_hyp.npz"),
                "arr_0",
                100,
                20_000));
    System.out.println("row\tours s\tpeer s\tratio\tours MB\tpeer MB");
    for (Row row : rows) {
      if (wanted.isEmpty() || wanted.contains(row.name)) {
        bench(row, modisco, repeats);
      }
    }
  }

  private static void bench(Row row, String modisco, int repeats)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("patterns-bench");
    Path sequences = plain(row.sequences, row.ohe, folder.resolve("ohe.npz"));
    Path scores = plain(row.scores, row.hyp, folder.resolve("hyp.npz"));
    String s = sequences.toString();
    String a = scores.toString();
    String window = Integer.toString(row.window);
    String out = folder.resolve("ours").toString();
    List<String> ours =
        List.of(
            "./basewise",
            "patterns",
            "--sequences",
            s,
            "--scores",
            a,
            "--window",
            window,
            "--out",
            out,
            "--force",
            "--threads",
            "2",
            "--quiet");
    String h5 = folder.resolve("peer.h5").toString();
    String most = Integer.toString(row.seqlets);
    List<String> peer =
        List.of(modisco, "motifs", "-s", s, "-a", a, "-n", most, "-w", window, "-o", h5);
    Run us = new Run(Double.MAX_VALUE, 0);
    Run them = us;
    for (int i = 0; i < repeats; i++) {
      us = better(us, run(ours));
      them = better(them, run(peer));
      if (i == 0) {
        String meme = folder.resolve("peer.meme").toString();
        run(List.of(modisco, "meme", "-i", h5, "-t", "PFM", "-o", meme, "-q"));
        agreement(MotifFile.read(meme), MotifFile.read(out + "/motifs.meme"));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s\t%.2f\t%.2f\t%.1f\t%.0f\t%.0f%n",
        row.name,
        us.seconds,
        them.seconds,
        them.seconds / us.seconds,
        us.megabytes,
        them.megabytes);
  }

  /** The array alone, as float32 and under the name that the peer wants. */
  private static Path plain(Path file, String array, Path to) {
    try (NpzInput input = NpzInput.open(file);
        NpzOutput out = NpzOutput.to(to)) {
      NpyArray numbers = input.array(array);
      out.array("arr_0", numbers.shape().stream().mapToInt(Integer::intValue).toArray());
      out.write(numbers.floats());
      out.seal();
      out.commit();
    }
    return to;
  }

  private static void agreement(List<Motif> theirs, List<Motif> ours) {
    for (Motif t : theirs) {
      String best = "none";
      double most = Double.NEGATIVE_INFINITY;
      for (Motif o : ours) {
        MotifAlignment aligned =
            MotifAlignment.best(t.probabilities(), o.probabilities(), Background.UNIFORM, true);
        if (aligned.containment() > most) {
          most = aligned.containment();
          best = "%s (%.0f seqlets)".formatted(o.id(), o.sites().orElse(0));
        }
      }
      System.out.printf(Locale.ROOT, "# peer's %s: %.3f with %s%n", t.id(), most, best);
    }
    System.out.println("# patterns: theirs " + theirs.size() + ", ours " + ours.size());
  }

  private static Run better(Run a, Run b) {
    return new Run(Math.min(a.seconds, b.seconds), Math.max(a.megabytes, b.megabytes));
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NUMBA_NUM_THREADS", "2");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = builder.start();
    double megabytes = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      megabytes = Math.max(megabytes, peak(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
    return new Run(seconds, megabytes);
  }

  /** The most memory that a process had resident, without its children; 0 once it has ended. */
  private static double peak(long pid) {
    try {
      Matcher m = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return m.find() ? Long.parseLong(m.group(1)) / 1024.0 : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
