package basewise.cli;

import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.MotifTrimming;
import basewise.motif.format.MotifCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code motifs trim}: cuts ends without information. */
@Command(
    name = "trim",
    description = {
      "Cuts columns off both ends of each motif while they hold too little information.",
      "A motif of which nothing would remain is left out and named."
    },
    mixinStandardHelpOptions = true)
final class MotifsTrimCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "Motif file, - for standard input, or jaspar.")
  private String file;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      description =
          "Least information content of an end column against equal base frequencies (default:"
              + " ${DEFAULT-VALUE}).")
  private double bits = MotifTrimming.DEFAULT_BITS;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "Format to write (default: ${DEFAULT-VALUE}).")
  private String to = "meme";

  @Override
  public Integer call() {
    common.validate();
    if (!(bits >= 0 && bits <= 2)) {
      throw InputException.ofOption("--bits", "must be between 0 and 2, is " + bits, "");
    }
    MotifCollection c = MotifLibrary.installed().collection(file, null);
    List<Motif> kept = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    int cut = 0;
    for (Motif motif : c.motifs()) {
      int[] core = MotifTrimming.core(motif.probabilities(), bits, Background.UNIFORM);
      if (core[0] == core[1]) {
        empty.add(motif.id());
        continue;
      }
      cut += core[1] - core[0] < motif.width() ? 1 : 0;
      kept.add(MotifTrimming.slice(motif, core[0], core[1]));
    }
    MotifOutput.write(kept, to, c.background(), common);
    MotifOutput.say(common, cut + " of " + Wording.count(c.motifs().size(), "motif") + " trimmed");
    if (!empty.isEmpty()) {
      MotifOutput.say(
          common, "left out, without an informative column: " + String.join(", ", empty));
    }
    return ExitCode.DONE;
  }
}
