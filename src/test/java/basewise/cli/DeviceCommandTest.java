package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaDriver;
import basewise.cuda.Emulation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the emulated driver; its figures are those of standin.cpp. */
class DeviceCommandTest {
  private static final String INSTEAD =
      "--device auto takes the processor then. CUDA needs an NVIDIA GPU of compute capability 7.5"
          + " or later and its driver, 520 or later.";

  @Test
  void devicesAreListedWithWhatIsUsed() {
    try (Emulation emulation = Emulation.ofProbe()) {
      emulation.reset("devices=2,memory=2147483648");
      Said said = Said.by("device");
      assertThat(said.err()).isEmpty();
      assertThat(said.out().replace(emulation.library().toString(), "LIBRARY"))
          .isEqualTo(
              """
              CUDA can be used: cuda:0, cuda:1
              driver: CUDA 13.0, LIBRARY

              device  name                          capability  multiprocessors  L2 MiB  GB/s  memory GiB  free GiB  bus           use
              cuda:0  emulation on the CPU, no GPU  9.0         4                4       -     2.0         2.0       0000:00:00.0  yes
              cuda:1  emulation on the CPU, no GPU  9.0         4                4       -     2.0         2.0       0000:01:00.0  yes
              """);
      assertThat(said.code()).isZero();
    }
  }

  @Test
  void whyADeviceIsNotUsedIsSaid(@TempDir Path folder) throws Exception {
    try (Emulation emulation = Emulation.ofProbe()) {
      emulation.reset("cc=61");
      Path file = folder.resolve("devices.txt");
      Said said = Said.by("device", "--out", file.toString());
      assertThat(said.out()).isEmpty();
      assertThat(said.code()).isZero();
      assertThat(Files.readString(file))
          .startsWith(
              "CUDA cannot be used: no GPU of compute capability 7.5 or later: emulation on the"
                  + " CPU, no GPU has 6.1\n")
          .contains("no: compute capability below 7.5\n");
      emulation.reset("unavailable");
      assertThat(Said.by("device").out())
          .contains("no: device 0 (emulation on the CPU, no GPU) cannot be used: ");
      emulation.reset("no_device");
      assertThat(Said.by("device"))
          .isEqualTo(
              new Said(
                  0, "CUDA cannot be used: the NVIDIA driver sees no GPU\n" + INSTEAD + "\n", ""));
    }
  }

  @Test
  void withoutADriverItIsNoFailure(@TempDir Path folder) {
    String missing = folder.resolve("none.so").toString();
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, missing);
    try {
      assertThat(Said.by("device"))
          .isEqualTo(
              new Said(
                  0,
                  "CUDA cannot be used: the driver library of basewise.cuda.driver cannot be"
                      + " loaded: Cannot open library: "
                      + missing
                      + "\n"
                      + INSTEAD
                      + "\n",
                  ""));
    } finally {
      System.clearProperty(CudaDriver.LIBRARY_PROPERTY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"launch_at=3", "lost_at=40", "oom_from=3"})
  void aDeviceThatFailsMidwayEndsWithFour(String fault) {
    try (Emulation emulation = Emulation.ofKernels()) {
      emulation.reset(fault);
      Said said = Said.by("device", "--self-test");
      assertThat(said.err()).startsWith("basewise: ").hasLineCount(1);
      assertThat(said.err())
          .containsAnyOf(
              "LAUNCH_FAILED", "CUDA_ERROR_UNKNOWN", "not enough memory", "OUT_OF_MEMORY")
          .doesNotContain("--device cpu"); // not an option of this verb
      assertThat(said.code()).isEqualTo(ExitCode.NO_HARDWARE);
    }
  }
}
