package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.report.CombinedReport;
import basewise.report.SampleMotifs;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code combine}: one report of several discoveries. */
@Command(
    name = "combine",
    description = {
      "Writes one report of several results of discover: which pooled motif was found in which"
          + " sample, how strongly, which are shared; and the same as a table beside it (.tsv).",
      "A folder is a sample and its name the sample's. Links to the samples' reports are relative"
          + " to the folder of --out."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  ./basewise motifs merge a.meme b.meme --prefix --similarity 0.9 --members members.tsv"
          + " --out pooled.meme",
      "  ./basewise combine a b --motifs pooled.meme --members members.tsv --out report.html"
    })
final class CombineCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "Results of discover, a folder per sample.")
  private List<Path> folders = List.of();

  @Option(
      names = "--motifs",
      required = true,
      paramLabel = "FILE",
      description = "The pooled motifs, as motifs merge --prefix wrote them.")
  private String motifs = "";

  @Option(
      names = "--members",
      required = true,
      paramLabel = "FILE",
      description = "What became of each sample's motifs: the table of motifs merge --members.")
  private String members = "";

  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description = "Sites of the pooled motifs in a genome: the table of scan --count.")
  private @Nullable String counts;

  @Option(
      names = "--absent",
      split = ",",
      paramLabel = "NAME",
      description = "Samples that have no results, to be named as such.")
  private List<String> absent = List.of();

  @Option(
      names = "--link",
      paramLabel = "TEXT=PATH",
      description = "Another file to link to, relative to the report.")
  private Map<String, String> links = new LinkedHashMap<>();

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.validate();
    Path out = common.freshOut(Path.of("basewise-combined.html"));
    if (!out.toString().endsWith(".html")) {
      throw InputException.ofOption("--out", out + " is no name of a page", "end it in .html");
    }
    Path table = out.resolveSibling(InputNames.stem(out.toString()) + ".tsv");
    common.fresh(table);
    List<SampleMotifs> samples =
        folders.stream().map(f -> SampleMotifs.read(f, link(out, f))).toList();
    CombinedReport report =
        new CombinedReport(samples, pooled(samples), absent, links, Version.text());
    AtomicOutput.write(table, report.table());
    report.write(out);
    if (!common.quiet) {
      System.out.println(out);
    }
    return ExitCode.DONE;
  }

  private static String link(Path out, Path folder) {
    Path from = out.toAbsolutePath().normalize().getParent();
    Path to = folder.toAbsolutePath().normalize().resolve("report.html");
    return (from == null ? to : from.relativize(to)).toString().replace('\\', '/');
  }

  private List<CombinedReport.Pooled> pooled(List<SampleMotifs> samples) {
    Map<String, Integer> columns = new HashMap<>();
    for (SampleMotifs s : samples) {
      if (columns.put(s.name(), columns.size()) != null) {
        throw new InputException(s.name(), "is the name of two samples", "rename one folder");
      }
    }
    Map<String, String> homes = new HashMap<>();
    table(
        members,
        List.of("source", "motif_id", "pooled_id"),
        f -> homes.put(f[0] + "\t" + f[1], f[2]));
    Map<String, CombinedReport.Hits> hits = new HashMap<>();
    String counted = counts;
    if (counted != null) {
      table(
          counted,
          List.of("motif_id", "hits_plus", "hits_minus", "ratio"),
          f ->
              hits.put(
                  f[0],
                  new CombinedReport.Hits(Long.parseLong(f[1]) + Long.parseLong(f[2]), f[3])));
    }
    List<Motif> all = MotifLibrary.installed().collection(motifs, null).motifs();
    Set<String> ids = new HashSet<>();
    all.forEach(m -> ids.add(m.id()));
    Map<String, List<@Nullable LogValue>> evidence = new HashMap<>();
    Map<String, SampleMotifs.Found> best = new HashMap<>();
    for (SampleMotifs s : samples) {
      for (SampleMotifs.Found found : s.motifs()) {
        String home = homes.get(s.name() + "\t" + found.id());
        if (home == null || !ids.contains(home)) {
          throw new InputException(
              home == null ? members : motifs,
              "lacks %s of sample %s".formatted(home == null ? found.id() : home, s.name()),
              "merge SAMPLE.meme of these samples with --prefix --members");
        }
        List<@Nullable LogValue> row =
            evidence.computeIfAbsent(
                home, h -> new ArrayList<>(Collections.nCopies(samples.size(), null)));
        int column = samples.indexOf(s);
        LogValue known = row.get(column);
        if (known == null || found.evalue().compareTo(known) < 0) {
          row.set(column, found.evalue());
        }
        best.merge(home, found, (a, b) -> b.evalue().compareTo(a.evalue()) < 0 ? b : a);
      }
    }
    List<CombinedReport.Pooled> pooled = new ArrayList<>();
    for (Motif m : all) {
      List<@Nullable LogValue> row = evidence.get(m.id());
      SampleMotifs.Found strongest = best.get(m.id());
      if (row != null && strongest != null) {
        pooled.add(new CombinedReport.Pooled(m, row, strongest.match(), hits.get(m.id())));
      }
    }
    return pooled;
  }

  /** Reads some columns of a table by their names. */
  private static void table(String file, List<String> columns, Consumer<String[]> row) {
    try (TextInput in = TextInput.open(file)) {
      String head = in.readLine();
      List<String> names = head == null ? List.of() : Arrays.asList(head.split("\t", -1));
      if (!names.containsAll(columns)) {
        throw in.wrong("has no columns " + String.join(", ", columns), "is this the right table?");
      }
      int[] at = columns.stream().mapToInt(names::indexOf).toArray();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] f = line.split("\t", -1);
        if (f.length != names.size()) {
          throw in.wrong("has %d columns, the head has %d".formatted(f.length, names.size()), "");
        }
        try {
          row.accept(Arrays.stream(at).mapToObj(i -> f[i]).toArray(String[]::new));
        } catch (NumberFormatException e) {
          throw in.wrong("has no number where one is due", "is this the right table?");
        }
      }
    }
  }
}
