package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaDriver;
import basewise.cuda.Emulation;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the emulated driver: what it says of kernels is true, its times say nothing of a GPU. */
class DeviceSelfTestTest {
  @Test
  void everyKernelIsHeldToItsTwinAndMeasured(@TempDir Path folder) throws IOException {
    try (Emulation _ = Emulation.ofKernels()) {
      Path file = folder.resolve("report.txt");
      Said said = Said.by("device", "--self-test", "--out", file.toString());
      assertThat(said.err()).isEmpty();
      String report = Files.readString(file);
      assertThat(said.out()).isEqualTo(report);
      assertThat(report)
          .contains("emulation on the CPU, no GPU (an emulation: true results, meaningless times)")
          .contains("measured on the emulation, which says nothing about any GPU")
          .contains("host to device, pinned", "device to host, pinned", "within the device")
          .contains(
              "1 motif (MA0139.2)", "G strand-motif-positions/s", "sequences/s", "ms/sequence")
          .endsWith("Every kernel computes what its twin on the processor does.\n")
          .doesNotContain(InetAddress.getLocalHost().getHostName())
          .doesNotContain(System.getProperty("user.home"));
      List<String> checked = checked(report);
      assertThat(checked)
          .extracting(line -> line.split("\\s{2,}")[1])
          .contains(
              "encode_codes",
              "encode_ascii",
              "encode_2bit, mark_unknown",
              "index_hits",
              "index_histogram",
              "scan_hits",
              "scan_histogram",
              "onehot_conv",
              "motif_head",
              "ism");
      assertThat(checked).allMatch(line -> line.matches(".* [1-9]\\d* +0"));
      assertThat(said.code()).isZero();
    }
  }

  @Test
  void aKernelThatIsWrongIsFound(@TempDir Path folder) throws IOException {
    Path main = folder.resolve("src/main/cuda");
    Path test = folder.resolve("src/test/cuda");
    copy(Path.of("src/main/cuda"), main);
    copy(Path.of("src/test/cuda"), test);
    // A window too far, a bias left out, a filter of 5 or more columns one column too narrow.
    replace(main.resolve("ism.cu"), "rest = from.up_to[(first - 1)", "rest = from.up_to[first");
    replace(main.resolve("onehot_conv.cu"), "float sum = secondBias[o];", "float sum = 0.0f;");
    replace(main.resolve("onehot_conv.cu"), "a[i] += w.first;", "a[i] += t == 2 ? 0 : w.first;");
    Path kernels =
        Emulation.build(
            "wrong.so",
            List.of("-std=c++14", "-O1", "-ffp-contract=off", "-pthread", "-I" + main),
            test.resolve("shim.cpp"),
            test.resolve("kernels.cpp"));
    try (Emulation _ = Emulation.over(kernels)) {
      Said said = Said.by("device", "--self-test");
      List<String> wrong =
          checked(said.out()).stream().filter(line -> !line.endsWith(" 0")).toList();
      assertThat(wrong)
          .extracting(line -> line.split("\\s{2,}")[1])
          .containsExactly("onehot_conv", "onehot_conv", "motif_head", "ism", "ism");
      assertThat(said.out()).contains("A KERNEL COMPUTES SOMETHING ELSE THAN ITS TWIN");
      assertThat(said.code()).isEqualTo(ExitCode.BUG);
    }
  }

  @Test
  void withoutADeviceItEndsWithFour(@TempDir Path folder) {
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, folder.resolve("none.so").toString());
    try {
      Said said = Said.by("device", "--self-test");
      assertThat(said.out()).isEmpty();
      assertThat(said.err()).contains("cannot be loaded");
      assertThat(said.code()).isEqualTo(ExitCode.NO_HARDWARE);
    } finally {
      System.clearProperty(CudaDriver.LIBRARY_PROPERTY);
    }
  }

  /** The lines of the first table. */
  private static List<String> checked(String report) {
    return report
        .lines()
        .dropWhile(line -> !line.startsWith("  kernel "))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.matches(".*\\d+ +\\d+"))
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String source = Files.readString(file);
    assertThat(source).contains(text);
    Files.writeString(file, source.replace(text, by));
  }
}
