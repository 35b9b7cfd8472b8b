package basewise.bench;

import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Quadrature;
import basewise.attribution.Reference;
import basewise.attribution.Target;
import basewise.nn.Head;
import basewise.nn.TrunkArchitecture;
import basewise.nn.kernel.SameConvolution;
import basewise.nn.kernel.Workers;
import basewise.nn.network.Network;
import basewise.nn.network.NetworkFile;
import basewise.nn.network.Precision;
import basewise.sequence.DinucleotideShuffle;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Attribution beside tangermeme and captum: the same weights and sequences, answers compared first,
 * then both timed in turn with 2 threads each, once ours is compiled; the least of several times
 * counts.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}, with a JDK 25 and the test
 * class path:
 *
 * <pre>{@code
 * java ... basewise.bench.AttributionBench PYTHON [REPEATS [ROW ...]]
 * }</pre>
 *
 * <p>PYTHON is of an environment that {@code src/test/scripts/attribution-peers.sh} made; a ROW is
 * a network and a method, as {@code basset-ism}, or a beginning of one, or {@code one-hot} (of 250
 * million bases with -Xmx8g, fewer with less), or {@code trained=FILE.zip}, ISM of a model that
 * {@code train --architecture basset} made of windows of 600 bases, or {@code trained=SHARED}, the
 * same of a {@link TrainedBasset}.
 */
public final class AttributionBench {
  private static final int THREADS = 2;
  private static final int SEQUENCES = 8;
  private static final int SHUFFLES = 20;
  private static final String TRAINED = "trained=";

  /** Nanoseconds of ours before the clock counts: by then what is compiled is compiled. */
  private static final long WARM_UP = 10_000_000_000L;

  /** What is compared: our method, how many sequences of ours and of the peer's are timed. */
  private record Row(String name, Method method, int ours, int theirs, List<String> peers) {}

  private static final List<String> MUTANTS = List.of("ism-fast-32", "ism-fast-256", "ism-slow-32");

  private final PeerProcess peer;
  private final Network network;
  private final List<byte[]> sequences;
  private final List<byte[]> references;
  private final int repeats;
  private final Workers workers = Workers.of(THREADS);

  private AttributionBench(
      PeerProcess peer,
      Network network,
      List<byte[]> sequences,
      List<byte[]> references,
      int repeats) {
    this.peer = peer;
    this.network = network;
    this.sequences = sequences;
    this.references = references;
    this.repeats = repeats;
  }

  /** Compares, then times. */
  public static void main(String[] args) throws IOException {
    int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : List.of("");
    System.out.println("row\tours ms/seq\tpeer ms/seq\tratio\tpeer");
    run("motif", BenchNetworks.motif(), args[0], repeats, wanted, 64, 8);
    run("basset", BenchNetworks.basset(), args[0], repeats, wanted, 2, 1);
    run("dilated", BenchNetworks.dilated(), args[0], repeats, wanted, 2, 1);
    for (String row : wanted) {
      if (row.startsWith(TRAINED)) {
        List<byte[]> chance = sequences(TrunkArchitecture.BASSET_WINDOW);
        Path given = Path.of(row.substring(TRAINED.length()));
        TrainedBasset trained = TrainedBasset.of(given, chance, THREADS);
        Network network = Network.of(trained.model());
        run(
            "trained",
            network,
            trained.sequences(),
            args[0],
            repeats,
            List.of(new Row("ism", Method.ISM, 2, 1, MUTANTS)),
            false);
      }
    }
  }

