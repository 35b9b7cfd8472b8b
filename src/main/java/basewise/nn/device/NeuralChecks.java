package basewise.nn.device;

import basewise.cuda.CudaContext;
import basewise.cuda.KernelCheck;
import basewise.nn.BestSites;
import basewise.nn.MotifModel;
import basewise.nn.network.LocalPass;
import basewise.nn.network.Network;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;

/** Holds the network's kernels on a device to what the CPU computes. */
public final class NeuralChecks {
  /** Of the largest difference that a substitution makes. */
  private static final float LOCAL = 1e-5f;

  private static final int SEQUENCES = 9;
  private static final int THREADS = 1;

  private NeuralChecks() {}

  /** All of them, in a few seconds on a GPU. */
  public static List<KernelCheck> run(CudaContext context) {
    KernelCheck.Count sites =
        new KernelCheck.Count("onehot_conv", "nn.kernel.MotifKernel, bit for bit, sites too");
    KernelCheck.Count pooled =
        new KernelCheck.Count(
            "onehot_conv", "nn.MotifModel.pooled, bit for bit (exponential: 1 ulp)");
    KernelCheck.Count head =
        new KernelCheck.Count(
            "motif_head", "nn.MotifModel.logits, bit for bit (exponential: 1e-5)");
    KernelCheck.Count plain =
        new KernelCheck.Count("ism", "nn.device.PlainMutagenesis, bit for bit (exponential: 1e-5)");
    KernelCheck.Count local =
        new KernelCheck.Count("ism", "nn.network.LocalPass, within 1e-5 of the largest");
    for (SeededModel shape : SeededModel.STRADDLING) {
      MotifModel model = shape.model();
      List<byte[]> codes = shape.sequences(SEQUENCES);
      try (DeviceMotifModel device = DeviceMotifModel.open(context, model)) {
        sites(shape, model, device, codes, sites);
        numbers(shape, model, device, codes, pooled, head);
      }
      try (DeviceMutagenesis device = DeviceMutagenesis.open(context, model)) {
        mutagenesis(shape, model, device, codes.subList(0, 3), plain, local);
      }
    }
    return List.of(sites.check(), pooled.check(), head.check(), plain.check(), local.check());
  }

  private static void sites(
      SeededModel shape,
      MotifModel model,
      DeviceMotifModel device,
      List<byte[]> codes,
      KernelCheck.Count count) {
    count.nextCase();
    BestSites expected = model.filters().best(codes, THREADS);
    BestSites found = device.best(codes);
    count.same(shape + ": values", expected.values(), found.values());
    count.same(shape + ": sites", expected.sites(), found.sites());
  }

  private static void numbers(
      SeededModel shape,
      MotifModel model,
      DeviceMotifModel device,
      List<byte[]> codes,
      KernelCheck.Count pooled,
      KernelCheck.Count head) {
    pooled.nextCase();
    head.nextCase();
    float[][] values = device.pooled(codes);
    float[][] expectedValues = model.pooled(codes, THREADS);
    float[][] logits = device.logits(codes);
    float[][] expectedLogits = model.logits(codes, THREADS);
    for (int s = 0; s < codes.size(); s++) {
      String where = shape + ", sequence " + s;
      if (device.exact()) {
        pooled.same(where, expectedValues[s], values[s]);
        head.same(where, expectedLogits[s], logits[s]);
      } else {
        pooled.within(where, expectedValues[s], values[s], 1);
        head.near(where, expectedLogits[s], logits[s], LOCAL * largest(expectedLogits[s]));
      }
    }
  }

  private static void mutagenesis(
      SeededModel shape,
      MotifModel model,
      DeviceMutagenesis device,
      List<byte[]> codes,
      KernelCheck.Count plain,
      KernelCheck.Count local) {
    plain.nextCase();
    local.nextCase();
    PlainMutagenesis twin = new PlainMutagenesis(model);
    Network network = Network.of(model);
    float[][] found = device.differences(codes);
    for (int s = 0; s < codes.size(); s++) {
      String where = shape + ", sequence " + s;
      float[] expected = twin.differences(codes.get(s));
      float bound = LOCAL * Math.max(largest(expected), 1e-2f);
      if (device.exact()) {
        plain.same(where, expected, found[s]);
      } else {
        plain.near(where, expected, found[s], bound);
      }
      local.near(where, local(network, codes.get(s), model.tasks().size()), found[s], bound);
    }
  }

  /** [position][base][task], as the CPU finds them for {@code attribute}. */
  static float[] local(Network network, byte[] codes, int tasks) {
    List<Integer> positions = new ArrayList<>();
    List<Byte> bases = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      for (byte b = 0; b < Dna.N; b++) {
        if (codes[i] != Dna.N && codes[i] != b) {
          positions.add(i);
          bases.add(b);
        }
      }
    }
    byte[] put = new byte[bases.size()];
    for (int k = 0; k < put.length; k++) {
      put[k] = bases.get(k);
    }
    float[][] each =
        new LocalPass(network, Network.oneHot(codes))
            .substitutions(positions.stream().mapToInt(Integer::intValue).toArray(), put);
    float[] out = new float[codes.length * Dna.N * tasks];
    for (int k = 0; k < put.length; k++) {
      System.arraycopy(each[k], 0, out, (positions.get(k) * Dna.N + put[k]) * tasks, tasks);
    }
    return out;
  }

  private static float largest(float[] x) {
    float most = 0;
    for (float v : x) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }
}
