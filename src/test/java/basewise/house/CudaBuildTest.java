package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is checked in of the CUDA kernels is what their sources give. Compilers are those of {@code
 * src/main/cuda/requirements.txt}, found by the Python that the environment's BASEWISE_CUDA_PYTHON
 * names (else {@code python3}); without them the tests that compile are skipped.
 */
class CudaBuildTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path PTX = Path.of("src/main/resources/basewise/cuda");
  private static final Path TABLE = SOURCES.resolve("resources.tsv");
  private static final Pattern KERNEL =
      Pattern.compile("extern \"C\" __global__ void (?:__launch_bounds__\\([^)]*\\) )?(\\w+)");

  /** The most registers of a thread, so that blocks of so many threads can be launched. */
  private static final Map<Integer, Integer> MOST_REGISTERS = Map.of(1024, 64, 512, 128);

  /** Kernels that are launched with at most 512 threads; all others with up to 1,024. */
  private static final List<String> OF_512 =
      List.of(
          "scan_hits", "scan_histogram", "onehot_conv", "onehot_conv_wide", "motif_head", "ism");

  private static List<Path> sources(String end) throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.filter(f -> f.toString().endsWith(end)).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static Path ptx(Path source) {
    return PTX.resolve(source.getFileName().toString().replace(".cu", ".ptx"));
  }

  private static List<String> kernels(Path source) throws IOException {
    List<String> names = new ArrayList<>();
    Matcher m = KERNEL.matcher(text(source));
    while (m.find()) {
      names.add(m.group(1));
    }
    return names;
  }

  /** As the script has it: names and texts of the sources, then of the headers. */
  private static String digest(List<Path> sources) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    List<Path> all = new ArrayList<>(sources);
    all.addAll(sources(".cuh"));
    for (Path file : all) {
      sha.update((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      sha.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void eachSourceHasItsPtx() throws IOException, NoSuchAlgorithmException {
    List<Path> sources = sources(".cu");
    try (Stream<Path> files = Files.list(PTX)) {
      assertThat(files.sorted().toList())
          .containsExactlyElementsOf(sources.stream().map(CudaBuildTest::ptx).toList());
    }
    for (Path source : sources) {
      String ptx = text(ptx(source));
      assertThat(ptx)
          .as("%s: run src/main/cuda/build.py ptx", source)
          .startsWith("// sources " + digest(List.of(source)) + "\n")
          .contains("release 11.8", ".version 7.8\n", ".target sm_75\n");
      assertThat(kernels(source)).isNotEmpty();
      for (String kernel : kernels(source)) {
        assertThat(ptx).contains(".visible .entry " + kernel + "(");
      }
    }
  }

  @Test
  void nothingSpillsAndEveryLaunchFits() throws IOException, NoSuchAlgorithmException {
    List<String> lines = text(TABLE).lines().toList();
    assertThat(lines.getFirst())
        .as("run src/main/cuda/build.py table")
        .isEqualTo("# sources " + digest(sources(".cu")));
    TreeSet<String> left = new TreeSet<>();
    for (Path source : sources(".cu")) {
      for (String kernel : kernels(source)) {
        for (int device : new int[] {75, 80, 86, 89, 90, 100}) {
          left.add(kernel + " sm_" + device);
        }
      }
    }
    for (String line : lines.subList(3, lines.size())) {
      String[] f = line.split("\t", -1);
      String row = f[0] + " " + f[1];
      assertThat(left.remove(row)).as(row).isTrue();
      int threads = OF_512.contains(f[0]) ? 512 : 1024;
      assertThat(Integer.parseInt(f[2])).as(row).isLessThanOrEqualTo(MOST_REGISTERS.get(threads));
      assertThat(Integer.parseInt(f[3])).as(row).isZero();
      assertThat(List.of(f[4], f[5], f[6])).as(row).containsOnly("0");
    }
    assertThat(left).isEmpty();
  }

  @Test
  void ptxIsWhatTheCompilerGives(@TempDir Path folder) throws IOException, InterruptedException {
    assumeCompiler("nvrtc 11.8");
    python("ptx", folder.toString());
    for (Path source : sources(".cu")) {
      assertThat(text(folder.resolve(ptx(source).getFileName()))).isEqualTo(text(ptx(source)));
    }
  }

  @Test
  @Tag("long")
  void theTableIsWhatTheCompilerSays(@TempDir Path folder)
      throws IOException, InterruptedException {
    // "# nvcc VERSION, ..."
    String[] compiler = text(TABLE).lines().toList().get(1).split("[ ,]+");
    assumeCompiler(compiler[1] + " " + compiler[2]);
    Path table = folder.resolve("resources.tsv");
    python("table", table.toString());
    assertThat(text(table)).isEqualTo(text(TABLE));
  }

  private static void assumeCompiler(String wanted) throws IOException, InterruptedException {
    List<String> there = List.of();
    try {
      there = python("versions").lines().toList();
    } catch (IOException e) {
      Assumptions.abort("skipped: no Python to find NVIDIA's compilers with");
    }
    Assumptions.assumeTrue(
        there.contains(wanted), "skipped: no " + wanted + " (src/main/cuda/requirements.txt)");
  }

  private static String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("BASEWISE_CUDA_PYTHON", "python3"));
    command.add(SOURCES.resolve("build.py").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as(command.stream().collect(Collectors.joining(" ")) + ":\n" + said)
        .isZero();
    return said;
  }
}
