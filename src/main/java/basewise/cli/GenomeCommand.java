package basewise.cli;

import basewise.genome.Contig;
import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.genome.Peaks;
import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.sequence.Interval;
import basewise.sequence.Strand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise genome info|extract}: what is in a reference, and pieces of it. */
@Command(
    name = "genome",
    description = "What is in a reference, and pieces of it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK",
    subcommands = {GenomeCommand.Info.class, GenomeCommand.Extract.class})
final class GenomeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "genome: say what to do: info or extract");
  }

  /** Lists the contigs. */
  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      description = "Lists contigs with their length, GC of known bases, Ns and soft-masked bases.")
  static final class Info implements Callable<Integer> {
    private static final int CHUNK = 1 << 20;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "FASTA, 2bit, GenBank or EMBL.")
    private String file = "";

    @Mixin private CommonOptions common;

    @Override
    public Integer call() {
      common.validate();
      Path out = common.fileOrStandardOutput();
      StringBuilder text = new StringBuilder("contig\tlength\tgc_percent\tunknown\tmasked\n");
      try (Genome genome = Genome.open(file)) {
        long[] total = new long[4];
        for (Contig contig : genome.contigs()) {
          long[] counts = count(genome, contig);
          row(text, contig.name(), counts);
          for (int i = 0; i < total.length; i++) {
            total[i] += counts[i];
          }
        }
        row(text, "total", total);
        if (out == null) {
          PrintWriter screen = spec.commandLine().getOut();
          screen.println(
              file
                  + ": "
                  + genome.format()
                  + ", "
                  + Wording.count(genome.contigs().size(), "contig"));
          screen.print(text);
          screen.flush();
        } else {
          AtomicOutput.write(out, text.toString());
        }
      }
      return ExitCode.DONE;
    }

    private static void row(StringBuilder text, String name, long[] counts) {
      long known = counts[0] - counts[2];
      String gc = known == 0 ? "NA" : String.format(Locale.ROOT, "%.2f", 100.0 * counts[1] / known);
      text.append(name).append('\t').append(counts[0]).append('\t').append(gc);
      text.append('\t').append(counts[2]).append('\t').append(counts[3]).append('\n');
    }

    /** Length, G and C, N, lower case. */
    private static long[] count(Genome genome, Contig contig) {
      long[] counts = {contig.length(), 0, 0, 0};
      for (int start = 0; start < contig.length(); start += CHUNK) {
        int end = Math.min(contig.length() - CHUNK, start) + CHUNK;
        for (byte b : genome.letters(new Interval(contig.name(), start, end))) {
          counts[3] += b >= 'a' ? 1 : 0;
          int upper = b & ~32;
          counts[1] += upper == 'G' || upper == 'C' ? 1 : 0;
          counts[2] += upper == 'N' ? 1 : 0;
        }
      }
      return counts;
    }
  }

  /** Writes the sequences of regions. */
  @Command(
      name = "extract",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the sequences of regions as FASTA, named contig:start-end (0-based, half-open).",
        "Lower case is kept. The regions are taken whole unless --width is given."
      })
  static final class Extract implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "GENOME", description = "FASTA, 2bit, GenBank or EMBL.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "BED", description = "BED, narrowPeak or broadPeak.")
    private String bed = "";

    @Mixin private CommonOptions common;

    @Option(
        names = "--width",
        paramLabel = "N",
        description = "Windows of this width on the summit or midpoint.")
    private @Nullable Integer width;

    @Option(
        names = "--stranded",
        description = "Reverse complement the regions of the minus strand.")
    private boolean stranded;

    @Override
    public Integer call() {
      common.validate();
      if (width != null && width < 1) {
        throw InputException.ofOption("--width", "must be at least 1, is " + width, "");
      }
      InputNames.readOnce(List.of(file, bed));
      Path out = common.fileOrStandardOutput();
      List<Peak> peaks = Peaks.read(bed);
      if (peaks.isEmpty()) {
        throw new InputException(bed, "holds no regions", "give BED");
      }
      if (stranded && peaks.stream().allMatch(p -> p.strand() == null)) {
        throw InputException.ofOption(
            "--stranded", "no region of " + bed + " names a strand", "leave it out");
      }
      try (Genome genome = Genome.open(file)) {
        if (out == null) {
          write(System.out, peaks, genome);
          System.out.flush();
        } else {
          try (AtomicOutput target = AtomicOutput.to(out)) {
            write(target.stream(), peaks, genome);
            target.commit();
          }
        }
      } catch (IOException e) {
        String where = out == null ? "standard output" : out.toString();
        throw new InputException(where, 0, "cannot be written: " + e.getMessage(), "", e);
      }
      return ExitCode.DONE;
    }

    private void write(OutputStream to, List<Peak> peaks, Genome genome) throws IOException {
      for (Peak peak : peaks) {
        genome.require(bed, peak.line(), peak.place());
        write(to, peak, place(genome, peak), genome);
      }
    }

    private Interval place(Genome genome, Peak peak) {
      if (width == null) {
        return peak.place();
      }
      long start = (long) peak.centre() - width / 2;
      String contig = peak.place().contig();
      if (start < 0 || start + width > genome.length(contig)) {
        throw new InputException(
            bed,
            peak.line(),
            "a window of " + Wording.count(width, "base") + " goes over an end of " + contig,
            "use a smaller --width or remove the region");
      }
      return new Interval(contig, (int) start, (int) start + width);
    }

    private void write(OutputStream to, Peak peak, Interval place, Genome genome)
        throws IOException {
      byte[] letters = genome.letters(place);
      String header = ">" + place;
      if (stranded && peak.strand() == Strand.REVERSE) {
        letters = reverseComplement(letters);
        header += "(-)";
      }
      if (!peak.name().isEmpty()) {
        header += " " + peak.name();
      }
      to.write(header.getBytes(StandardCharsets.UTF_8));
      to.write('\n');
      to.write(letters);
      to.write('\n');
    }

    private static byte[] reverseComplement(byte[] letters) {
      byte[] out = new byte[letters.length];
      for (int i = 0; i < out.length; i++) {
        byte b = letters[i];
        int at = "ACGTNacgtn".indexOf(b);
        out[out.length - 1 - i] = (byte) "TGCANtgcan".charAt(at);
      }
      return out;
    }
  }
}
