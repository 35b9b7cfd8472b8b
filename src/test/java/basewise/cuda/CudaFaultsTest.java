package basewise.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is told when a driver, a device or a call fails: faults injected into the emulated driver.
 */
class CudaFaultsTest {
  private Emulation emulation;

  @BeforeEach
  void start() {
    emulation = Emulation.ofProbe();
  }

  @AfterEach
  void end() {
    if (emulation != null) {
      emulation.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_device | the NVIDIA driver sees no GPU",
        "version=11040 | the NVIDIA driver is too old: it knows CUDA 11.4, and 11.8 or later is"
            + " needed (update it to 520 or later)",
        "cc=61 | no GPU of compute capability 7.5 or later: emulation on the CPU, no GPU has 6.1",
        "init=803 | the NVIDIA driver does not start: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803),"
            + " system has unsupported display driver / cuda driver combination (the library and"
            + " the kernel module are of different releases; restart)",
        "init=999 | the NVIDIA driver does not start: CUDA_ERROR_UNKNOWN (999), unknown error (is"
            + " the kernel module loaded? nvidia-smi should list the GPU)",
        "init=804 | the NVIDIA driver does not start: CUDA error 804 (804), unknown to this driver"
            + " (a newer CUDA's compatibility library is in the way of this GPU's driver)",
      })
  void whyThereIsNoCuda(String fault, String reason) {
    emulation.reset(fault);
    assertThat(CudaDriver.availability()).isEqualTo(new CudaAvailability.Missing(reason));
    assertThatThrownBy(() -> CudaDriver.availability().required())
        .isInstanceOf(CudaMissingException.class)
        .hasMessage(reason);
  }

