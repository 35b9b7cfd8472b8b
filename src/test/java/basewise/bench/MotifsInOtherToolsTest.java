package basewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import basewise.cli.Main;
import basewise.io.Python;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /**
   * Tomtom as memelite 0.5.0 computes it (Euclidean; medians by bins, which moves p by a hundredth)
   * over all of JASPAR: the twenty best of ours overlap and are as likely as it says (of
   * palindromes it may name the other strand).
   */
  @Test
  @Tag("long") // memelite compiles itself first, for half a minute
  void tomtomFindsTheSameMatches() throws Exception {
    Python.require("numpy", "memelite");
    Path known = folder.resolve("known.meme");
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(Path.of("motifs/JASPAR2026_CORE.meme.gz")))) {
      Files.copy(in, known);
    }
    String script =
        """
        from memelite import tomtom
        from memelite.io import read_meme
        q = read_meme('%s')
        t = read_meme('%s')
        r = tomtom(list(q.values()), list(t.values()), n_target_bins=None, n_jobs=1)
        for i, n in enumerate(q):
          for j, m in enumerate(t):
            print(n.split()[0], m.split()[0], '+-'[int(r[4][i, j])], int(r[3][i, j]), r[0][i, j])
        """
            .formatted(meme, known);
    Map<String, String[]> theirs =
        Python.run(script)
            .lines()
            .map(line -> line.split(" "))
            .filter(f -> f.length == 5)
            .collect(Collectors.toMap(f -> f[0] + " " + f[1], f -> f));
    Path out = folder.resolve("compared.tsv");
    String[] line = {
      "compare",
      meme.toString(),
      "--against",
      known.toString(),
      "--distance",
      "ed",
      "--evalue",
      "10",
      "--out",
      out.toString(),
      "--quiet"
    };
    assertThat(Main.run(line)).isZero();
    List<String[]> ours =
        Files.readAllLines(out).stream()
            .filter(l -> l.startsWith("motif_1\t"))
            .map(l -> l.split("\t"))
            .sorted(Comparator.comparingDouble(f -> Double.parseDouble(f[3])))
            .limit(20)
            .toList();
    assertThat(ours).hasSize(20);
    // What was planted is TGACGTCA.
    assertThat(ours.getFirst()[8]).contains("TGACGTCA");
    int near = 0;
    for (String[] row : ours) {
      String[] same = Objects.requireNonNull(theirs.get(row[0] + " " + row[1]), row[1]);
      assertThat(same[3]).as("overlap with " + row[1]).isEqualTo(row[6]);
      double p = Double.parseDouble(row[3]);
      double other = Double.parseDouble(same[4]);
      // A sum at the border of two of its bins moves p by a tenth.
      assertThat(other).as("p of " + row[1]).isCloseTo(p, withinPercentage(15));
      near += Math.abs(other - p) < 0.02 * p ? 1 : 0;
    }
    assertThat(near).isGreaterThanOrEqualTo(18);
  }
}
