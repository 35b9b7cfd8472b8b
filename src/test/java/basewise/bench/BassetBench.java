package basewise.bench;

import basewise.nn.Architecture;
import basewise.nn.Dense;
import basewise.nn.RandomTrunks;
import basewise.nn.TrunkArchitecture;
import basewise.nn.TrunkModel;
import basewise.nn.TrunkStep;
import basewise.nn.kernel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A training step and inference of {@code basset}, 600 bases, 164 tasks, float32, 2 threads, beside
 * PyTorch in the same run with the same weights: loss, gradients and outputs are compared first.
 * Arguments: a Python with torch (without one only our own figures are printed), and the batch
 * (64).
 */
public final class BassetBench {
  private static final int LENGTH = 600;
  private static final int TASKS = 164;

  /**
   * Sequences whose gradients are compared. A value within rounding of 0 or of its neighbour goes
   * another way through ReLU or a maximum, which among these happens to none.
   */
  private static final int CHECKED = 4;

  private static final int TIMES = 7;

  private BassetBench() {}

  /** Checks, then times. */
  public static void main(String[] args) throws Exception {
    int n = args.length > 1 ? Integer.parseInt(args[1]) : 64;
    TrunkArchitecture a = Architecture.basset().withRegularisation(0, 0);
    TrunkModel model = RandomTrunks.model(a, LENGTH, TASKS);
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> codes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      byte[] c = new byte[LENGTH];
      for (int j = 0; j < LENGTH; j++) {
        c[j] = (byte) random.nextInt(4);
      }
      codes.add(c);
    }
    float[] labels = new float[n * TASKS];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
    }
    try (Workers workers = Workers.of(2)) {
      List<byte[]> few = codes.subList(0, CHECKED);
      TrunkStep check = new TrunkStep(model, few, Arrays.copyOf(labels, CHECKED * TASKS), workers);
      Map<String, float[]> gradients = check.gradients();
      double[] peer = new double[2];
      if (args.length > 0) {
        Path folder = Files.createTempDirectory("basset");
        write(folder, model, codes, labels);
        peer = peer(args[0], folder, n);
        compare(folder, check.loss(), gradients, model.logits(few, 2));
      }
      TrunkStep step = new TrunkStep(model, codes, labels, workers);
      double train = best(step::run);
      double infer = best(() -> model.logits(codes, 2));
      print("basewise", train, infer, n);
      if (args.length > 0) {
        print("pytorch", peer[0], peer[1], n);
        System.out.printf(
            Locale.ROOT, "ratio\ttrain %.2f\tinfer %.2f%n", peer[0] / train, peer[1] / infer);
      }
    }
  }

  private static void print(String who, double train, double infer, int n) {
    System.out.printf(
        Locale.ROOT,
        "%s\ttrain %.0f ms (%.0f seq/s)\tinfer %.0f ms (%.0f seq/s)%n",
        who,
        train,
        n / train * 1000,
        infer,
        n / infer * 1000);
  }

  /** Milliseconds of the fastest of some runs. */
  private static double best(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  private static void write(Path folder, TrunkModel model, List<byte[]> codes, float[] labels)
      throws IOException {
    byte[] all = new byte[codes.size() * LENGTH];
    for (int i = 0; i < codes.size(); i++) {
      System.arraycopy(codes.get(i), 0, all, i * LENGTH, LENGTH);
    }
    Files.write(folder.resolve("codes"), all);
    floats(folder.resolve("labels"), labels);
    for (int i = 0; i < model.blocks().size(); i++) {
      TrunkModel.Block b = model.blocks().get(i);
      String name = "block" + (i + 1) + "_";
      floats(folder.resolve(name + "W"), b.weights());
      floats(folder.resolve(name + "b"), b.bias());
      floats(folder.resolve(name + "gamma"), b.scale());
      floats(folder.resolve(name + "beta"), b.shift());
    }
    Dense hidden = java.util.Objects.requireNonNull(model.hidden());
    floats(folder.resolve("hidden_W"), hidden.weights());
    floats(folder.resolve("hidden_b"), hidden.bias());
    floats(folder.resolve("output_W"), model.output().weights());
    floats(folder.resolve("output_b"), model.output().bias());
  }

  private static void floats(Path file, float[] values) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    Files.write(file, b.array());
  }

  private static float[] floats(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    float[] out = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
    return out;
  }

  private static void compare(
      Path folder, double loss, Map<String, float[]> gradients, float[][] outputs)
      throws IOException {
    same("loss", new float[] {(float) loss}, floats(folder.resolve("loss")));
    float[] flat = new float[outputs.length * TASKS];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = outputs[i / TASKS][i % TASKS];
    }
    same("outputs", flat, floats(folder.resolve("outputs")));
    for (Map.Entry<String, float[]> e : gradients.entrySet()) {
      Path theirs = folder.resolve(e.getKey() + ".gradient");
      boolean statistic = e.getKey().endsWith("_mean") || e.getKey().endsWith("_var");
      if (!statistic && !e.getKey().matches("block\\d_b")) { // 0 before batch norm
        same(e.getKey(), e.getValue(), floats(theirs));
      }
    }
  }

  private static void same(String name, float[] ours, float[] theirs) {
    if (ours.length != theirs.length) {
      throw new AssertionError(name + ": " + ours.length + " numbers and " + theirs.length);
    }
    double largest = 0;
    double error = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]));
      error = Math.max(error, Math.abs((double) ours[i] - theirs[i]));
    }
    System.out.printf(
        Locale.ROOT, "%s: largest %.4g, largest difference %.2g%n", name, largest, error);
    if (!(error <= 1e-4 * largest)) {
      throw new AssertionError(name + " differs by " + error + " of " + largest);
    }
  }

  private static double[] peer(String python, Path folder, int n) throws Exception {
    Process p =
        new ProcessBuilder(
                python,
                Path.of("src/test/python/basset_peer.py").toString(),
                folder.toString(),
                "" + n)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader in = p.inputReader()) {
      String line = in.readLine();
      String[] f = line.split("\t");
      return new double[] {Double.parseDouble(f[0]), Double.parseDouble(f[1])};
    }
  }
}
