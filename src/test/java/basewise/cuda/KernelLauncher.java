package basewise.cuda;

/** Launches kernels of src/main/cuda, emulated on the CPU, and waits for them. */
public interface KernelLauncher {
  /**
   * Launches a kernel.
   *
   * @param arguments Integer, Long or MemorySegment
   * @return 0 or a driver's error code
   */
  int launch(String kernel, int grid, int block, int sharedBytes, Object... arguments);
}
