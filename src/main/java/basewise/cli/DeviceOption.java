package basewise.cli;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaDriver;
import basewise.cuda.CudaMissingException;
import basewise.io.InputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where the work is done. */
final class DeviceOption {
  private static final String PREFIX = "cuda:";
  private static final String ASKED = "as asked for";

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, cuda (all GPUs), cuda:N (one), or auto (all GPUs that are ready, else the CPU; -v"
              + " says what and why); results are the same bytes (default: ${DEFAULT-VALUE}).")
  String device = "cpu";

  /**
   * What was chosen, and why.
   *
   * @param gpus none for the CPU
   */
  record Choice(List<CudaDevice> gpus, String reason) {
    /** One line. */
    String text() {
      return gpus.isEmpty() ? "device: cpu, " + reason : "device: " + names(gpus) + ", " + reason;
    }
  }

  /** Refuses what is no device. */
  void validate() {
    if (!device.toLowerCase(Locale.ROOT).matches("cpu|auto|cuda(:\\d{1,4})?")) {
      throw InputException.ofOption(
          "--device", "'" + device + "' is not cpu, cuda, cuda:N or auto", "");
    }
  }

  /**
   * Chooses.
   *
   * @throws CudaMissingException if what was asked for is not here
   */
  Choice choose() {
    validate();
    String asked = device.toLowerCase(Locale.ROOT);
    if (asked.equals("cpu")) {
      return new Choice(List.of(), ASKED);
    }
    if (asked.equals("auto")) {
      return switch (CudaDriver.availability()) {
        case CudaAvailability.Missing(String why) ->
            new Choice(List.of(), "since auto found " + why);
        case CudaAvailability.Ready ready ->
            new Choice(ready.devices(), "since auto found it ready");
      };
    }
    List<CudaDevice> ready = CudaDriver.availability().required().devices();
    if (asked.equals("cuda")) {
      return new Choice(ready, ASKED);
    }
    int ordinal = Integer.parseInt(asked.substring(PREFIX.length()));
    List<CudaDevice> one = ready.stream().filter(d -> d.ordinal() == ordinal).toList();
    if (one.isEmpty()) {
      throw new CudaMissingException(
          "there is no %s%d that can be used: there is %s"
              .formatted(PREFIX, ordinal, names(ready)));
    }
    return new Choice(one, ASKED);
  }

  private static String names(List<CudaDevice> gpus) {
    return gpus.stream()
        .map(d -> "%s%d (%s)".formatted(PREFIX, d.ordinal(), d.name()))
        .collect(Collectors.joining(", "));
  }
}
