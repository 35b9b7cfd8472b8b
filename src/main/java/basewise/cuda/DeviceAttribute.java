package basewise.cuda;

/** What is asked of a device, by cuda.h's CU_DEVICE_ATTRIBUTE_ numbers; a test checks them. */
enum DeviceAttribute {
  CLOCK(13, "CLOCK_RATE", false),
  MULTIPROCESSORS(16, "MULTIPROCESSOR_COUNT", true),
  MEMORY_CLOCK(36, "MEMORY_CLOCK_RATE", false),
  MEMORY_BUS(37, "GLOBAL_MEMORY_BUS_WIDTH", false),
  L2(38, "L2_CACHE_SIZE", false),
  THREADS_PER_MULTIPROCESSOR(39, "MAX_THREADS_PER_MULTIPROCESSOR", true),
  MAJOR(75, "COMPUTE_CAPABILITY_MAJOR", true),
  MINOR(76, "COMPUTE_CAPABILITY_MINOR", true),
  SHARED_PER_BLOCK(97, "MAX_SHARED_MEMORY_PER_BLOCK_OPTIN", true);

  private final int code;
  private final String suffix;
  private final boolean essential;

  DeviceAttribute(int code, String suffix, boolean essential) {
    this.code = code;
    this.suffix = suffix;
    this.essential = essential;
  }

  int code() {
    return code;
  }

  /** The name in cuda.h. */
  String constant() {
    return "CU_DEVICE_ATTRIBUTE_" + suffix;
  }

  /** Whether a device that does not say it cannot be used. */
  boolean essential() {
    return essential;
  }
}