  private static void run(
      String name,
      Network network,
      String python,
      int repeats,
      List<String> wanted,
      int ours,
      int theirs)
      throws IOException {
    List<Row> rows =
        List.of(
            new Row("ism", Method.ISM, ours, theirs, MUTANTS),
            new Row("deeplift", Method.DEEPSHAP, ours, theirs, List.of("deeplift")),
            new Row("integrated", Method.INTEGRATED_GRADIENTS, ours, theirs, List.of("integrated")),
            new Row("smoothgrad", Method.SMOOTHGRAD, ours, theirs, List.of("smoothgrad")));
    List<Row> chosen =
        rows.stream()
            .filter(r -> wanted.stream().anyMatch((name + "-" + r.name)::startsWith))
            .toList();
    boolean encoding = name.equals("motif") && wanted.stream().anyMatch("one-hot"::startsWith);
    if (!chosen.isEmpty() || encoding) {
      run(name, network, sequences(network.input().length()), python, repeats, chosen, encoding);
    }
  }

  private static void run(
      String name,
      Network network,
      List<byte[]> sequences,
      String python,
      int repeats,
      List<Row> chosen,
      boolean encoding)
      throws IOException {
    Path folder = Files.createTempDirectory("attribution-bench");
    List<byte[]> references =
        IntStream.range(0, SHUFFLES)
            .mapToObj(
                s -> DinucleotideShuffle.shuffleUnlike(sequences.getFirst(), Seeds.generator(3, s)))
            .toList();
    List<String> tasks = IntStream.range(0, network.outputs()).mapToObj(t -> "t" + t).toList();
    new NetworkFile(network, tasks, Head.CLASSES).write(folder);
    write(folder.resolve("sequences.txt"), sequences);
    write(folder.resolve("references.txt"), references);
    try (PeerProcess peer = new PeerProcess(python, folder)) {
      AttributionBench bench = new AttributionBench(peer, network, sequences, references, repeats);
      if (encoding) {
        timeEncoding(peer, repeats);
      }
      for (Row row : chosen) {
        bench.compare(row);
        bench.time(name, row);
      }
      bench.workers.close();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** One thread: text to codes beside int8 one-hot, and codes to float32 beside text to float32. */
  private static void timeEncoding(PeerProcess peer, int repeats) throws IOException {
    int bases = (int) Math.min(250_000_000, Runtime.getRuntime().maxMemory() / 32) / 20 * 20;
    String text = "ACGTTGCANACGGTCAGTCC".repeat(bases / 20);
    byte[] first = Dna.encode(text);
    if (!Dna.decode(first, 0, 1_000_000).equals(text.substring(0, 1_000_000))) {
      throw new AssertionError("the codes are others");
    }
    double[] ours = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] theirs = ours.clone();
    for (int r = 0; r < repeats; r++) {
      long start = System.nanoTime();
      byte[] codes = Dna.encode(text);
      long coded = System.nanoTime();
      float[] x = new float[4 * bases];
      SameConvolution.oneHot(codes, x, 0);
      ours[0] = Math.min(ours[0], (coded - start) / 1e9);
      ours[1] = Math.min(ours[1], (System.nanoTime() - start) / 1e9);
      if (x[0] != 1 || x[4 * bases - 3] != 1) {
        throw new AssertionError("the numbers are others");
      }
      theirs[0] = Math.min(theirs[0], peer.seconds("one-hot " + bases + " int8"));
      theirs[1] = Math.min(theirs[1], peer.seconds("one-hot " + bases + " float32"));
    }
    for (int k = 0; k < 2; k++) {
      System.out.printf(
          Locale.ROOT,
          "one-hot of %d bases, %s\t%.0f ms\t%.0f ms\t%.1f\tone_hot_encode %s%n",
          bases,
          k == 0 ? "codes" : "float32",
          1e3 * ours[k],
          1e3 * theirs[k],
          theirs[k] / ours[k],
          k == 0 ? "int8" : "float32");
    }
  }

  private static List<byte[]> sequences(int length) {
    List<byte[]> out = new ArrayList<>();
    for (int s = 0; s < SEQUENCES; s++) {
      RandomGenerator random = Seeds.generator(4, s);
      byte[] codes = new byte[length];
      for (int i = 0; i < length; i++) {
        codes[i] = (byte) random.nextInt(4);
      }
      out.add(codes);
    }
    return out;
  }

  private static void write(Path file, List<byte[]> sequences) throws IOException {
    Files.write(file, sequences.stream().map(Dna::decode).toList());
  }

  private Attributor attributor(AttributionOptions options) {
    return new Attributor(network, Target.of(0), options);
  }

  /** Our scores of the first sequence against the peer's, defined alike. */
  private void compare(Row row) throws IOException {
    AttributionOptions.Builder o = AttributionOptions.defaults().toBuilder();
    byte[] first = sequences.getFirst();
    switch (row.method) {
      case ISM -> {
        float[] ours = attributor(o.raw(true).build()).explain(Method.ISM, first, 0).scores();
        // The peer's scores are differences of two float32 outputs: of those it has 1e-4 at best.
        double output = network.forward(Network.oneHot(first), Precision.FLOAT64).output()[0];
        close(row, ours, peer.answer(row.peers.getFirst()), 1e-4, 1e-4 * Math.abs(output));
      }
      case DEEPSHAP -> {
        o.reference(Reference.FILE).references(references);
        float[] ours = attributor(o.build()).explain(Method.DEEPLIFT, first, 0).scores();
        close(row, ours, peer.answer("deeplift-given"), 1e-4);
      }
      case INTEGRATED_GRADIENTS -> {
        o.reference(Reference.ZERO).quadrature(Quadrature.MIDPOINT);
        float[] ours = attributor(o.build()).explain(row.method, first, 0).projected(first);
        close(row, ours, peer.answer("integrated"), 1e-4);
      }
      case SMOOTHGRAD -> { // the noise is drawn elsewhere: the same derivative, and nearly the mean
        float[] exact = attributor(o.build()).explain(Method.GRADIENT, first, 0).scores();
        // A ReLU within rounding of 0 may be shut on one side and open on the other.
        close(row, exact, peer.answer("gradient"), 1e-2);
        float[] ours = attributor(o.build()).explain(row.method, first, 0).scores();
        close(row, ours, peer.answer("smoothgrad"), 0.5);
      }
      default -> throw new IllegalArgumentException(row.name);
    }
  }

  private static void close(Row row, float[] ours, float[] theirs, double allowed) {
    close(row, ours, theirs, allowed, 0);
  }

  /** Differences of at most a part of the largest score, and a little. */
  private static void close(Row row, float[] ours, float[] theirs, double allowed, double little) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < theirs.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]));
      worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
    }
    if (ours.length != theirs.length || !(worst <= allowed * largest + little)) {
      throw new AssertionError(
          "%s: %g apart, the largest score is %g".formatted(row.name, worst, largest));
    }
    System.err.printf(
        Locale.ROOT, "%s: answers %.2g apart, largest %.3g%n", row.name, worst, largest);
  }

  private void time(String name, Row row) throws IOException {
    Attributor attributor = attributor(AttributionOptions.defaults());
    for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP; ) {
      workers.run(
          row.ours, i -> attributor.explain(row.method, sequences.get(i % sequences.size()), i));
    }
    double ours = Double.POSITIVE_INFINITY;
    double[] theirs = new double[row.peers.size()];
    Arrays.fill(theirs, Double.POSITIVE_INFINITY);
    for (int r = 0; r < repeats; r++) {
      for (int again = 0; again < 3; again++) {
        long start = System.nanoTime();
        workers.run(
            row.ours, i -> attributor.explain(row.method, sequences.get(i % sequences.size()), i));
        ours = Math.min(ours, (System.nanoTime() - start) / 1e6 / row.ours);
      }
      for (int p = 0; p < theirs.length; p++) {
        double seconds = peer.seconds("time " + row.peers.get(p) + " " + row.theirs);
        theirs[p] = Math.min(theirs[p], seconds * 1e3 / row.theirs);
      }
    }
    for (int p = 0; p < theirs.length; p++) {
      System.out.printf(
          Locale.ROOT,
          "%s-%s\t%.3f\t%.1f\t%.1f\t%s%n",
          name,
          row.name,
          ours,
          theirs[p],
          theirs[p] / ours,
          row.peers.get(p));
    }
  }
}
