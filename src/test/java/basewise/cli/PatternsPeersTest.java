package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.io.NpzOutput;
import basewise.io.Python;
import basewise.patterns.PlantedScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code patterns} writes is what modisco-lite's commands and Fi-NeMo read. */
class PatternsPeersTest {
  private static final int LENGTH = PlantedScores.LENGTH;

  @TempDir Path folder;

  private void patterns() {
    List<PlantedScores.Row> rows = PlantedScores.rows(130, 1);
    for (boolean sequences : new boolean[] {true, false}) {
      try (NpzOutput out = NpzOutput.to(folder.resolve(sequences ? "s.npz" : "h.npz"))) {
        out.array("arr_0", rows.size(), 4, LENGTH);
        for (PlantedScores.Row row : rows) {
          float[] numbers = new float[4 * LENGTH];
          for (int i = 0; i < numbers.length; i++) {
            int p = i % LENGTH;
            int c = i / LENGTH;
            numbers[i] = sequences ? row.codes()[p] == c ? 1 : 0 : row.scores()[4 * p + c];
          }
          out.write(numbers);
        }
        out.seal();
        out.commit();
      }
    }
    Said said =
        Said.by("patterns", "--sequences", at("s.npz"), "--scores", at("h.npz"), "--out", at("p"));
    assertThat(said.code()).as(said.err()).isZero();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void modiscoLiteReportsIt() throws Exception {
    Python.require("modiscolite");
    patterns();
    Python.run(
        """
        import pathlib, modiscolite.report, modiscolite.io, modiscolite.util
        h5 = pathlib.Path(r'%1$s/p/modisco_results.h5')
        modiscolite.report.report_motifs(h5, r'%1$s/report', './', None, False)
        html = open(r'%1$s/report/motifs.html').read()
        assert 'pos_patterns.pattern_0' in html
        assert pathlib.Path(r'%1$s/report/trimmed_logos/pos_patterns.pattern_0.cwm.fwd.png').exists()
        for kind in modiscolite.util.MemeDataType:
            modiscolite.io.write_meme_from_h5(h5, kind, r'%1$s/m.meme', True)
            assert 'MOTIF pos_patterns.pattern_0' in open(r'%1$s/m.meme').read(), kind
        """
            .formatted(folder));
  }

  /** Its own calls on our patterns are ours. */
  @Test
  void fiNemoCallsHitsWithIt() throws Exception {
    Python.require("finemo");
    patterns();
    Said said =
        Said.by(
            "hits",
            at("p"),
            "--sequences",
            at("s.npz"),
            "--scores",
            at("h.npz"),
            "--out",
            at("h.tsv"));
    assertThat(said.code()).as(said.err()).isZero();
    Python.run(
        """
        import numpy, finemo.main
        s = numpy.load(r'%1$s/s.npz')['arr_0'].astype(numpy.int8)
        h = numpy.load(r'%1$s/h.npz')['arr_0']
        numpy.savez(r'%1$s/r.npz', sequences=s, contributions=h)
        finemo.main.call_hits(r'%1$s/r.npz', None, r'%1$s/p/modisco_results.h5', None, None, None,
            None, r'%1$s/called')
        """
            .formatted(folder));
    assertThat(places("h.tsv")).hasSizeGreaterThan(100).isEqualTo(places("called/hits.tsv"));
  }

  private List<String> places(String name) throws Exception {
    return Files.readAllLines(folder.resolve(name)).stream()
        .skip(1)
        .map(l -> l.split("\t"))
        .map(f -> String.join(" ", f[14], f[3], f[5], f[12]))
        .sorted()
        .toList();
  }
}
