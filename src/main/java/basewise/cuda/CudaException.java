package basewise.cuda;

import java.util.Set;

/** A call of the driver failed. The message names the call, the error and what the driver says. */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The driver cannot make code for this GPU from our PTX: no compiler, or too old a one. */
  private static final Set<Integer> UNSUITABLE = Set.of(209, 221, 222, 223);

  /**
   * After these the context, and what was on the device, is gone: device unavailable, ECC, NVLink,
   * illegal address, time-out, assertion, destroyed context, hardware stack, illegal instruction,
   * misaligned address, address space, program counter, launch failed, external device, contained
   * error, unknown.
   */
  private static final Set<Integer> LOST =
      Set.of(
          4, 46, 101, 201, 214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721,
          999);

  private final int code;
  private final String name;
  private final String call;

  CudaException(int code, String name, String call, String description) {
    super("%s: %s (%d), %s".formatted(call, name, code, description));
    this.code = code;
    this.name = name;
    this.call = call;
  }

  /** The CUresult. */
  public int code() {
    return code;
  }

  /** The driver's name of it, such as CUDA_ERROR_LAUNCH_FAILED. */
  public String name() {
    return name;
  }

  /** The call that returned it; kernels fail later than their launch, so often a later one. */
  public String call() {
    return call;
  }

  /** Whether less memory may help: nothing else is wrong with the context. */
  public boolean outOfMemory() {
    return code == DriverConstant.CUDA_ERROR_OUT_OF_MEMORY.value();
  }

  /**
   * Whether the context is dead: every later call fails too, and what was on the device is gone.
   */
  public boolean lost() {
    return LOST.contains(code);
  }

  /** Whether this driver cannot make code for this GPU from our PTX. */
  boolean unsuitable() {
    return UNSUITABLE.contains(code);
  }
}
