package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.Emulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scan --device cuda} while the emulated driver fails at every place in turn: what comes out
 * is what the processor writes, or exit code 4, one line and no file.
 */
class ScanFaultsTest {
  /**
   * No fault is missed if the run that fails at this one is as good as the last: it was not met.
   */
  private static final int MOST = 400;

  @TempDir private Path folder;
  private Path fasta = Path.of("");

  @BeforeEach
  void genome() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder();
    for (int contig = 0; contig < 3; contig++) {
      text.append(">chr").append(contig).append('\n');
      for (int i = 0; i < 3000; i++) {
        text.append(i % 700 < 20 ? 'N' : "ACGT".charAt(random.nextInt(4)));
      }
      text.append('\n');
    }
    fasta = Files.writeString(folder.resolve("g.fa"), text);
  }

  private Said scan(String device, Path out) {
    return Said.by(
        "scan",
        "--motifs",
        "jaspar:fungi",
        "--only",
        "MA026[5-8]",
        "--pvalue",
        "1e-3",
        "--genome",
        fasta.toString(),
        "--threads",
        "2",
        "--quiet",
        "--force",
        "--device",
        device,
        "--out",
        out.toString());
  }

  private byte[] definition() throws IOException {
    Path cpu = folder.resolve("cpu.bed");
    Said said = scan("cpu", cpu);
    assertThat(said.code()).as(said.err()).isZero();
    byte[] bytes = Files.readAllBytes(cpu);
    assertThat(bytes.length).isGreaterThan(1000);
    return bytes;
  }

  /** Whether it failed, in the one way it may. */
  private boolean failed(String fault, byte[] expected) throws IOException {
    Path out = Files.createTempDirectory(folder, "out").resolve("x.bed");
    Said said = scan("cuda", out);
    if (said.code() == ExitCode.DONE) {
      assertThat(Files.readString(out)).as(fault).isEqualTo(text(expected));
      return false;
    }
    assertThat(said.code()).as(fault + ": " + said.err()).isEqualTo(ExitCode.NO_HARDWARE);
    assertThat(said.err()).as(fault).startsWith("basewise: ").hasLineCount(1);
    assertThat(said.out()).as(fault).isEmpty();
    try (Stream<Path> left = Files.list(out.getParent())) {
      assertThat(left.toList()).as(fault).isEmpty();
    }
    return true;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"oom_at", "pinned_oom_at", "launch_at", "launch_refused_at", "copy_at", "lost_at"})
  void oneFailureAnywhere(String fault) throws IOException {
    byte[] expected = definition();
    int met = 0;
    try (Emulation emulation = Emulation.ofKernels()) {
      for (int n = 1; n < MOST; n += n < 12 ? 1 : 7) {
        emulation.reset(fault + "=" + n);
        boolean failed = failed(fault + "=" + n, expected);
        met += failed ? 1 : 0;
        if (!failed && emulation.count(fault.replace("_at", "#")) < n) {
          break;
        }
      }
      assertThat(met).as("not all is forgiven").isPositive();
    }
  }

  @Test
  void twoDevicesWithLateCopies() throws IOException {
    byte[] expected = definition();
    try (Emulation emulation = Emulation.ofKernels()) {
      emulation.reset("devices=2,slow=3000");
      assertThat(failed("slow", expected)).isFalse();
      assertThat(emulation.count("launch")).isPositive();
    }
  }

  @Test
  void oneOfTwoDevicesIsLost() throws IOException {
    byte[] expected = definition();
    try (Emulation emulation = Emulation.ofKernels()) {
      for (int device = 0; device < 2; device++) {
        for (int n : new int[] {1, 2, 3, 5, 8}) {
          String fault = "devices=2,on=%d,lost_at=%d".formatted(device, n);
          emulation.reset(fault);
          boolean _ = failed(fault, expected);
        }
      }
    }
  }

  @Test
  void memoryThatIsEnoughOrNot() throws IOException {
    byte[] expected = definition();
    boolean enough = false;
    boolean tooLittle = false;
    try (Emulation emulation = Emulation.ofKernels()) {
      for (long kib : List.of(16L, 128L, 512L, 2048L, 8192L, 65_536L, 1_048_576L)) {
        emulation.reset("memory=" + (kib << 10));
        boolean failed = failed("memory of KiB " + kib, expected);
        assertThat(failed && enough).as("more memory is no worse").isFalse();
        enough |= !failed;
        tooLittle |= failed;
      }
    }
    assertThat(enough).isTrue();
    assertThat(tooLittle).isTrue();
  }
}
