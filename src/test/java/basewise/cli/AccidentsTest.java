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

/**
 * What people give to the verbs by accident: exit code 3, or 2 where an option is at fault; one
 * line, nothing written.
 */
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
    Path ones = write("x.csv", table("1", "1"));
    misused("--negatives labels: no row of " + ones, ones, "--negatives", "labels");
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
    misused("--taxon: jaspar has no motif of taxon 'unicorns'", fasta, "--taxon", "unicorns");
    misused("--filter-width: must be at least 5", fasta, "--filter-width", "4");
    misused("--pool: must be 0 to 22", fasta, "--pool", "30");
    misused("--dropout: must be from 0 to below 1", fasta, "--dropout", "1");
    misused("--weight-decay: must not be negative", fasta, "--weight-decay", "-1");
    misused("--learning-rate: must be above 0", fasta, "--learning-rate", "0");
    misused("--epochs: must be at least 1", fasta, "--epochs", "0");
    misused("--threads: must be at least 1", fasta, "--threads", "0");
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

  /** What could have no effect on an input is refused, not passed over in silence. */
  @Test
  void optionsWithoutEffect() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    String other = write("other.fa", Planted.fasta(60, 41)).toString();
    Path numbers = write("y.csv", table("0.5", "2"));
    String genome = write("g.fa", ">chr1\nACGT\n").toString();
    Said.by("genome", "info", genome); // leaves its index
    String bed = write("x.bed", "chr1\t0\t9\n").toString();
    String is = " " + fasta + " is FASTA (leave it out)";
    misused("--width: must be at least 1, is 0", fasta, "--width", "0");
    misused("--width: must be 4 to 1000000, is 3", fasta, "--width", "3");
    misused("--width: windows of 4 bases are too short", fasta, "--width", "4");
    misused("--filter-width: is 41, and windows are 40 bases", fasta, "--filter-width", "41");
    misused("--trim: must be at least 1, is 0", fasta, "--trim", "0");
    misused("--trim: cuts FASTQ reads, and" + is, fasta, "--trim", "20");
    misused("--label-columns: names columns of a table, and" + is, fasta, "--label-columns", "2");
    misused(
        "--sequence-column: names columns of a table, and" + is, fasta, "--sequence-column", "1");
    String given = ": no negatives are made: --negatives gives them (leave it out)";
    misused("--shuffles" + given, fasta, "--negatives", other, "--shuffles", "3");
    misused("--background" + given, fasta, "--negatives", other, "--background", "shuffle");
    misused("--negatives: makes no sense where labels are", numbers, "--negatives", other);
    misused("--shuffles: no negatives are made: labels are numbers", numbers, "--shuffles", "2");
    String read = "--genome: is read for regions or for negatives, and here for neither";
    misused(read, fasta, "--genome", genome, "--background", "shuffle");
    misused(read + ": --negatives gives them", fasta, "--genome", genome, "--negatives", other);
    misused("--exclude: no sequence of " + fasta + " says where it lies", fasta, "--exclude", bed);
    misused("--valid-contigs: no sequence of " + fasta, fasta, "--valid-contigs", "chr1");
    misused("--restarts: 1 leaves nothing to choose from", fasta, "--restarts", "1");
    Path few = write("few.fa", Planted.fasta(18, 40));
    misused("--restarts: " + few + " is too small to set windows", few, "--restarts", "3");
    misused("-: standard input is named twice", Path.of("-"), "--negatives", "-");
    misused("-: standard input is named twice", Path.of("-"), "--known", "-");
    misused("--label-columns: 'sequence' is the column", numbers, "--label-columns", "sequence");
    misused("--label-columns: '2' is named twice", numbers, "--label-columns", "label,2");
    assertThat(Said.by("discover", fasta.toString(), "--out", "-").err())
        .startsWith("basewise: --out: this verb cannot write to standard output");
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

  @Test
  void optionsOfOtherVerbsWithoutEffect() throws IOException {
    String fasta = write("toy.fa", Planted.fasta(60, 40)).toString();
    String model = folder.resolve("toy.model").toString();
    assertThat(Said.by("train", fasta, "--out", model, "--epochs", "1", "--quiet").code()).isZero();
    usage(
        "--plain: is the file of --out",
        "train",
        fasta,
        "--out",
        model() + "/x/..",
        "--plain",
        model());
    usage("--genome: is read for regions, and", "predict", model, fasta, "--genome", fasta);
    String genome = write("g.fa", ">1\nACGTTGCA\n").toString();
    String bed = write("r.bed", "1\t2\t4\n").toString();
    usage("--width: must be at least 1, is 0", "genome", "extract", genome, bed, "--width", "0");
    usage(
        "--stranded: no region of " + bed + " names a strand",
        "genome",
        "extract",
        genome,
        bed,
        "--stranded");
    usage("--norc: says what --similarity compares", "motifs", "merge", "jaspar", "--norc");
    usage("-: standard input is named twice", "compare", "-", "--against", "-");
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

  private String model() {
    return folder.resolve("never").toString();
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

  private void usage(String why, String... arguments) throws IOException {
    List<String> before = names();
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: " + why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  private void misused(String why, Path input, String... options) throws IOException {
    refused(ExitCode.USAGE, why, input, options);
  }

  private void refused(String why, Path input, String... options) throws IOException {
    refused(ExitCode.BAD_INPUT, why, input, options);
  }

  private void refused(int code, String why, Path input, String... options) throws IOException {
    List<String> before = names();
    Said said = discover(input, options);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(code);
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
