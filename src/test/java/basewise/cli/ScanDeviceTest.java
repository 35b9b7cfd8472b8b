package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaDriver;
import basewise.cuda.Emulation;
import basewise.genome.TwoBitBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scan --device}: the same bytes from the processor and from the emulated driver. */
class ScanDeviceTest {
  @TempDir private Path folder;

  /** Two contigs and some that are short, with N and lower case. */
  private Map<String, byte[]> genome() {
    SplittableRandom random = new SplittableRandom(21);
    Map<String, byte[]> contigs = new LinkedHashMap<>();
    for (int length : new int[] {9000, 1, 40, 4000, 3}) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        int kind = i % 900;
        text.append(kind < 30 ? 'N' : (kind < 200 ? "acgt" : "ACGT").charAt(random.nextInt(4)));
      }
      contigs.put("chr" + length, text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    return contigs;
  }

  private String fasta() throws IOException {
    StringBuilder text = new StringBuilder();
    genome()
        .forEach((name, letters) ->
            text.append(">")
                .append(name)
                .append("\n")
                .append(new String(letters, StandardCharsets.US_ASCII).replaceAll(".{60}", "$0\n"))
                .append("\n"));
    return Files.writeString(folder.resolve("g.fa"), text).toString();
  }

  /** What a command writes: standard output and files, by name. */
  private Map<String, String> written(String device, String name, String... options)
      throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    List<String> all =
        new ArrayList<>(
            List.of("scan", "--motifs", "jaspar:fungi", "--only", "MA026[0-9]", "--quiet"));
    all.addAll(List.of("--device", device, "--threads", "2", "--pvalue", "1e-3"));
    all.addAll(List.of(options));
    if (!name.isEmpty()) {
      all.addAll(List.of("--out", out.resolve(name).toString()));
    }
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    Map<String, String> files = new TreeMap<>(Map.of("", said.out()));
    try (Stream<Path> there = Files.walk(out)) {
      for (Path file : there.filter(Files::isRegularFile).toList()) {
        files.put(
            out.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private String twoBit() throws IOException {
    return Files.write(
            folder.resolve("g.2bit"), TwoBitBytes.of(genome(), ByteOrder.LITTLE_ENDIAN, 0))
        .toString();
  }

  private void same(String name, String... options) throws IOException {
    Map<String, String> expected = written("cpu", name, options);
    assertThat(written("cuda", name, options)).as(name).isEqualTo(expected);
    assertThat(expected.toString()).hasSizeGreaterThan(100);
  }

  @Test
  void everyOutputIsTheSame() throws IOException {
    String fasta = fasta();
    String twoBit = twoBit();
    String bed =
        Files.writeString(folder.resolve("r.bed"), "chr9000\t5\t3000\nchr4000\t17\t2000\n")
            .toString();
    try (Emulation emulation = Emulation.ofKernels()) {
      same("", "--genome", fasta);
      same("", "--genome", twoBit, "--count");
      same("", "--genome", twoBit, "--count", "--skip-masked", "--regions", bed);
      same("", "--genome", fasta, "--count", "--skip-masked");
      same("x.bed", "--genome", twoBit);
      same("x.bed.gz", "--genome", fasta, "--max-strand");
      same("x.tsv", "--genome", twoBit, "--qvalue", "0.9");
      same("x.gff", "--genome", fasta, "--qvalues", "--best");
      same("x.bedgraph", "--genome", fasta, "--regions", bed);
      same("x.bw", "--genome", twoBit);
      same("x.matrix.tsv", "--genome", fasta, "--regions", bed);
      same("x.mtx", "--genome", fasta);
      same("part", "--genome", twoBit, "--part", "2/3", "--count");
      same("part", "--genome", twoBit, "--part", "2/3");
      same("r.bed", "--genome", fasta, "--resume");
      assertThat(emulation.count("launch")).isGreaterThan(20);
    }
  }

  @Test
  void whatWasChosenAndWhyIsSaid() throws IOException {
    String fasta = fasta();
    String[] scan = {
      "scan", "--motifs", "jaspar:fungi", "--only", "MA0265", "--genome", fasta, "--count", "-v"
    };
    try (Emulation emulation = Emulation.ofKernels()) {
      assertThat(Said.by(with(scan, "auto")).err())
          .contains("device: cuda:0 (emulation on the CPU, no GPU), since auto found it ready")
          .contains(" launches, ");
      assertThat(Said.by(with(scan, "CUDA:0")).err()).contains("as asked for");
      Said none = Said.by(with(scan, "cuda:1"));
      assertThat(none.code()).isEqualTo(4);
      assertThat(none.err()).contains("there is no cuda:1").contains("there is cuda:0");
      emulation.reset("version=11070");
      Said old = Said.by(with(scan, "cuda"));
      assertThat(old.code()).isEqualTo(4);
      assertThat(old.err()).contains("too old");
      Said other = Said.by(with(scan, "auto"));
      assertThat(other.code()).isZero();
      assertThat(other.err()).contains("device: cpu, since auto found").contains("too old");
      emulation.reset("launch_at=2");
      Path out = folder.resolve("never.bed");
      Said lost = Said.by(with(scan, "cuda", "--out", out.toString()));
      assertThat(lost.code()).isEqualTo(4);
      assertThat(lost.out()).isEmpty();
      assertThat(lost.err()).contains("cuda:0").contains("failed").contains("--device cpu");
      assertThat(out).doesNotExist();
      assertThat(folder).isDirectoryNotContaining("glob:**never*");
    }
    assertThat(System.getProperty(CudaDriver.LIBRARY_PROPERTY)).isNull();
    Said wrong = Said.by(with(scan, "gpu"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'gpu' is not cpu, cuda, cuda:N or auto");
  }

  /** Rows with q-values take two passes; the device keeps the sequences of the first. */
  @Test
  void sequencesAreSentOnceForRowsWithQvalues() throws IOException {
    String fasta = fasta();
    String twoBit = twoBit();
    Path overlapping =
        Files.writeString(folder.resolve("r.bed"), "chr9000\t5\t3000\nchr9000\t17\t2000\n");
    try (Emulation emulation = Emulation.ofKernels()) {
      for (String genome : List.of(fasta, twoBit)) {
        for (String name : genome.equals(fasta) ? List.of("x.bed.gz") : List.of("x.tsv", "x.gff")) {
          String[] all = {"--genome", genome, "--qvalues"};
          Map<String, String> expected = written("cpu", name, all);
          emulation.reset("");
          assertThat(written("cuda", name.replace(".bed", "1.bed"), "--genome", genome))
              .isNotEmpty();
          long once = emulation.count("up");
          emulation.reset("");
          assertThat(written("cuda", name, all)).isEqualTo(expected);
          long twice = emulation.count("up");
          // Beside the sequences, which are a byte a base, only limits of blocks are sent again;
          // those of 2bit go there packed.
          assertThat(twice).as("%s of %s", name, genome).isGreaterThan(3000);
          assertThat(twice - once)
              .as("%s of %s", name, genome)
              .isBetween(genome.equals(fasta) ? 0L : -once, 200L);
        }
        same("x.bed", "--genome", genome, "--qvalues", "--resume");
        same("x.tsv", "--genome", genome, "--regions", overlapping.toString(), "--best");
      }
      long launches = emulation.count("launch");
      assertThat(launches).isGreaterThan(2);
      Path out = folder.resolve("never.bed");
      String[] scan = {
        "scan", "--motifs", "jaspar:fungi", "--only", "MA026[0-9]", "--genome", fasta, "--qvalues"
      };
      emulation.reset("");
      assertThat(Said.by(with(scan, "cuda", "--out", out.toString(), "-v")).err())
          .contains("on what the device had kept");
      Files.delete(out);
      for (String fault : List.of("launch_at=", "lost_at=")) {
        // The last there are: of the second pass.
        String count = fault.startsWith("launch") ? "launch#" : "lost#";
        long last = emulation.count(count);
        emulation.reset(fault + last);
        Said lost = Said.by(with(scan, "cuda", "--out", out.toString()));
        assertThat(lost.code()).as(fault + last).isEqualTo(4);
        assertThat(lost.err()).contains("cuda:0").contains("failed").contains("--device cpu");
        assertThat(out).doesNotExist();
        emulation.reset("");
        assertThat(Said.by(with(scan, "cuda", "--out", out.toString())).code()).isZero();
        Files.delete(out);
      }
    }
  }

  private static String[] with(String[] scan, String device, String... more) {
    return Stream.of(Stream.of(scan), Stream.of("--device", device), Stream.of(more))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }
}
