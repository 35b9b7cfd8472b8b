package basewise.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the operating system says of the machine and of this process. */
final class Machine {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  static void describe(RunRecord record) {
    record.put("hardware.processor", processor());
    record.put("hardware.processors", Runtime.getRuntime().availableProcessors());
    record.put("hardware.vector_bits", vectorBits());
    record.put(
        "hardware.java",
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
    record.put(
        "hardware.system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** The most memory this process has held, in bytes; without /proc, the peak of Java's pools. */
  static long peakBytes() {
    String line = find(STATUS, "VmHWM:");
    if (!line.isEmpty()) {
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
    long sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      sum += pool.getPeakUsage() == null ? 0 : pool.getPeakUsage().getUsed();
    }
    return sum;
  }

  private static String processor() {
    String line = find(CPUINFO, "model name");
    int colon = line.indexOf(':');
    return colon < 0 ? System.getProperty("os.arch") : line.substring(colon + 1).strip();
  }

  /** The widest vectors the processor has, in bits; 128 where nothing is said. */
  private static int vectorBits() {
    String flags = " " + find(CPUINFO, "flags") + " ";
    if (flags.contains(" avx512f ")) {
      return 512;
    }
    return flags.contains(" avx2 ") ? 256 : 128;
  }

  /** The first line of a file that starts so, or "". */
  private static String find(Path file, String start) {
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(l -> l.startsWith(start)).findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
