package basewise.cli;

import basewise.cuda.Bandwidth;
import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.KernelCheck;
import basewise.cuda.Measured;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.nn.device.NeuralChecks;
import basewise.nn.device.NeuralRates;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.device.ScanChecks;
import basewise.scan.device.ScanRates;
import basewise.scan.kernel.OrientedMatrix;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code basewise device --self-test}: holds every kernel to its twin on the processor, on each
 * device, and then measures them. What it prints is a report that can be sent to others: the
 * device, the driver, versions and results, and nothing that names the machine or its user.
 */
final class DeviceSelfTest {
  /** CTCF, of JASPAR's vertebrates: the motif that is scanned alone. */
  private static final String ONE = "MA0139.2";

  private static final String COLLECTION = "jaspar";
  private static final String TAXON = "vertebrates";

  /** Of the collection, where an emulation would take too long for more. */
  private static final int FEW = 20;

  private final PrintWriter screen;
  private final StringBuilder report = new StringBuilder();
  private boolean agrees = true;

  private DeviceSelfTest(PrintWriter screen) {
    this.screen = screen;
  }

  /**
   * Tests devices one after another.
   *
   * @param out where the report goes besides {@code screen}, or null
   * @param screen sees lines as they are known
   * @return {@link ExitCode#DONE}, or {@link ExitCode#BUG} if a kernel computes anything else than
   *     its twin
   * @throws basewise.cuda.CudaMissingException if a device cannot be had
   */
  static int run(List<CudaDevice> devices, @Nullable Path out, PrintWriter screen) {
    DeviceSelfTest test = new DeviceSelfTest(screen);
    test.line("basewise %s self-test of kernels on devices".formatted(Version.text()));
    test.line(
        "%s %s, Java %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.runtime.version")));
    devices.forEach(test::device);
    test.line("");
    test.line(
        test.agrees
            ? "Every kernel computes what its twin on the processor does."
            : "A KERNEL COMPUTES SOMETHING ELSE THAN ITS TWIN: please send this report, and use"
                + " --device cpu.");
    if (out != null) {
      try (AtomicOutput file = AtomicOutput.to(out)) {
        file.stream().write(test.report.toString().getBytes(StandardCharsets.UTF_8));
        file.commit();
      } catch (java.io.IOException e) {
        throw new InputException(out.toString(), 0, "cannot be written", "choose another --out", e);
      }
    }
    return test.agrees ? ExitCode.DONE : ExitCode.BUG;
  }

  private void device(CudaDevice device) {
    line("");
    line(
        "device %d: %s%s"
            .formatted(
                device.ordinal(),
                device.name(),
                device.emulation() ? " (an emulation: true results, meaningless times)" : ""));
    line(
        String.format(
            Locale.ROOT,
            "  compute capability %d.%d, %d multiprocessors, %.1f GiB, %d MHz, L2 %.1f MiB, shared"
                + " memory of a block %d KiB, driver for CUDA %s",
            device.major(),
            device.minor(),
            device.multiprocessors(),
            device.memory() / (double) (1L << 30),
            device.clock() / 1000,
            device.l2() / (double) (1L << 20),
            device.sharedPerBlock() >> 10,
            device.driver().versionText()));
    List<Motif> motifs = motifs(device.emulation());
    List<OrientedMatrix> collection = matrices(motifs);
    line("");
    line(
        "  kernel                          twin on the processor                                   "
            + "          compared   differ");
    checks(() -> ScanChecks.run(device, collection));
    checks(() -> {
      try (CudaContext context = CudaContext.open(device)) {
        return NeuralChecks.run(context);
      }
    });
    line("");
    line(
        device.emulation()
            ? "  measured on the emulation, which says nothing about any GPU"
            : "  measured");
    rates(() -> {
      try (CudaContext context = CudaContext.open(device)) {
        return Bandwidth.measure(context);
      }
    });
    List<Motif> one = motifs.stream().filter(m -> m.id().equals(ONE)).toList();
    rates(() ->
        ScanRates.run(
            device, "1 motif (" + ONE + ")", matrices(one.isEmpty() ? motifs.subList(0, 1) : one)));
    rates(() ->
        ScanRates.run(
            device, "%d motifs (JASPAR, %s)".formatted(motifs.size(), TAXON), collection));
    rates(() -> {
      try (CudaContext context = CudaContext.open(device)) {
        return NeuralRates.run(context);
      }
    });
  }

  private static List<Motif> motifs(boolean few) {
    List<Motif> all = MotifLibrary.installed().resolve(COLLECTION, TAXON);
    return few ? all.subList(0, FEW) : all;
  }

  /** Both orientations of motifs, as {@code scan} makes them if nothing else is said. */
  private static List<OrientedMatrix> matrices(List<Motif> motifs) {
    List<OrientedMatrix> out = new ArrayList<>();
    try (Scanner _ =
        Scanner.open(
            motifs,
            ScanOptions.DEFAULTS,
            all -> {
              out.addAll(all);
              return List.of();
            })) {
      return out;
    }
  }

  private void checks(Supplier<List<KernelCheck>> run) {
    for (KernelCheck check : run.get()) {
      line(
          String.format(
              Locale.ROOT,
              "  %-31s %-64s %9d %8d",
              check.kernel(),
              check.twin(),
              check.compared(),
              check.differ()));
      if (!check.agrees()) {
        line("    " + check.first());
        agrees = false;
      }
    }
  }

  private void rates(Supplier<List<Measured>> run) {
    for (Measured m : run.get()) {
      line(String.format(Locale.ROOT, "  %-74s %14s %s", m.what(), number(m.value()), m.unit()));
    }
  }

  /** Four digits, whatever the size. */
  private static String number(double value) {
    int digits = value <= 0 ? 0 : (int) Math.floor(Math.log10(value));
    return String.format(Locale.ROOT, "%,." + Math.clamp(3 - digits, 0, 6) + "f", value);
  }

  private void line(String text) {
    report.append(text).append('\n');
    screen.println(text);
    screen.flush();
  }
}
