package basewise.bench;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaDriver;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.PinnedBuffer;
import java.util.List;

/**
 * What a GPU costs before its first kernel, step by step, in milliseconds; on an emulated driver
 * the figures say what Java adds. With CUDA_CACHE_DISABLE=1 the driver compiles PTX anew.
 */
public final class CudaStartup {
  private static final List<String> MODULES =
      List.of("encode", "index", "scan", "onehot_conv", "ism");
  private static final long MANY = 64 << 20;

  private static long last;

  private CudaStartup() {}

  /** Prints. */
  public static void main(String[] args) {
    last = System.nanoTime();
    List<CudaDevice> devices = CudaDriver.availability().required().devices();
    CudaDevice device = devices.getFirst();
    tell("driver and devices");
    try (CudaContext context = CudaContext.open(device)) {
      tell("context");
      for (String name : MODULES) {
        var _ = context.load("/basewise/cuda/" + name + ".ptx");
        tell(name + ".ptx");
      }
      CudaStream stream = context.stream();
      tell("stream");
      DeviceBuffer memory = context.allocate(MANY);
      tell("64 MiB on the device");
      PinnedBuffer pinned = context.pinned(MANY);
      tell("64 MiB pinned");
      stream.toDevice(memory, 0, pinned, 0, MANY);
      stream.synchronize();
      tell("first copy of 64 MiB");
      stream.toDevice(memory, 0, pinned, 0, MANY);
      stream.synchronize();
      tell("second");
      for (int i = 0; i < 1000; i++) {
        stream.zero(memory, 0, 4);
        stream.synchronize();
      }
      tell("1,000 times 4 bytes set and waited for");
    }
    tell("given back");
    System.out.println(device.name() + ", CUDA " + device.driver().versionText());
  }

  private static void tell(String what) {
    long now = System.nanoTime();
    System.out.printf("%8.1f  %s%n", (now - last) / 1e6, what);
    last = System.nanoTime();
  }
}
