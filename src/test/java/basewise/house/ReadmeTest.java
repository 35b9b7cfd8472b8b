package basewise.house;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README says can be typed. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern CALL = Pattern.compile("(?m)^(?:.*`)?\\./basewise ([^`#\\n]+)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][^`]*)` \\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void everyCallNamesVerbsAndOptionsThatExist() throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path page : List.of(README, Path.of("workflows/README.md"))) {
      Matcher m = CALL.matcher(Files.readString(page));
      while (m.find()) {
        calls.add(m.group(1).strip());
      }
    }
    assertThat(calls).hasSizeGreaterThan(5);
    for (String call : calls) {
      List<String> words = List.of(call.split("\\s+"));
      if (words.getFirst().equals("bench")) {
        // The launcher's own: a benchmark of the test tree.
        assertThat(Files.readString(Path.of("basewise"))).contains("= bench ]");
        if (words.size() > 1) {
          String name =
              words.get(1).substring(0, 1).toUpperCase(Locale.ROOT) + words.get(1).substring(1);
          assertThat(Path.of("src/test/java/basewise/bench", name + "Bench.java"))
              .as(call)
              .exists();
        }
        continue;
      }
      CommandLine command = verb(words);
      for (String word : words) {
        if (word.startsWith("-") && word.length() > 1) {
          assertThat(command.getCommandSpec().optionsMap()).as(call).containsKey(word);
        }
      }
    }
  }

  @Test
  void theTableOfVerbsIsWhole() throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher m = ROW.matcher(section("## Verbs"));
    while (m.find()) {
      // The words in capitals are what the user puts there.
      listed.add(m.group(1).replaceAll(" [A-Z].*", ""));
    }
    Set<String> verbs = new TreeSet<>();
    Main.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          if (command.getSubcommands().isEmpty() && !name.equals("help")) {
            verbs.add(name);
          }
          command.getSubcommands().keySet().forEach(task -> verbs.add(name + " " + task));
        });
    assertThat(listed).isEqualTo(verbs);
  }

  @Test
  void everyVerbHasTheCommonOptions() {
    for (CommandLine verb : Main.commandLine().getSubcommands().values()) {
      List<CommandLine> ends =
          verb.getSubcommands().isEmpty()
              ? List.of(verb)
              : List.copyOf(verb.getSubcommands().values());
      for (CommandLine end : ends) {
        if (!end.getCommandName().equals("help")) {
          assertThat(end.getCommandSpec().optionsMap())
              .as(end.getCommandSpec().qualifiedName())
              .containsKeys("--out", "--threads", "--seed", "--memory", "--force", "--quiet");
        }
      }
    }
  }

  @Test
  void everyPackageOfTheTableExistsAndEveryPackageIsInIt() throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher m =
        Pattern.compile("(?m)^\\| \\d \\| ([^|]+) \\|").matcher(section("## How it is built"));
    while (m.find()) {
      listed.addAll(List.of(m.group(1).replace("`", "").split(", ")));
    }
    try (Stream<Path> rooms = Files.list(Path.of("src/main/java/basewise"))) {
      assertThat(rooms.filter(Files::isDirectory).map(p -> p.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  @Test
  void filesItPointsToExist() throws IOException {
    String text = Files.readString(README);
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      assertThat(Path.of(link.group(1))).exists();
    }
    for (String file : List.of("LICENSE", "CITATION.cff", "motifs/catalog.tsv", ".ci/run")) {
      assertThat(text).contains("`" + file + "`");
      assertThat(Path.of(file)).exists();
    }
    Matcher input = Pattern.compile("(?:genomes|motifs)/[\\w/.]*\\w").matcher(text);
    while (input.find()) {
      assertThat(Path.of(input.group())).exists();
    }
  }

  @Test
  void theTestCommandIsTheOneThatCiRuns() throws IOException {
    assertThat(Files.readString(README)).contains("\nmvn -B verify ");
    assertThat(Files.readAllLines(Path.of(".ci/run")))
        .endsWith("mvn -B -Pworkflow test", "exec mvn -B verify");
    assertThat(Path.of(".ci/run")).isExecutable();
    assertThat(Path.of("basewise")).isExecutable();
  }

  private static String section(String heading) throws IOException {
    String text = Files.readString(README);
    int start = text.indexOf(heading + "\n");
    assertThat(start).as(heading).isPositive();
    int end = text.indexOf("\n## ", start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** The command that the first words name. */
  private static CommandLine verb(List<String> words) {
    CommandLine command = Main.commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    boolean onlyOptions = words.getFirst().startsWith("-");
    assertThat(onlyOptions || command.getParent() != null).as(words.toString()).isTrue();
    return command;
  }
}
