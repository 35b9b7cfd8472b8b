package basewise.cli;

import basewise.motif.MotifLibrary;
import basewise.motif.format.MotifCollection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code motifs convert}: one format into another. */
@Command(
    name = "convert",
    description = "Writes the motifs of a file in another format.",
    mixinStandardHelpOptions = true)
final class MotifsConvertCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "Motif file, - for standard input, or jaspar.")
  private String file;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description =
          "meme, jaspar, transfac, homer, cisbp, hocomoco, uniprobe, cluster-buster, gimme or"
              + " encode.")
  private String to;

  @Option(names = "--taxon", paramLabel = "TAXON", description = KnownOptions.TAXA)
  private @Nullable String taxon;

  @Override
  public Integer call() {
    common.validate();
    MotifCollection c = MotifLibrary.installed().collection(file, taxon);
    MotifOutput.write(c.motifs(), to, c.background(), common);
    return ExitCode.DONE;
  }
}
