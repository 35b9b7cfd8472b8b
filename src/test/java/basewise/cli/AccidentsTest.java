package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * What people give to the verbs by accident: exit code 3, or 2 where an option is at fault; one
 * line, nothing written.
 */
class AccidentsTest extends Refusals {
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
    Path ones = write("x.csv", table("1", "1"));
    misused("--negatives labels: no row of " + ones, ones, "--negatives", "labels");
    refused("has numbers as labels, not classes", write("y.csv", table("0.5", "2")));
    refused(
        "has 2 label columns, and motifs are found for one at a time"
            + " (choose one, such as --label-columns a)",
        write("z.csv", table("1,0", "0,1").replace("label", "a,b")));
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

  @Test
  void excludedPlacesOfAnotherGenome() throws IOException {
    Path bed = write("x.bed", "1\t10\t50\n".repeat(8));
    String genome = write("g.fa", ">1\n" + "ACGTTGCA".repeat(100) + "\n").toString();
    Said.by("genome", "info", genome); // leaves its index
    String exclude = write("no.bed", "chr1\t0\t9\n").toString();
    refused(
        exclude + ":1: no contig 'chr1' in " + genome + " (did you mean 1?)",
        bed,
        "--genome",
        genome,
        "--exclude",
        exclude);
  }

  /** The lines of regions are read in one place, whatever the verb. */
  @Test
  void mistakesInRegionsAreTheSameForEveryVerb() throws IOException {
    String genome = write("g.fa", ">chr1\n" + "ACGTTGCA".repeat(100) + "\n").toString();
    String good = "chr1\t10\t50\n";
    Path bed = folder.resolve("r.bed");
    Path unnamed = folder.resolve("regions");
    for (String bad :
        List.of(
            "chr1\tten\t50\n",
            "chr1\t50\t10\n",
            "chr1\t-5\t10\n",
            "chr1\t10\n",
            "chr1 10\n",
            "chrom\tstart\tend\n",
            "chr1\t10\t5000\n",
            "chr2\t10\t50\n")) {
      for (String text : List.of(bad + good.repeat(8), good.repeat(8) + bad)) {
        Files.writeString(bed, text);
        Files.writeString(unnamed, text);
        Said extract = Said.by("genome", "extract", genome, bed.toString(), "--out", model());
        assertThat(extract.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(extract.err()).contains("r.bed:" + (text.startsWith(bad) ? 1 : 9) + ": ");
        assertThat(Said.by("dataset", "make", bed.toString(), "--genome", genome, "--out", model()))
            .isEqualTo(extract);
        assertThat(discover(bed, "--genome", genome)).isEqualTo(extract);
        // Without a name that says so, a line of three columns still shows that it is BED.
        if (!(bad.equals("chr1\t10\n") || bad.equals("chr1 10\n")) || text.startsWith(good)) {
          assertThat(discover(unnamed, "--genome", genome).err())
              .isEqualTo(extract.err().replace("r.bed", "regions"));
        }
      }
    }
  }

  /** Names are told as the file has them, and bytes that are no letters by their number. */
  @Test
  void messagesNameWhatTheFileHas() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    Path same = write("same.fa", Planted.fasta(1, 40));
    refused(
        "1 of the negatives is a positive too, the first is s0 (remove",
        write("few.fa", Planted.fasta(20, 40)),
        "--negatives",
        same.toString());
    refused("b.fa:2: 'byte 7' cannot stand", write("b.fa", ">b\nAC\u0007GT\n"));
    refused("b.fq:2: '\\x1b' cannot stand", write("b.fq", "@b\nAC\u001b[31mGT\n+\nIIII\n"));
    refused("b.txt:2: letter '\\x00' cannot stand", write("b.txt", "ACGTACGT\nAC\u0000T\n"));
    misused("--taxon: jaspar has no motif of taxon '\\x1b[2j'", fasta, "--taxon", "\u001b[2J");
    Path long1 = write("long.bed", "chr1\t" + "x".repeat(100_000) + "\t7\n");
    Said said = discover(long1);
    assertThat(said.err()).hasSizeLessThan(1000).contains("...").contains("(is this BED?)");
  }
}
