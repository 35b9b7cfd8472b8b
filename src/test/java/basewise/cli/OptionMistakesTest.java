package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Options that make no sense or could have no effect: exit code 2, one line, nothing written. */
class OptionMistakesTest extends Refusals {
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
}
