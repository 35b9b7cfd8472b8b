package basewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import basewise.cli.Main;
import basewise.io.Python;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code motifs.meme} of {@code discover} as other tools read it, and the hits they find with it.
 * Python and its packages are looked for as {@link Python} says; what is missing is skipped, aloud.
 */
class MotifsInOtherToolsTest {
  @TempDir static Path folder;
  private static Path meme = Path.of("");
  private static Path genome = Path.of("");

  @BeforeAll
  static void discover() throws Exception {
    Path out = folder.resolve("found");
    String peaks = "workflows/assets/test/planted.fa.gz";
    int code =
        Main.run(
            "discover",
            peaks,
            "--epochs",
            "2",
            "--filters",
            "16",
            "--out",
            out.toString(),
            "--quiet");
    assertThat(code).isZero();
    meme = out.resolve("motifs.meme");
    genome = folder.resolve("lambda.fa");
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(Path.of("genomes/examples/lambda_virus.fa.gz")))) {
      Files.copy(in, genome);
    }
  }

  /** FIMO's rows to the letter; others but for rounding at the threshold. */
  @ParameterizedTest
  @CsvSource({
    "fimo, pymemesuite",
    "moods-sums, MOODS",
    "moods-bits, MOODS",
    "lightmotif, lightmotif"
  })
  void findTheSameSites(String peer, String module) throws Exception {
    Python.require("numpy", module);
    ScanAgreement ours = ScanAgreement.scan(meme, genome, 1e-3);
    ScanAgreement.Answer answer =
        ours.with(peer, ScanPeers.hits(Python.program(), peer, meme, genome, 1e-3));
    assertThat(answer.agrees()).as(answer.text()).isTrue();
  }

  /** Number of columns and every probability, to the digits that are written. */
  @ParameterizedTest
  @CsvSource({"Bio.motifs", "tangermeme.io", "memelite.io"})
  void readTheSameMatrices(String reader) throws Exception {
    Python.require("numpy", reader);
    String all =
        switch (reader) {
          case "Bio.motifs" ->
              "from Bio import motifs\nfor m in motifs.parse(open(f), 'minimal'):\n"
                  + "  show(m.name, [[m.pwm[c][i] for c in 'ACGT'] for i in range(m.length)])";
          case "tangermeme.io" ->
              "from tangermeme.io import read_meme\nfor n, m in read_meme(f).items():\n"
                  + "  show(n, m.numpy().T)";
          default ->
              "from memelite.io import read_meme\nfor n, m in read_meme(f).items():\n"
                  + "  show(n, m.T)";
        };
    String script =
        "f = %s\ndef show(name, rows):\n  print(name.split()[0], *(f'{x:.6f}' for r in rows for x in r))\n%s"
            .formatted("'" + meme + "'", all)
            .replace("\\\n", "\n");
    List<String> said = Python.run(script).lines().toList();
    List<Motif> motifs = MotifFile.read(meme.toString());
    assertThat(motifs).isNotEmpty();
    assertThat(said).hasSameSizeAs(motifs);
    for (int m = 0; m < motifs.size(); m++) {
      String[] fields = said.get(m).split(" ");
      assertThat(fields).hasSize(1 + 4 * motifs.get(m).width());
      assertThat(fields[0]).isEqualTo(motifs.get(m).id());
      // Biopython keeps whole counts of sites.
      double slack = reader.equals("Bio.motifs") ? 1 / motifs.get(m).sites().orElseThrow() : 2e-6;
      for (int i = 1; i < fields.length; i++) {
        double ours = motifs.get(m).probabilities().at((i - 1) / 4, (i - 1) % 4);
        assertThat(Double.parseDouble(fields[i])).isCloseTo(ours, offset(slack));
      }
    }
  }

  /** Tomtom, as memelite computes it, puts what was planted first: JASPAR's Atf1 is TGACGTCA. */
  @Test
  @Tag("long") // memelite compiles itself first
  void tomtomNamesWhatWasPlanted() throws Exception {
    Python.require("numpy", "memelite");
    String script =
        """
        from memelite import tomtom
        from memelite.io import read_meme
        q = read_meme('%s')
        t = read_meme('workflows/assets/test/three.meme')
        p = tomtom(list(q.values()), list(t.values()))[0]
        best = p.argmin(axis=1)
        for i, name in enumerate(q):
          print(name.split()[0], list(t)[best[i]].split()[-1], p[i, best[i]])
        """
            .formatted(meme);
    Map<Boolean, List<String>> rows =
        Python.run(script)
            .lines()
            .collect(Collectors.partitioningBy(l -> l.toLowerCase(Locale.ROOT).contains("atf1")));
    assertThat(rows.getOrDefault(true, List.of())).isNotEmpty();
    String best = rows.getOrDefault(true, List.of()).getFirst();
    assertThat(Double.parseDouble(best.substring(best.lastIndexOf(' ') + 1))).isLessThan(1e-3);
  }
}
