package basewise.bench;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.nn.Architecture;
import basewise.nn.MotifArchitecture;
import basewise.nn.SequenceModel;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import basewise.nn.kernel.MotifKernel;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Training and inference of the motif network, sequences a second, beside PyTorch in the same run:
 * 128 filters of 20 on both strands, 200 bases, batch 256, float32, 2 threads. Argument: a Python
 * with torch; without one only our own figures are printed.
 */
public final class TrainBench {
  private static final int N = 256 * 24;
  private static final int LENGTH = 200;
  private static final int EPOCHS = 6;

  private TrainBench() {}

  /** Checks the kernel against its plain twin, then times. */
  public static void main(String[] args) throws Exception {
    List<Example> examples = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < N; i++) {
      byte[] codes = new byte[LENGTH];
      for (int j = 0; j < LENGTH; j++) {
        codes[j] = (byte) random.nextInt(4);
      }
      examples.add(new Example("s" + i, null, codes, new float[] {i & 1}, Part.TRAIN, -1));
    }
    MotifArchitecture a = Architecture.motif().withFilters(128).withFilterWidth(20);
    check(examples, a);
    Dataset data = new Dataset(LENGTH, List.of("label"), examples, Map.of());
    TrainOptions o =
        TrainOptions.defaults().withBatch(256).withThreads(2).withEpochs(EPOCHS, EPOCHS);
    long[] ends = new long[EPOCHS + 1];
    Trained trained =
        Trainer.train(
            data,
            a,
            o,
            List.of(),
            new TrainingProgress() {
              @Override
              public void step(long done, long total, double loss) {
                if (done % (N / 256) == 0) {
                  ends[(int) (done / (N / 256))] = System.nanoTime();
                }
              }
            });
    double best = 0;
    for (int e = 3; e <= EPOCHS; e++) {
      best = Math.max(best, N / ((ends[e] - ends[e - 1]) / 1e9));
    }
    double infer = inference(trained.model(), examples);
    System.out.printf(Locale.ROOT, "basewise\ttrain %.0f\tinfer %.0f seq/s%n", best, infer);
    if (args.length > 0) {
      double[] peer = peer(args[0]);
      System.out.printf(Locale.ROOT, "pytorch\ttrain %.0f\tinfer %.0f seq/s%n", peer[0], peer[1]);
      System.out.printf(
          Locale.ROOT, "ratio\ttrain %.1f\tinfer %.1f%n", best / peer[0], infer / peer[1]);
    }
  }

  private static double inference(SequenceModel model, List<Example> examples) {
    List<byte[]> codes = examples.stream().map(Example::codes).toList();
    double best = 0;
    for (int i = 0; i < 6; i++) {
      long start = System.nanoTime();
      float[][] z = model.logits(codes, 2);
      best = Math.max(best, z.length / ((System.nanoTime() - start) / 1e9));
    }
    return best;
  }

  private static void check(List<Example> examples, MotifArchitecture a) {
    float[] w = new float[a.filters() * a.filterWidth() * 4];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) random.nextGaussian();
    }
    List<float[]> answers = new ArrayList<>();
    for (MotifKernel k :
        List.of(
            MotifKernel.of(w, a.filters(), a.filterWidth(), true),
            MotifKernel.scalar(w, a.filters(), a.filterWidth(), true))) {
      int[] rows = new int[LENGTH + 1];
      float[] value = new float[a.filters()];
      k.prepare(examples.getFirst().codes(), 0, LENGTH, rows);
      k.best(rows, 0, k.positions(LENGTH), value, new int[a.filters()], 0);
      answers.add(value);
    }
    if (!Arrays.equals(answers.get(0), answers.get(1))) {
      throw new AssertionError("the vector kernel differs from its plain twin");
    }
  }

  private static double[] peer(String python) throws Exception {
    Process p =
        new ProcessBuilder(python, Path.of("src/test/python/train_peer.py").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader in = p.inputReader()) {
      String[] f = in.readLine().split("\t");
      return new double[] {Double.parseDouble(f[0]), Double.parseDouble(f[1])};
    }
  }
}
