package basewise.bench;

import basewise.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well the three networks of {@code train --architecture} tell real peaks from their
 * dinucleotide shuffles: the same windows, the same held-out part, otherwise each with its
 * defaults.
 *
 * <pre>{@code
 * java -cp target/classes:target/test-classes:... basewise.bench.ArchitectureBench SHARED
 *     [SET ...]
 * }</pre>
 *
 * <p>A SET is {@code FILE:WIDTH}, a file below {@code data/sequences} of SHARED and the bases per
 * window. Printed are held-out AUROC and its 95 % interval, and the seconds that training took.
 */
public final class ArchitectureBench {
  private static final List<String> SETS =
      List.of(
          "ctcf_motifRG_1000.fa.gz:200",
          "Jun_2461_hg19.fa.gz:200",
          "oct4_motifcounter_3997.fa.gz:200",
          "yeast_chipexo/Reb1_1078.fa:100");

  private static final List<String> ARCHITECTURES = List.of("motif", "basset", "dilated");
  private static final Pattern AUROC = Pattern.compile("Held out, (.+): AUROC (\\S+ \\([^)]*\\))");

  private ArchitectureBench() {}

  /** Trains and prints a line per set and network. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path folder = Path.of(args[0]).resolve("data/sequences");
    List<String> sets = args.length > 1 ? List.of(args).subList(1, args.length) : SETS;
    System.out.println("set\tnetwork\theld-out AUROC\tthat of 6-mers\tseconds");
    for (String set : sets) {
      String file = set.substring(0, set.lastIndexOf(':'));
      String width = set.substring(set.lastIndexOf(':') + 1);
      for (String architecture : ARCHITECTURES) {
        Path out = Files.createTempDirectory("architecture").resolve("model.zip");
        long start = System.nanoTime();
        String said =
            run(
                "train",
                folder.resolve(file).toString(),
                "--architecture",
                architecture,
                "--width",
                width,
                "--seed",
                "1",
                "--out",
                out.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        StringBuilder line = new StringBuilder(file).append('\t').append(architecture);
        for (Matcher m = AUROC.matcher(said); m.find(); ) {
          line.append('\t').append(m.group(2));
        }
        System.out.printf("%s\t%.0f%n", line, seconds);
        Files.deleteIfExists(out);
        Files.delete(out.getParent());
      }
    }
  }

  /** What a verb says on standard output. */
  private static String run(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = Main.run(words);
    } finally {
      System.setOut(before);
    }
    if (code != 0) {
      throw new IllegalStateException("exit code " + code + " of " + String.join(" ", words));
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
