package basewise.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The NVIDIA driver's library, loaded and initialised. {@link #availability()} is the way in: it
 * never throws, and says why where there is nothing to be had.
 */
public final class CudaDriver {
  /** A system property that names another library than the system's own, by path. */
  public static final String LIBRARY_PROPERTY = "basewise.cuda.driver";

  /** The driver API our PTX (7.8) needs: CUDA 11.8. */
  private static final int OLDEST = 11080;

  /** The Linux driver that came with {@link #OLDEST}. */
  private static final String OLDEST_RELEASE = "520";

  /** Where the library is that the loader does not look for it itself: WSL, NixOS, containers. */
  private static final List<String> OTHER_PLACES =
      List.of(
          "/usr/lib/wsl/lib/libcuda.so.1",
          "/run/opengl-driver/lib/libcuda.so.1",
          "/usr/local/nvidia/lib64/libcuda.so.1",
          "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
          "/usr/lib/aarch64-linux-gnu/libcuda.so.1",
          "/usr/lib64/libcuda.so.1");

  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern RELEASE =
      Pattern.compile("NVRM version:.*?\\s(\\d{3,}\\.\\d+(?:\\.\\d+)?)\\s");

  private static final Map<String, DriverLibrary> LOADED = new ConcurrentHashMap<>();

  private final DriverLibrary library;
  private final int version;

  private CudaDriver(DriverLibrary library, int version) {
    this.library = library;
    this.version = version;
  }

  /**
   * Whether CUDA can be used here: the library of {@value #LIBRARY_PROPERTY}, else libcuda.so.1
   * (Linux) or nvcuda.dll (Windows), a driver that takes our PTX, and a device that runs it. Asked
   * anew each time; the library is loaded once.
   */
  public static CudaAvailability availability() {
    try {
      CudaDriver driver = open();
      List<CudaDevice> devices = driver.devices();
      List<CudaDevice> usable = devices.stream().filter(CudaDevice::usable).toList();
      if (devices.isEmpty()) {
        return new CudaAvailability.Missing("the NVIDIA driver sees no GPU" + hidden());
      }
      if (usable.isEmpty()) {
        return new CudaAvailability.Missing(
            "no GPU of compute capability %d.%d or later: %s"
                .formatted(
                    CudaDevice.OLDEST / 10,
                    CudaDevice.OLDEST % 10,
                    devices.stream()
                        .map(d -> "%s has %d.%d".formatted(d.name(), d.major(), d.minor()))
                        .collect(Collectors.joining(", "))));
      }
      return new CudaAvailability.Ready(driver, usable);
    } catch (CudaMissingException e) {
      return new CudaAvailability.Missing(String.valueOf(e.getMessage()));
    } catch (CudaException e) {
      return new CudaAvailability.Missing("the NVIDIA driver fails: " + e.getMessage());
    }
  }

  /**
   * Loads and initialises the driver, whatever devices it has.
   *
   * @throws CudaMissingException if there is none, it is too old or does not start
   */
  public static CudaDriver open() {
    DriverLibrary library = load();
    int version = library.readInt(DriverCall.DRIVER_VERSION);
    if (version < OLDEST) {
      throw new CudaMissingException(
          "the NVIDIA driver is too old: it knows CUDA %s, and %s or later is needed (update it to %s or later)"
              .formatted(versionText(version), versionText(OLDEST), OLDEST_RELEASE));
    }
    int code = library.call(DriverCall.INIT, 0);
    if (code == DriverConstant.CUDA_ERROR_NO_DEVICE.value()) {
      throw new CudaMissingException("the NVIDIA driver sees no GPU" + hidden());
    }
    if (code != DriverLibrary.SUCCESS) {
      throw new CudaMissingException(
          "the NVIDIA driver does not start: %s (%d), %s%s"
              .formatted(library.errorName(code), code, library.describe(code), Remedies.of(code)));
    }
    return new CudaDriver(library, version);
  }

  private static DriverLibrary load() {
    String asked = System.getProperty(LIBRARY_PROPERTY);
    if (asked != null) {
      return load(asked, "the driver library of " + LIBRARY_PROPERTY + " cannot be loaded");
    }
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      throw new CudaMissingException("there is no NVIDIA driver for macOS");
    }
    String name = system.startsWith("windows") ? "nvcuda.dll" : "libcuda.so.1";
    try {
      return load(name, "no NVIDIA driver: " + name + " is not found" + Remedies.ofNoLibrary());
    } catch (CudaMissingException e) {
      for (String place : OTHER_PLACES) {
        if (Files.exists(Path.of(place))) {
          return load(place, "the NVIDIA driver cannot be loaded");
        }
      }
      throw e;
    }
  }

  private static DriverLibrary load(String name, String otherwise) {
    try {
      return LOADED.computeIfAbsent(name, DriverLibrary::new);
    } catch (IllegalArgumentException e) {
      String why = otherwise.contains("not found") ? "" : ": " + e.getMessage();
      throw new CudaMissingException(otherwise + why, e);
    }
  }

  private static String hidden() {
    String visible = System.getenv("CUDA_VISIBLE_DEVICES");
    return visible == null ? "" : " (CUDA_VISIBLE_DEVICES is '" + visible + "')";
  }

  /** All devices, those too old for our kernels too, by ordinal. */
  public List<CudaDevice> devices() {
    int count = library.readInt(DriverCall.DEVICE_COUNT);
    List<CudaDevice> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      devices.add(CudaDevice.describe(this, i));
    }
    return devices;
  }

  /** The CUDA version this driver knows, such as 13000 for 13.0. */
  public int version() {
    return version;
  }

  /** Such as "13.0". */
  public String versionText() {
    return versionText(version);
  }

  /**
   * The release of the driver's kernel module, such as "580.95.05"; empty where the system does not
   * say (Windows, WSL), or where {@value #LIBRARY_PROPERTY} took the place of the system's library.
   */
  public String release() {
    if (System.getProperty(LIBRARY_PROPERTY) != null || !Files.isReadable(KERNEL_MODULE)) {
      return "";
    }
    try {
      return releaseIn(Files.readString(KERNEL_MODULE));
    } catch (IOException e) {
      return "";
    }
  }

  /** The release in the kernel module's description of itself. */
  static String releaseIn(String description) {
    Matcher found = RELEASE.matcher(description);
    return found.find() ? found.group(1) : "";
  }

  /** The library's name or path. */
  public String libraryName() {
    return library.name();
  }

  DriverLibrary library() {
    return library;
  }

  private static String versionText(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
