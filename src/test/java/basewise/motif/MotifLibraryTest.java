package basewise.motif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped collections by name; the numbers are those JASPAR's 2026 release states. */
class MotifLibraryTest {
  private final MotifLibrary library = MotifLibrary.at(Path.of("motifs"));

  @Test
  void jasparIsWholeAndKnowsItsTaxa() {
    List<Motif> all = library.resolve("jaspar");
    assertThat(all).hasSize(2633);
    Map<String, Long> taxa =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    m -> m.notes().get("taxon"), TreeMap::new, Collectors.counting()));
    assertThat(taxa)
        .isEqualTo(
            Map.of(
                "vertebrates", 1019L,
                "plants", 927L,
                "insects", 296L,
                "fungi", 193L,
                "nematodes", 103L,
                "urochordates", 94L,
                "diatoms", 1L));
    Motif ctcf = all.stream().filter(m -> m.id().equals("MA0139.2")).findFirst().orElseThrow();
    assertThat(ctcf.name()).isEqualTo("CTCF");
    assertThat(ctcf.notes()).containsEntry("family", "More than 3 adjacent zinc fingers");
    assertThat(ctcf.probabilities().consensus()).contains("CCASYAGRKGGC");
    assertThat(all).allMatch(m -> m.sites().isPresent() && m.sites().getAsDouble() >= 1);
  }

  @Test
  void aTaxonIsAPartOfIt() {
    assertThat(library.resolve("jaspar:fungi")).hasSize(193);
    assertThat(library.resolve("jaspar", "Fungi")).hasSize(193);
    assertThat(library.resolve("jaspar", "fungi,insects")).hasSize(193 + 296);
    assertThat(library.resolve("jaspar", "all")).hasSize(2633);
    assertThatThrownBy(() -> library.resolve("jaspar:fish"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no motif of taxon 'fish'")
        .hasMessageContaining("urochordates, vertebrates");
  }

  @Test
  void aPathIsAFileAndItsTaxonMayBeUnknown() {
    String file = "src/test/resources/motifs/bare.jaspar";
    assertThat(library.resolve(file)).hasSize(2);
    assertThatThrownBy(() -> library.resolve(file, "fungi"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its motifs name no taxon");
    assertThatThrownBy(() -> library.resolve("jasper"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such motif file or collection")
        .hasMessageContaining("collections: jaspar");
  }

  @Test
  void aFolderWithoutACatalogueHasNoCollections(@TempDir Path folder) throws Exception {
    assertThat(MotifLibrary.at(folder).collections()).isEmpty();
    assertThatThrownBy(() -> MotifLibrary.at(folder).resolve("jaspar"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no collections are installed");
    Files.writeString(folder.resolve("catalog.tsv"), "collection\tfile\nmine\tx.txt\textra\n");
    assertThatThrownBy(() -> MotifLibrary.at(folder).collections())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("catalog.tsv:2: expected 2 columns, found 3");
  }
}
