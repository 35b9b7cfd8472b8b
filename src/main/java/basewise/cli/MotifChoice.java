package basewise.cli;

import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.format.MotifCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which motifs: files or collections, and which of theirs. */
final class MotifChoice {
  @Option(
      names = "--motifs",
      required = true,
      paramLabel = "FILE|NAME",
      description =
          "Motifs: a file of any motif format, - for standard input, or a collection that ships,"
              + " such as jaspar or jaspar:vertebrates; may be given more than once.")
  List<String> names = new ArrayList<>();

  @Option(names = "--taxon", paramLabel = "T", description = KnownOptions.TAXA)
  @Nullable String taxon;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      converter = Expression.class,
      description = "Only motifs whose id or name holds this regular expression.")
  @Nullable Pattern only;

  /** The collections, each with the motifs that were asked for; ids are unique over all of them. */
  List<MotifCollection> read() {
    MotifLibrary library = MotifLibrary.installed();
    List<MotifCollection> all = new ArrayList<>();
    for (String name : names) {
      MotifCollection c = library.collection(name, taxon);
      all.add(
          new MotifCollection(
              c.source(),
              c.format(),
              c.background(),
              c.motifs().stream().filter(this::wanted).toList()));
    }
    if (all.stream().allMatch(c -> c.motifs().isEmpty())) {
      throw new InputException(
          String.join(", ", names),
          only == null ? "holds no motif" : "no motif has '" + only + "' in its id or name",
          "'motifs info' lists them");
    }
    return prefixed(all);
  }

  /** All motifs of some collections, in order. */
  static List<Motif> motifs(List<MotifCollection> collections) {
    return collections.stream().flatMap(c -> c.motifs().stream()).toList();
  }

  private boolean wanted(Motif m) {
    return only == null || only.matcher(m.id()).find() || only.matcher(m.name()).find();
  }

  /** Ids that several collections have get the name of their file in front. */
  private static List<MotifCollection> prefixed(List<MotifCollection> all) {
    Map<String, Integer> times = new HashMap<>();
    all.forEach(c -> c.motifs().forEach(m -> times.merge(m.id(), 1, Integer::sum)));
    if (times.values().stream().allMatch(n -> n == 1)) {
      return all;
    }
    List<MotifCollection> out = new ArrayList<>();
    Set<String> stems = new HashSet<>();
    for (MotifCollection c : all) {
      String bare = InputNames.stem(c.source()).replaceAll("\\s+", "_");
      String stem = bare;
      for (int i = 2; !stems.add(stem); i++) {
        stem = bare + "-" + i;
      }
      String prefix = stem + ":";
      out.add(
          new MotifCollection(
              c.source(),
              c.format(),
              c.background(),
              c.motifs().stream()
                  .map(m -> times.getOrDefault(m.id(), 0) > 1 ? m.withId(prefix + m.id()) : m)
                  .toList()));
    }
    return out;
  }

  /** A regular expression, refused with what is wrong with it. */
  static final class Expression implements ITypeConverter<Pattern> {
    @Override
    public Pattern convert(String text) {
      try {
        return Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw new TypeConversionException(
            "'" + text + "' is no regular expression: " + e.getDescription());
      }
    }
  }
}
