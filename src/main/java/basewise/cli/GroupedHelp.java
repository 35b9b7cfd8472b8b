package basewise.cli;

import basewise.motif.MotifLibrary;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Options in a verb's help under headings: those it shares with other verbs by the class that holds
 * them, and its own.
 */
final class GroupedHelp {
  private static final String OWN = "Options";
  private static final String RUNNING = "Output and running";
  private static final Map<Class<?>, String> HEADINGS = headings();

  private GroupedHelp() {}

  private static Map<Class<?>, String> headings() {
    Map<Class<?>, String> map = new LinkedHashMap<>();
    map.put(DataOptions.class, "Input and its windows");
    map.put(KnownOptions.class, "Motifs");
    map.put(RuleOptions.class, "Motifs");
    map.put(MotifChoice.class, "Motifs");
    map.put(ScanSequences.class, "Sequences");
    map.put(ThresholdOptions.class, "Scores");
    map.put(ScoringOptions.class, "Scores");
    map.put(ScanOutputOptions.class, "Results");
    map.put(ScoresOptions.class, "Scores and their sequences");
    map.put(MethodOptions.class, "Methods");
    map.put(ArchitectureOptions.class, "Network and training");
    map.put(NetworkOptions.class, "Network and training");
    map.put(CommonOptions.class, RUNNING);
    map.put(DeviceOption.class, RUNNING);
    return map;
  }

  /** Sets it up for a command and all its verbs. */
  static void install(CommandLine line) {
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
    line.getSubcommands().values().forEach(GroupedHelp::install);
  }

  private static String options(Help help) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    for (String heading : HEADINGS.values()) {
      if (heading.equals(RUNNING)) {
        groups.put(OWN, new ArrayList<>());
      }
      groups.put(heading, new ArrayList<>());
    }
    if (help.commandSpec().findOption("--taxon") != null) {
      // Descriptions name the property; only help that shows it reads the table of the catalogue.
      String taxa = String.join(", ", MotifLibrary.installed().taxa());
      System.setProperty("basewise.taxa", taxa.isEmpty() ? "none here" : taxa);
    }
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        groups.computeIfAbsent(heading(option), h -> new ArrayList<>()).add(option);
      }
    }
    groups.values().removeIf(List::isEmpty);
    StringBuilder out = new StringBuilder();
    groups.forEach((heading, options) -> {
      if (groups.size() > 1) {
        out.append("%n%s:%n".formatted(heading));
      }
      Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
      layout.addOptions(options, help.createDefaultParamLabelRenderer());
      out.append(layout);
    });
    return out.toString();
  }

  private static String heading(OptionSpec option) {
    if (option.usageHelp() || option.versionHelp()) {
      return RUNNING;
    }
    return option.userObject() instanceof Field field
        ? HEADINGS.getOrDefault(field.getDeclaringClass(), OWN)
        : OWN;
  }
}
