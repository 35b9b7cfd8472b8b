package basewise.cli;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaDriver;
import basewise.cuda.CudaMissingException;
import basewise.io.AtomicOutput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code basewise device}: the GPUs that are here, and why CUDA would or would not be used. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the NVIDIA GPUs that are here, their driver and memory, and says whether and why CUDA"
          + " would be used.",
      "A driver that knows CUDA 11.8 (520 or later) and a GPU of compute capability 7.5 or later"
          + " (Turing, 2018) are all it takes.",
      "--self-test holds every kernel to what the processor computes, on each GPU, and measures"
          + " copies and kernels. What it prints names no machine and can be sent with a question."
          + " It ends with exit code 4 where there is no GPU, and 1 where a kernel computes"
          + " something else."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./basewise device", "  ./basewise device --self-test --out report.txt"},
    sortOptions = false)
final class DeviceCommand implements Callable<Integer> {
  private static final String INSTEAD =
      "--device auto takes the processor then. CUDA needs an NVIDIA GPU of compute capability 7.5"
          + " or later and its driver, 520 or later.";

  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1 << 30;

  @Option(
      names = "--self-test",
      description = "Checks and measures the kernels on each GPU; seconds to a minute for each.")
  private boolean selfTest;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    Path out = common.fileOrStandardOutput();
    if (selfTest) {
      List<CudaDevice> devices = CudaDriver.availability().required().devices();
      return DeviceSelfTest.run(devices, out, spec.commandLine().getOut());
    }
    String text = describe();
    if (out == null) {
      PrintWriter screen = spec.commandLine().getOut();
      screen.print(text);
      screen.flush();
    } else {
      AtomicOutput.write(out, text);
    }
    return ExitCode.DONE;
  }

  private static String describe() {
    StringBuilder text = new StringBuilder();
    switch (CudaDriver.availability()) {
      case CudaAvailability.Missing(String reason) ->
          text.append("CUDA cannot be used: ")
              .append(reason)
              .append('\n')
              .append(INSTEAD)
              .append('\n');
      case CudaAvailability.Ready(CudaDriver _, List<CudaDevice> devices) ->
          text.append("CUDA can be used: ").append(names(devices)).append('\n');
    }
    try {
      list(CudaDriver.open(), text);
    } catch (CudaMissingException e) {
      // The first line has said why.
    }
    return text.toString();
  }

  private static String names(List<CudaDevice> devices) {
    return String.join(", ", devices.stream().map(d -> "cuda:" + d.ordinal()).toList());
  }

  private static void list(CudaDriver driver, StringBuilder text) {
    String release = driver.release();
    text.append("driver: ").append(release).append(release.isEmpty() ? "" : ", ");
    text.append("CUDA ").append(driver.versionText());
    text.append(", ").append(driver.libraryName()).append("\n\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "device",
            "name",
            "capability",
            "multiprocessors",
            "L2 MiB",
            "GB/s",
            "memory GiB",
            "free GiB",
            "bus",
            "use"));
    for (CudaDevice device : driver.devices()) {
      rows.add(row(device));
    }
    text.append(aligned(rows));
  }

  private static List<String> row(CudaDevice device) {
    String free = "-";
    String use = "yes";
    if (device.usable()) {
      try (CudaContext context = CudaContext.open(device)) {
        free = number("%.1f", context.freeMemory() / GIBI);
      } catch (CudaMissingException e) {
        use = "no: " + e.getMessage();
      }
    } else {
      use = "no: compute capability below 7.5";
    }
    double bandwidth = device.peakBandwidth();
    return List.of(
        "cuda:" + device.ordinal(),
        device.name(),
        device.major() + "." + device.minor(),
        Integer.toString(device.multiprocessors()),
        number("%.0f", device.l2() / MEBI),
        bandwidth == 0 ? "-" : number("%.0f", bandwidth / 1e9),
        number("%.1f", device.memory() / GIBI),
        free,
        device.busId(),
        use);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Columns as wide as their widest cell, two spaces apart. */
  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(i)).repeat(' ', width - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
