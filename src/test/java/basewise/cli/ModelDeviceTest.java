package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.cuda.CudaDriver;
import basewise.cuda.Emulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --device} of the verbs that ask a model, over the emulated driver. */
class ModelDeviceTest {
  private static final int WIDTH = 40;

  @TempDir Path folder;
  private String model = "";
  private String fasta = "";

  @BeforeEach
  void train() throws IOException {
    Path file = folder.resolve("toy.fa");
    Files.writeString(file, Planted.fasta(30, WIDTH));
    fasta = file.toString();
    model = folder.resolve("toy.model").toString();
    Said said = Said.by("train", fasta, "--out", model, "--epochs", "1", "--filters", "4");
    assertThat(said.code()).as(said.err()).isZero();
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  @Test
  void predictionsAreTheSameBytes() throws IOException {
    assertThat(Said.by("predict", model, fasta, "--out", out("cpu.tsv").toString()).code())
        .isZero();
    try (Emulation _ = Emulation.ofKernels()) {
      Said said =
          Said.by("predict", model, fasta, "--device", "cuda", "--out", out("gpu.tsv").toString());
      assertThat(said.err())
          .isEqualTo("basewise: device: cuda:0 (emulation on the CPU, no GPU), as asked for\n");
      assertThat(said.code()).isZero();
      assertThat(out("gpu.tsv")).hasSameTextualContentAs(out("cpu.tsv"));
    }
  }

  @Test
  void mutagenesisIsTheSameWithinItsBound() throws IOException {
    List<String> cpu = scores("cpu", "ism.tsv");
    try (Emulation _ = Emulation.ofKernels()) {
      List<String> gpu = scores("cuda", "ism-gpu.tsv");
      assertThat(gpu).hasSameSizeAs(cpu);
      double largest = cpu.stream().skip(1).mapToDouble(r -> Math.abs(last(r))).max().orElse(0);
      assertThat(largest).isPositive();
      for (int i = 1; i < cpu.size(); i++) {
        assertThat(last(gpu.get(i))).isCloseTo(last(cpu.get(i)), within(1e-5 * largest));
      }
    }
  }

  private static double last(String row) {
    return Double.parseDouble(row.substring(row.lastIndexOf('\t') + 1));
  }

  private List<String> scores(String device, String name) throws IOException {
    Said said =
        Said.by(
            "attribute",
            model,
            fasta,
            "--method",
            "ism",
            "--device",
            device,
            "--out",
            out(name).toString());
    assertThat(said.code()).as(said.err()).isZero();
    return Files.readAllLines(out(name));
  }

  @Test
  void whatDoesNotRunOnAGpuIsRefused() {
    try (Emulation _ = Emulation.ofProbe()) {
      Said other =
          Said.by(
              "attribute",
              model,
              fasta,
              "--method",
              "ism-pairs",
              "--device",
              "cuda",
              "--out",
              out("no.tsv").toString());
      assertThat(other.err()).contains("--device: only --method ism runs on a GPU");
      assertThat(other.code()).isEqualTo(ExitCode.USAGE);
      String network = out("network").toString();
      assertThat(Said.by("model", "export", model, "--out", network).code()).isZero();
      Said exported =
          Said.by("predict", network, fasta, "--device", "cuda", "--out", out("no.tsv").toString());
      assertThat(exported.err()).contains("--device: GPUs do not run this model");
      assertThat(exported.code()).isEqualTo(ExitCode.USAGE);
      Said auto =
          Said.by(
              "predict", network, fasta, "--device", "auto", "--out", out("yes.tsv").toString());
      assertThat(auto.code()).as(auto.err()).isZero();
      assertThat(out("no.tsv")).doesNotExist();
    }
  }

  @Test
  void trainingOnAGpuNeedsNd4jsBackend() {
    try (Emulation _ = Emulation.ofProbe()) {
      String file = out("never.model").toString();
      Said said = Said.by("train", fasta, "--device", "cuda", "--out", file);
      // Which of the two depends on the profile that this was built with.
      assertThat(said.err())
          .containsAnyOf("build it with mvn -Pcuda package", "found no GPU that it can use");
      assertThat(said.code()).isEqualTo(ExitCode.NO_HARDWARE);
      assertThat(Said.by("train", fasta, "--device", "tpu", "--out", file).code())
          .isEqualTo(ExitCode.USAGE);
      assertThat(out("never.model")).doesNotExist();
    }
  }

  @Test
  void aGpuThatIsMissingOrLostEndsWithFour() {
    System.setProperty(CudaDriver.LIBRARY_PROPERTY, out("none.so").toString());
    try {
      Said said =
          Said.by("predict", model, fasta, "--device", "cuda", "--out", out("p.tsv").toString());
      assertThat(said.code()).isEqualTo(ExitCode.NO_HARDWARE);
      assertThat(out("p.tsv")).doesNotExist();
    } finally {
      System.clearProperty(CudaDriver.LIBRARY_PROPERTY);
    }
    try (Emulation emulation = Emulation.ofKernels()) {
      emulation.reset("launch_at=1");
      Said said =
          Said.by("predict", model, fasta, "--device", "cuda", "--out", out("p.tsv").toString());
      assertThat(said.err()).contains("CUDA_ERROR");
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.NO_HARDWARE);
      assertThat(out("p.tsv")).doesNotExist();
    }
  }
}
