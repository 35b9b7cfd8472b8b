package basewise.cuda;

import java.nio.file.Files;
import java.nio.file.Path;

/** What may be done about a driver that does not start. */
final class Remedies {
  private Remedies() {}

  /** In parentheses after a space, or empty. */
  static String of(int code) {
    return switch (code) {
      case 3, 999 -> " (is the kernel module loaded? nvidia-smi should list the GPU)";
      case 34 -> " (this is the toolkit's stub; the driver's own libcuda.so.1 must come first)";
      case 46 -> " (another process holds the GPU for itself: see nvidia-smi)";
      case 802 -> " (on machines with NVSwitch the fabric manager must run)";
      case 803 -> " (the library and the kernel module are of different releases; restart)";
      case 804 -> " (a newer CUDA's compatibility library is in the way of this GPU's driver)";
      default -> "";
    };
  }

  /** A GPU whose library is not in sight means a container was started without it. */
  static String ofNoLibrary() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"))
        ? " though its kernel module is loaded (start the container with --gpus all or --nv)"
        : "";
  }
}
