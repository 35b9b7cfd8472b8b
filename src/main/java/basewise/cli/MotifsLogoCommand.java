package basewise.cli;

import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.report.LogoOptions;
import basewise.report.SequenceLogo;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code motifs logo}: motifs as pictures. */
@Command(
    name = "logo",
    description = "Draw motifs as sequence logos, SVG or PNG.",
    mixinStandardHelpOptions = true)
final class MotifsLogoCommand implements Callable<Integer> {
  private enum Picture {
    SVG,
    PNG
  }

  /** Pictures that others draw and this does not. */
  private static final Pattern OTHER_PICTURE =
      Pattern.compile(".*\\.(jpe?g|gif|pdf|bmp|webp|tiff?|e?ps)");

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Motif file, - for standard input, or jaspar.")
  String file;

  @Option(names = "--motif", paramLabel = "ID", description = "Only the motif of this id or name.")
  @Nullable String id;

  @Option(
      names = "--format",
      paramLabel = "svg|png",
      description = "Pictures in a folder (default: svg); of a file, its name says it.")
  @Nullable Picture format;

  @Option(names = "--reverse-complement", description = "Draw the other strand.")
  boolean reverseComplement;

  @Option(
      names = "--small-sample-correction",
      description = "Take e(n) = 3/(2 ln2 n) bits from each column, n the sites.")
  boolean correction;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    checkName();
    List<Motif> motifs = MotifLibrary.installed().collection(file, null).motifs();
    if (id != null) {
      motifs = motifs.stream().filter(m -> m.id().equals(id) || m.name().equals(id)).toList();
      if (motifs.isEmpty()) {
        throw InputException.ofOption(
            "--motif", "'" + id + "' is no motif of " + file, "see basewise motifs info");
      }
    }
    if (correction && motifs.stream().allMatch(m -> m.sites().isEmpty())) {
      throw InputException.ofOption(
          "--small-sample-correction",
          file + " does not say how many sites it has",
          "leave it out");
    }
    Path out = common.freshOut(Path.of("logos"));
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg") || name.endsWith(".png")) {
      if (motifs.size() != 1) {
        throw InputException.ofOption(
            "--out",
            "%s is one picture, and %s holds %d motifs".formatted(out, file, motifs.size()),
            "choose one with --motif, or name a folder");
      }
      draw(motifs.getFirst(), out);
      return ExitCode.DONE;
    }
    String ending = (format == null ? Picture.SVG : format).name().toLowerCase(Locale.ROOT);
    Set<String> used = new HashSet<>();
    for (Motif motif : motifs) {
      // An id may hold characters that no file name should; what then clashes gets a number.
      String base = motif.id().replaceAll("[^A-Za-z0-9._-]", "_");
      String unique = base;
      for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++) {
        unique = base + "_" + i;
      }
      draw(motif, out.resolve(unique + "." + ending));
    }
    return ExitCode.DONE;
  }

  /** A name that promises what will not be in it is refused. */
  private void checkName() {
    if (common.out == null) {
      return;
    }
    String name = common.out.toString().toLowerCase(Locale.ROOT);
    if (OTHER_PICTURE.matcher(name).matches()) {
      throw InputException.ofOption(
          "--out", common.out + ": logos are SVG or PNG", "end the name in .svg or .png");
    }
    for (Picture other : Picture.values()) {
      if (format != null
          && format != other
          && name.endsWith("." + other.name().toLowerCase(Locale.ROOT))) {
        throw InputException.ofOption(
            "--out",
            common.out + " is not the name of what --format asks for, " + format,
            "leave out --format or change the name");
      }
    }
  }

  private void draw(Motif motif, Path path) {
    SequenceLogo logo =
        SequenceLogo.of(motif, new LogoOptions(LogoOptions.DEFAULT.background(), correction));
    (reverseComplement ? logo.reverseComplement() : logo).write(path);
  }
}
