package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.MotifMerging;
import basewise.motif.format.MotifCollection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code motifs merge}: files become one collection, and motifs that are alike one motif. */
@Command(
    name = "merge",
    description = {
      "Writes the motifs of several files as one collection.",
      "An id that was there before is left out if the matrix is the same, and renamed ID_2, ID_3,"
          + " ... if it is another. With --similarity, motifs that resemble an earlier one become"
          + " one with it: columns are averaged, weighted by sites."
    },
    mixinStandardHelpOptions = true)
final class MotifsMergeCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Motif files, or jaspar.")
  private List<String> files;

  @Option(
      names = "--similarity",
      paramLabel = "S",
      description =
          "Merge motifs at least this alike, 0 to 1: the cosine of their departures from equal base"
              + " frequencies in the best alignment (default: only ids are merged).")
  private @Nullable Double similarity;

  @Option(names = "--norc", description = "A motif and its reverse complement are not alike.")
  private boolean norc;

  @Option(
      names = "--prefix",
      description = "Put the name of its file before each id: peaks.meme's M1 becomes peaks:M1.")
  private boolean prefix;

  @Option(
      names = "--members",
      paramLabel = "FILE",
      description =
          "Also write a table: source (the file's name without its ending), motif_id there, and"
              + " pooled_id, the motif it became.")
  private @Nullable Path members;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "Format to write (default: ${DEFAULT-VALUE}).")
  private String to = "meme";

  @Override
  public Integer call() {
    common.validate();
    if (similarity != null && !(similarity > 0 && similarity <= 1)) {
      throw InputException.ofOption("--similarity", "must be above 0 and at most 1", "try 0.95");
    }
    if (norc && similarity == null) {
      throw InputException.ofOption(
          "--norc", "says what --similarity compares, which is not given", "leave it out");
    }
    InputNames.readOnce(files);
    Path table = members == null ? null : common.fresh(members);
    List<List<Motif>> collections = new ArrayList<>();
    Background background = null;
    int read = 0;
    for (String file : files) {
      MotifCollection c = MotifLibrary.installed().collection(file, null);
      String before = prefix ? InputNames.stem(file) + ":" : "";
      collections.add(c.motifs().stream().map(m -> m.withId(before + m.id())).toList());
      background = background == null ? c.background() : background;
      read += c.motifs().size();
    }
    MotifMerging.Joined joined = MotifMerging.join(collections);
    List<Motif> motifs = joined.motifs();
    Map<String, String> pooled = new HashMap<>();
    if (similarity != null) {
      for (List<Motif> group : MotifMerging.groups(motifs, similarity, !norc)) {
        group.forEach(m -> pooled.put(m.id(), group.getFirst().id()));
      }
      motifs = MotifMerging.alike(motifs, similarity, !norc);
    }
    if (table != null) {
      AtomicOutput.write(table, members(collections, joined, pooled));
    }
    MotifOutput.write(motifs, to, background, common);
    MotifOutput.say(
        common,
        "%s read, %d written: %d repeated, %d renamed, %d merged"
            .formatted(
                Wording.count(read, "motif"),
                motifs.size(),
                joined.repeated(),
                joined.renamed().size(),
                joined.motifs().size() - motifs.size()));
    return ExitCode.DONE;
  }

  private String members(
      List<List<Motif>> collections, MotifMerging.Joined joined, Map<String, String> pooled) {
    StringBuilder text = new StringBuilder("source\tmotif_id\tpooled_id\n");
    for (int f = 0; f < collections.size(); f++) {
      String source = InputNames.stem(files.get(f));
      for (int m = 0; m < collections.get(f).size(); m++) {
        String id = collections.get(f).get(m).id();
        String own = prefix ? id.substring(source.length() + 1) : id;
        String now = joined.ids().get(f).get(m);
        text.append(source).append('\t').append(own).append('\t');
        text.append(pooled.getOrDefault(now, now)).append('\n');
      }
    }
    return text.toString();
  }
}
