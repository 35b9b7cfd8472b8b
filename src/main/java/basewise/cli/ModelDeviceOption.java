package basewise.cli;

import basewise.cuda.CudaDevice;
import basewise.io.InputException;
import basewise.nn.MotifModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a model is asked. */
final class ModelDeviceOption {
  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, cuda (the first GPU), cuda:N, or auto (a GPU if one is ready and the model is one"
              + " that runs there, else the CPU); GPUs run models of the motif architecture"
              + " (default: ${DEFAULT-VALUE}).")
  String device = "cpu";

  /**
   * A GPU that was chosen.
   *
   * @param gpu the device
   * @param model what runs there
   * @param text one line that says so
   */
  record Choice(CudaDevice gpu, MotifModel model, String text) {}

  /**
   * Chooses.
   *
   * @param model a trained model, or whatever else is asked
   * @param fits whether the device's kernels take a motif model
   * @return null for the CPU
   * @throws basewise.cuda.CudaMissingException if what was asked for is not here
   */
  @Nullable Choice choose(@Nullable Object model, boolean fits) {
    DeviceOption option = new DeviceOption();
    option.device = device;
    DeviceOption.Choice choice = option.choose();
    if (choice.gpus().isEmpty()) {
      return null;
    }
    if (model instanceof MotifModel motif && fits) {
      CudaDevice gpu = choice.gpus().getFirst();
      return new Choice(
          gpu,
          motif,
          "device: cuda:%d (%s), %s".formatted(gpu.ordinal(), gpu.name(), choice.reason()));
    }
    if (device.equalsIgnoreCase("auto")) {
      return null;
    }
    throw InputException.ofOption(
        "--device",
        "GPUs do not run this model",
        "use --device cpu, or train --architecture motif");
  }
}
