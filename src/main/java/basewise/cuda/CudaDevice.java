package basewise.cuda;

/**
 * A GPU as its driver describes it.
 *
 * @param driver through which it was found
 * @param ordinal 0-based, the number in {@code --device cuda:N}
 * @param name such as "NVIDIA H100 80GB HBM3"
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param multiprocessors how many
 * @param memory bytes in all
 * @param clock kHz
 * @param memoryClock kHz; 0 where the driver does not say
 * @param memoryBus bits
 * @param l2 bytes of the level 2 cache
 * @param sharedPerBlock bytes of shared memory a block may have at most (opt-in)
 * @param threadsPerMultiprocessor resident at most
 * @param busId PCI domain:bus:device.function
 */
public record CudaDevice(
    CudaDriver driver,
    int ordinal,
    String name,
    int major,
    int minor,
    int multiprocessors,
    long memory,
    int clock,
    int memoryClock,
    int memoryBus,
    int l2,
    int sharedPerBlock,
    int threadsPerMultiprocessor,
    String busId) {
  /** The least compute capability our PTX is made for: Turing. */
  static final int OLDEST = 75;

  /** Whether our PTX runs on it: compute capability 7.5 or later. */
  public boolean usable() {
    return 10 * major + minor >= OLDEST;
  }

  /** Bytes a second between memory and chip at most (two transfers a clock), 0 if not known. */
  public double peakBandwidth() {
    return 2.0 * memoryClock * 1000 * memoryBus / 8;
  }

  /** Whether a CPU plays it, for tests: what it does is true, and its speed says nothing. */
  public boolean emulation() {
    return name.contains("emulation");
  }

  static CudaDevice describe(CudaDriver driver, int ordinal) {
    DriverLibrary library = driver.library();
    int device = library.readInt(DriverCall.DEVICE_GET, ordinal);
    return new CudaDevice(
        driver,
        ordinal,
        library.readText(DriverCall.DEVICE_NAME, device),
        attribute(library, DeviceAttribute.MAJOR, device),
        attribute(library, DeviceAttribute.MINOR, device),
        attribute(library, DeviceAttribute.MULTIPROCESSORS, device),
        library.readLong(DriverCall.DEVICE_MEMORY, device),
        attribute(library, DeviceAttribute.CLOCK, device),
        attribute(library, DeviceAttribute.MEMORY_CLOCK, device),
        attribute(library, DeviceAttribute.MEMORY_BUS, device),
        attribute(library, DeviceAttribute.L2, device),
        attribute(library, DeviceAttribute.SHARED_PER_BLOCK, device),
        attribute(library, DeviceAttribute.THREADS_PER_MULTIPROCESSOR, device),
        library.readText(DriverCall.DEVICE_BUS_ID, device));
  }

  /** What a driver no longer says (clocks are on the way out) is 0, not a failure. */
  private static int attribute(DriverLibrary library, DeviceAttribute attribute, int device) {
    try {
      return library.readInt(DriverCall.DEVICE_ATTRIBUTE, attribute.code(), device);
    } catch (CudaException e) {
      if (attribute.essential()) {
        throw e;
      }
      return 0;
    }
  }
}
