package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VerbTest {
  @Test
  void eachVerbStandsAloneUnderItsOwnName() {
    CommandLine all = Main.commandLine();
    assertThat(all.getSubcommands()).hasSizeGreaterThan(15).containsKey("help");
    all.getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .forEach(name -> {
          CommandLine alone = new CommandLine(Objects.requireNonNull(Verb.named(name), name));
          assertThat(alone.getCommandName()).isEqualTo(name);
        });
  }

  @Test
  void helpAndWordsThatAreNoVerbsNeedAll() {
    assertThat(Verb.named("help")).isNull();
    assertThat(Verb.named("scna")).isNull();
    assertThat(Verb.named("--version")).isNull();
  }

  @Test
  void aMisspelledVerbIsAnsweredWithTheRightOne() {
    Said said = Said.by("scna");
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("scan");
  }
}