  @Test
  void aLibraryThatIsNotThereOrIsNotADriverIsToldApart(@TempDir Path folder) throws Exception {
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, folder.resolve("none.so").toString());
    assertThat(CudaDriver.availability())
        .isEqualTo(
            new CudaAvailability.Missing(
                "the driver library of basewise.cuda.driver cannot be loaded: Cannot open library: "
                    + folder.resolve("none.so")));
    Path source = Files.writeString(folder.resolve("other.cpp"), "int other() { return 1; }\n");
    Path other = Emulation.build("other.so", List.of(), source);
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, other.toString());
    assertThat(CudaDriver.availability())
        .isEqualTo(
            new CudaAvailability.Missing(
                "the driver library of basewise.cuda.driver cannot be loaded: "
                    + other
                    + " has no cuInit"));
  }

  @Test
  void theDriverAndItsDevicesAreDescribed() {
    emulation.reset("devices=2,memory=3000000000,cc=75,version=12040");
    CudaAvailability.Ready ready = CudaDriver.availability().required();
    assertThat(ready.driver().versionText()).isEqualTo("12.4");
    assertThat(ready.devices()).extracting(CudaDevice::ordinal).containsExactly(0, 1);
    CudaDevice second = ready.devices().get(1);
    // The figures of standin.cpp.
    assertThat(second.name()).isEqualTo("emulation on the CPU, no GPU");
    assertThat(second.major()).isEqualTo(7);
    assertThat(second.minor()).isEqualTo(5);
    assertThat(second.memory()).isEqualTo(3_000_000_000L);
    assertThat(second.multiprocessors()).isEqualTo(4);
    assertThat(second.l2()).isEqualTo(4 << 20);
    assertThat(second.sharedPerBlock()).isEqualTo(227 << 10);
    assertThat(second.busId()).isEqualTo("0000:01:00.0");
    assertThat(second.memoryClock()).as("not told by this driver").isZero();
    assertThat(second.peakBandwidth()).isZero();
  }

  /** Both lines are what /proc/driver/nvidia/version starts with, closed and open kernel module. */
  @Test
  void theReleaseIsReadFromTheKernelModule() {
    assertThat(
            CudaDriver.releaseIn(
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15"
                    + " UTC 2024\n"
                    + "GCC version:  gcc version 12.3.0\n"))
        .isEqualTo("535.183.01");
    assertThat(
            CudaDriver.releaseIn(
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release"
                    + " Build\n"))
        .isEqualTo("580.95.05");
    assertThat(CudaDriver.releaseIn("something else 1.2\n")).isEmpty();
  }

  @Test
  void aDeviceThatIsHeldByAnotherProcessIsMissing() {
    emulation.reset("unavailable");
    CudaDevice device = emulation.device();
    assertThatThrownBy(() -> CudaContext.open(device))
        .isInstanceOf(CudaMissingException.class)
        .hasMessage(
            "device 0 (emulation on the CPU, no GPU) cannot be used: cuDevicePrimaryCtxRetain:"
                + " CUDA_ERROR_DEVICE_UNAVAILABLE (46), CUDA-capable device(s) is/are busy or"
                + " unavailable (another process holds the GPU for itself: see nvidia-smi)");
  }

  @Test
  void onlyTheAllocationThatFailsIsLost() {
    emulation.reset("oom_at=2,pinned_oom_at=1");
    try (CudaContext context = CudaContext.open(emulation.device());
        DeviceBuffer first = context.allocate(10)) {
      assertThat(first.bytes()).isEqualTo(10);
      CudaException none = catchThrowableOfType(CudaException.class, () -> context.allocate(10));
      assertThat(none.outOfMemory()).isTrue();
      CudaException unpinned = catchThrowableOfType(CudaException.class, () -> context.pinned(10));
      assertThat(unpinned.outOfMemory()).isTrue();
      assertThat(unpinned.call()).isEqualTo("cuMemHostAlloc");
      context.allocate(10).close();
      context.pinned(10).close();
      assertThat(emulation.count("live")).isEqualTo(1);
    }
  }

  @Test
  void memoryRunsOut() {
    emulation.reset("memory=1000");
    try (CudaContext context = CudaContext.open(emulation.device());
        DeviceBuffer most = context.allocate(900)) {
      assertThat(context.freeMemory()).isEqualTo(100);
      assertThatThrownBy(() -> context.allocate(101)).isInstanceOf(CudaException.class);
      most.close();
      context.allocate(1000).close();
    }
  }

  @Test
  void aLaunchThatIsRefusedLosesNothing() {
    emulation.reset("launch_refused_at=1");
    try (CudaContext context = CudaContext.open(emulation.device());
        CudaStream stream = context.stream();
        DeviceBuffer memory = context.allocate(8)) {
      CudaKernel sum = context.load(CudaContract.PROBE).kernel("sum");
      stream.zero(memory, 0, 8);
      CudaException refused =
          catchThrowableOfType(
              CudaException.class, () -> sum.launch(stream, 1, 32, 128, memory, 8L, memory));
      assertThat(refused.name()).isEqualTo("CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES");
      assertThat(refused.lost()).isFalse();
      sum.launch(stream, 1, 32, 128, memory, 8L, memory);
      stream.synchronize();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "launch_at=2, 719, CUDA_ERROR_LAUNCH_FAILED",
    "copy_at=1, 700, CUDA_ERROR_ILLEGAL_ADDRESS",
    "lost_at=3, 999, CUDA_ERROR_UNKNOWN",
  })
  void afterAFailureOnTheDeviceTheContextIsDead(String fault, int code, String name) {
    emulation.reset(fault);
    CudaContext context = CudaContext.open(emulation.device());
    CudaStream stream = context.stream();
    DeviceBuffer memory = context.allocate(8);
    PinnedBuffer pinned = context.pinned(8);
    CudaEvent event = context.event();
    CudaKernel sum = context.load(CudaContract.PROBE).kernel("sum");
    CudaException lost =
        catchThrowableOfType(
            CudaException.class,
            () -> {
              stream.zero(memory, 0, 8);
              sum.launch(stream, 1, 32, 128, memory, 8L, memory);
              sum.launch(stream, 1, 32, 128, memory, 8L, memory);
              stream.toHost(pinned, 0, memory, 0, 8);
              stream.record(event);
              stream.synchronize();
            });
    assertThat(lost.code()).isEqualTo(code);
    assertThat(lost.name()).isEqualTo(name);
    assertThat(lost.lost()).isTrue();
    assertThat(lost.outOfMemory()).isFalse();
    CudaException later = catchThrowableOfType(CudaException.class, () -> context.allocate(1));
    assertThat(later.code()).isEqualTo(code);
    assertThat(catchThrowableOfType(CudaException.class, event::done).code()).isEqualTo(code);
    context.close(); // quietly
    assertThat(emulation.count("live")).isZero();
  }

  @Test
  void aDeviceThatIsLostLeavesTheOtherAlone() {
    emulation.reset("devices=2,lost_at=1,on=1");
    List<CudaDevice> devices = CudaDriver.availability().required().devices();
    try (CudaContext first = CudaContext.open(devices.get(0));
        CudaContext second = CudaContext.open(devices.get(1));
        CudaStream one = first.stream();
        CudaStream two = second.stream();
        DeviceBuffer a = first.allocate(4);
        DeviceBuffer b = second.allocate(4)) {
      one.zero(a, 0, 4);
      two.zero(b, 0, 4);
      one.synchronize();
      CudaException lost = catchThrowableOfType(CudaException.class, two::synchronize);
      assertThat(lost.lost()).isTrue();
      int[] seen = {1};
      one.read(a, 0, seen);
      assertThat(seen).containsExactly(0);
    }
  }

  @Test
  void devicesHaveTheirOwnMemory() {
    emulation.reset("devices=2,memory=1000");
    List<CudaDevice> devices = CudaDriver.availability().required().devices();
    try (CudaContext first = CudaContext.open(devices.get(0));
        CudaContext second = CudaContext.open(devices.get(1));
        CudaStream one = first.stream();
        CudaStream two = second.stream();
        PinnedBuffer shared = first.pinned(8);
        DeviceBuffer a = first.allocate(900);
        DeviceBuffer b = second.allocate(900)) {
      CudaKernel sum = second.load(CudaContract.PROBE).kernel("sum");
      assertThatThrownBy(() -> sum.launch(two, 1, 32, 128, a, 8L, b))
          .hasMessage("sum: memory of another device");
      shared.putLong(0, 77);
      one.toDevice(a, 0, shared, 0, 8);
      one.synchronize();
      shared.putLong(0, 78);
      two.toDevice(b, 0, shared, 0, 8); // pinned for every device
      long[] seen = {0};
      one.read(a, 0, seen);
      assertThat(seen).containsExactly(77);
      two.read(b, 0, seen);
      assertThat(seen).containsExactly(78);
    }
  }

  @Test
  void aDriverThatCannotCompileOurPtxIsMissing() {
    emulation.reset("ptx=77");
    try (CudaContext context = CudaContext.open(emulation.device())) {
      assertThatThrownBy(() -> context.load(CudaContract.PROBE))
          .isInstanceOf(CudaMissingException.class)
          .hasMessage(
              "the driver cannot compile our kernels for device 0 (emulation on the CPU, no GPU);"
                  + " update it: cuModuleLoadDataEx: CUDA_ERROR_UNSUPPORTED_PTX_VERSION (222), the"
                  + " provided PTX was compiled with an unsupported toolchain.; the compiler: ptxas"
                  + " application ptx input, line 1; fatal   : Unsupported .version");
    }
    emulation.reset("ptx=78");
    try (CudaContext context = CudaContext.open(emulation.device())) {
      assertThat(context.load(CudaContract.PROBE).kernel("sum").registers()).isPositive();
    }
  }

  /** The emulation itself: what reads before the copy is done must not see the right bytes. */
  @Test
  void missingSynchronisationShows() {
    emulation.reset("slow=100000");
    try (CudaContext context = CudaContext.open(emulation.device());
        CudaStream stream = context.stream();
        CudaEvent copied = context.event();
        PinnedBuffer pinned = context.pinned(4);
        DeviceBuffer memory = context.allocate(4)) {
      pinned.putInt(0, 1);
      stream.toDevice(memory, 0, pinned, 0, 4);
      stream.record(copied);
      assertThat(copied.done()).isFalse();
      pinned.putInt(0, 2); // too early
      copied.synchronize();
      assertThat(copied.done()).isTrue();
      stream.toHost(pinned, 0, memory, 0, 4);
      assertThat(pinned.getInt(0)).as("too early").isEqualTo(0xA5A5A5A5);
      stream.synchronize();
      assertThat(pinned.getInt(0)).as("the later value had gone").isEqualTo(2);
    }
  }

  @Test
  void pinnedMemoryOutlivesItsCopies() {
    emulation.reset("slow=50000");
    try (CudaContext context = CudaContext.open(emulation.device());
        CudaStream stream = context.stream();
        DeviceBuffer memory = context.allocate(4)) {
      PinnedBuffer pinned = context.pinned(4);
      pinned.putInt(0, 5);
      stream.toDevice(memory, 0, pinned, 0, 4);
      pinned.close();
      int[] seen = {0};
      stream.read(memory, 0, seen);
      assertThat(seen).containsExactly(5);
      assertThat(emulation.count("violations")).isZero();
    }
  }

  /** As the real driver, the emulated one goes on with what a destroyed stream has queued. */
  @Test
  void aClosedStreamHasDoneItsWork() {
    emulation.reset("slow=50000,devices=2");
    List<CudaDevice> devices = CudaDriver.availability().required().devices();
    try (CudaContext first = CudaContext.open(devices.get(0));
        CudaContext second = CudaContext.open(devices.get(1));
        DeviceBuffer memory = second.allocate(4)) {
      PinnedBuffer pinned = first.pinned(4);
      CudaStream stream = second.stream();
      stream.toDevice(memory, 0, pinned, 0, 4);
      stream.close();
      pinned.close(); // does not wait for the other device
      assertThat(emulation.count("violations")).isZero();
    }
  }
}
