package basewise.nn.device;

import basewise.cuda.CudaContext;
import basewise.cuda.Measured;
import basewise.nn.MotifModel;
import java.util.ArrayList;
import java.util.List;

/** How fast the network's kernels are on a device. */
public final class NeuralRates {
  private static final int REPEATS = 10;

  private NeuralRates() {}

  /**
   * Measures the network of {@code train}'s defaults and that of the peers' figures, on 200 bases.
   *
   * @param context of a device that has nothing else to do
   */
  public static List<Measured> run(CudaContext context) {
    boolean emulation = context.device().emulation();
    List<Measured> out = new ArrayList<>();
    for (SeededModel shape : List.of(SeededModel.DEFAULT, SeededModel.PEERS)) {
      MotifModel model = shape.model();
      String size = "%d filters of %d, 200 bases".formatted(shape.filters(), shape.width());
      forward(context, model, shape.sequences(emulation ? 8 : 16_384), size, out);
      mutants(context, model, shape.sequences(emulation ? 2 : 2_048), size, out);
    }
    return List.copyOf(out);
  }

  private static void forward(
      CudaContext context, MotifModel model, List<byte[]> codes, String size, List<Measured> out) {
    int repeats = context.device().emulation() ? 1 : REPEATS;
    try (DeviceMotifModel device = DeviceMotifModel.open(context, model)) {
      double layer =
          device.milliseconds(codes, DeviceMotifModel.Answer.POOLED, repeats) / codes.size();
      out.add(new Measured("onehot_conv, " + size + ", kernel", 1e3 / layer, "sequences/s"));
      double network =
          device.milliseconds(codes, DeviceMotifModel.Answer.LOGITS, repeats) / codes.size();
      out.add(
          new Measured(
              "onehot_conv + motif_head, " + size + ", kernels", 1e3 / network, "sequences/s"));
      List<byte[]> many = new ArrayList<>();
      for (int i = 0; i < (context.device().emulation() ? 1 : 16); i++) {
        many.addAll(codes);
      }
      device.logits(codes); // once, to be warm
      long start = System.nanoTime();
      float[][] logits = device.logits(many);
      double seconds = (System.nanoTime() - start) * 1e-9;
      out.add(
          new Measured(
              "logits, " + size + ", bytes in host memory to floats in host memory",
              logits.length / seconds,
              "sequences/s"));
    }
  }

  private static void mutants(
      CudaContext context, MotifModel model, List<byte[]> codes, String size, List<Measured> out) {
    try (DeviceMutagenesis device = DeviceMutagenesis.open(context, model)) {
      int repeats = context.device().emulation() ? 1 : REPEATS;
      out.add(
          new Measured(
              "ism, " + size + ", kernel", device.milliseconds(codes, repeats), "ms/sequence"));
      device.differences(codes);
      long start = System.nanoTime();
      device.differences(codes);
      out.add(
          new Measured(
              "ism, " + size + ", bytes in host memory to floats in host memory",
              (System.nanoTime() - start) * 1e-6 / codes.size(),
              "ms/sequence"));
    }
  }
}
