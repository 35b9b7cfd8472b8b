package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people give to the verbs by accident: exit code 3, one line, nothing written. */
class AccidentsTest {
  @TempDir private Path folder;

  @Test
  void inputsThatHoldNothingToLearn() throws IOException {
    refused("is empty", write("empty.fa", ""));
    refused("no such file", folder.resolve("none.fa"));
    refused("has 1 positive, fewer than 5", write("one.fa", Planted.fasta(1, 40)));
    refused("no window of 9 bases is left", write("n.fa", ">a\nNNNNNNNNN\n".repeat(20)));
    refused("p.fa:2: 'L' cannot stand in DNA", write("p.fa", ">p\nMKVLAAGE\n"));
    refused("has no positives: all labels are 0", write("zero.csv", table("0", "0")));
  }

  @Test
  void filesThatAreDamaged() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Planted.fasta(100, 100).getBytes(StandardCharsets.US_ASCII));
    }
    Path cut = folder.resolve("cut.fa.gz");
    Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 500));
    refused("the gzip data is truncated or damaged", cut);
    Path utf16 = folder.resolve("utf16.fa");
    Files.write(utf16, Planted.fasta(10, 40).getBytes(StandardCharsets.UTF_16));
    refused("is UTF-16 text", utf16);
  }

  @Test
  void labelsAndNegativesThatMakeNoSense() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    refused("60 of the negatives are positives too", fasta, "--negatives", fasta.toString());
    refused("no row is labelled 0", write("x.csv", table("1", "1")), "--negatives", "labels");
    refused("has numbers as labels, not classes", write("y.csv", table("0.5", "2")));
    refused(
        "has 2 label columns, and motifs are found for one at a time"
            + " (choose one, such as --label-columns a)",
        write("z.csv", table("1,0", "0,1").replace("label", "a,b")));
  }

  @Test
  void optionsThatDoNotFit() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    refused("unheard.meme", fasta, "--known", "unheard.meme");
    refused("unicorns", fasta, "--taxon", "unicorns");
    refused("--filter-width: must be at least 5", fasta, "--filter-width", "4");
    refused("--pool: must be 0 to 22", fasta, "--pool", "30");
    refused("--dropout: must be from 0 to below 1", fasta, "--dropout", "1");
    refused("--weight-decay: must not be negative", fasta, "--weight-decay", "-1");
    refused("--learning-rate: must be above 0", fasta, "--learning-rate", "0");
    refused("--epochs: must be at least 1", fasta, "--epochs", "0");
    refused("--threads: must be at least 1", fasta, "--threads", "0");
    refused("out.checkpoint: does not exist, nothing to resume", fasta, "--resume");
  }

  @Test
  void filtersWiderThanTheWindowAreCutToIt() throws IOException {
    Path fasta = write("short.fa", Planted.fasta(60, 12));
    Said said = discover(fasta, "--epochs", "2", "--filters", "4");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(Files.readString(folder.resolve("out/run.json"))).contains("\"filter_width\": 12");
  }

  @Test
  void resultsThatExist() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("run.json"), "{}");
    Said said = discover(fasta);
    assertThat(said.err()).contains("out: already exists (choose another --out or add --force)");
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.resolve("run.json")).hasContent("{}");
    Files.move(out.resolve("run.json"), out.resolve("thesis.txt"));
    said = discover(fasta, "--force");
    assertThat(said.err()).contains("holds other things than results");
    assertThat(out.resolve("thesis.txt")).exists();
  }

  @Test
  void resultsThatAnotherRunIsWriting() throws Exception {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Path partial = Files.createDirectories(folder.resolve(".out.partial"));
      Files.writeString(partial.resolve(".owner"), Long.toString(other.pid()));
      refused("another run (process " + other.pid() + ") is writing it", fasta);
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aCheckpointOfAnInterruptedRunIsNotLost() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Path checkpoint = write("out.checkpoint", "precious");
    refused("out.checkpoint: is left of an interrupted run", fasta);
    refused("out.checkpoint: is not a checkpoint, or damaged", fasta, "--resume");
    assertThat(checkpoint).hasContent("precious");
    assertThat(Interruption.line(checkpoint))
        .isEqualTo(
            "interrupted; the best model so far is %s (go on with --resume)".formatted(checkpoint));
    assertThat(Interruption.line(folder.resolve("none")))
        .isEqualTo("interrupted; nothing was written");
  }

  @Test
  void aTinySetIsCrossValidatedAndSaysSo() throws IOException {
    Path fasta = write("crp.fa", Planted.fasta(18, 105));
    Said said =
        Said.by(
            "discover",
            fasta.toString(),
            "--out",
            folder.resolve("out").toString(),
            "--epochs",
            "3",
            "--filters",
            "8");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("too small to set a test part aside", "come from cross-validation");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("too small to set a test part aside");
    assertThat(Files.readString(folder.resolve("out/run.json")))
        .contains("\"cross_validated\": true", "\"auroc\": 0.");
  }

  @Test
  void modelsThatAreNone() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Path model = write("not.model", "not a model");
    for (String verb : List.of("predict", "filters")) {
      List<String> before = names();
      Said said =
          Said.by(verb, model.toString(), fasta.toString(), "--out", folder.resolve("o") + "");
      assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(said.err().lines().toList())
          .containsExactly(
              "basewise: %s: is not a Basewise model (give what train wrote; MODEL comes before INPUT)"
                  .formatted(model));
      assertThat(names()).isEqualTo(before);
    }
  }

  @Test
  void aModelOfAnotherVersion() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Path model = folder.resolve("toy.model");
    Said.by(
        "train", fasta.toString(), "--out", model.toString(), "--epochs", "1", "--filters", "4");
    Path newer = folder.resolve("newer.model");
    try (ZipFile zip = new ZipFile(model.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(newer))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (name.equals("basewise.json")) {
          String json = new String(bytes, StandardCharsets.UTF_8);
          assertThat(json).contains("\"version\": 1,");
          bytes =
              json.replace("\"version\": 1,", "\"version\": 9,").getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
      }
    }
    for (String verb : List.of("predict", "filters")) {
      Said said =
          Said.by(verb, newer.toString(), fasta.toString(), "--out", folder.resolve("o") + "");
      assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(said.err())
          .isEqualTo(
              "basewise: %s: is a model of version 9, this program reads version 1 (train it again"
                      .formatted(newer)
                  + " with this version)\n");
      assertThat(folder.resolve("o")).doesNotExist();
    }
  }

  private void refused(String why, Path input, String... options) throws IOException {
    List<String> before = names();
    Said said = discover(input, options);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  private Said discover(Path input, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("discover", input.toString(), "--out", folder.resolve("out").toString()));
    args.add("--quiet");
    args.addAll(List.of(options));
    return Said.by(args.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Sixty rows whose labels are in turn one and the other. */
  private static String table(String even, String odd) {
    StringBuilder text = new StringBuilder("sequence,label\n");
    for (int i = 0; i < 60; i++) {
      text.append(Planted.sequence(i, 40, i % 2 == 0 ? Planted.WORD : ""))
          .append(',')
          .append(i % 2 == 0 ? even : odd)
          .append('\n');
    }
    return text.toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
