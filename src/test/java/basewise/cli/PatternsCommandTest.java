package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.Hdf5Dataset;
import basewise.io.Hdf5Output;
import basewise.io.NpzOutput;
import basewise.io.Python;
import basewise.patterns.PlantedScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsCommandTest {
  @TempDir Path folder;

  private record Cell(int row, int letter, int position, PlantedScores.Row from) {}

  private Path array(
      String name, List<PlantedScores.Row> rows, int length, ToDoubleFunction<Cell> value) {
    Path file = folder.resolve(name);
    try (NpzOutput out = NpzOutput.to(file)) {
      out.array("arr_0", rows.size(), 4, length);
      for (int r = 0; r < rows.size(); r++) {
        float[] numbers = new float[4 * length];
        for (int c = 0; c < 4; c++) {
          for (int p = 0; p < length; p++) {
            numbers[c * length + p] = (float) value.applyAsDouble(new Cell(r, c, p, rows.get(r)));
          }
        }
        out.write(numbers);
      }
      out.seal();
      out.commit();
    }
    return file;
  }

  private Path sequences(List<PlantedScores.Row> rows) {
    return array(
        "s.npz", rows, PlantedScores.LENGTH, c -> c.from.codes()[c.position] == c.letter ? 1 : 0);
  }

  private Path scores(List<PlantedScores.Row> rows) {
    return array(
        "h.npz", rows, PlantedScores.LENGTH, c -> c.from.scores()[4 * c.position + c.letter]);
  }

  private Said patterns(Path sequences, Path scores, String... more) {
    String[] all = new String[7 + more.length];
    List<String> first =
        List.of(
            "patterns",
            "--sequences",
            sequences.toString(),
            "--scores",
            scores.toString(),
            "--out",
            folder.resolve("out").toString());
    System.arraycopy(first.toArray(), 0, all, 0, 7);
    System.arraycopy(more, 0, all, 7, more.length);
    return Said.by(all);
  }

  @Test
  void everyFileIsThereAndModiscoLiteReadsItsOwn() throws Exception {
    List<PlantedScores.Row> rows = PlantedScores.rows(120, 1);
    Said said = patterns(sequences(rows), scores(rows), "--window", "150");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out().strip())
        .matches("2 positive patterns of \\d+ seqlets, 0 negative of 0 seqlets: .*out");
    Path out = folder.resolve("out");
    // The word twice, at either end of the 50 positions: too far apart to be laid on one another
    // and
    // merged. So do modisco-lite 3.0.0's motifs -w 150 -l 10 and -l 50, with 87 and 62 seqlets; its
    // two runs of Leiden without -l find 120 in one, of less modularity.
    List<String> table = Files.readAllLines(out.resolve("patterns.tsv"));
    assertThat(table).hasSize(3);
    assertThat(Integer.parseInt(table.get(1).split("\t")[2])).isBetween(83, 91);
    assertThat(Integer.parseInt(table.get(2).split("\t")[2])).isBetween(59, 65);
    int count = 2;
    assertThat(Files.readString(out.resolve("motifs.meme")))
        .contains("MOTIF pos_patterns.pattern_0");
    assertThat(out.resolve("logos/pos_patterns.pattern_0.svg")).exists();
    for (String matrix : List.of("pfm", "cwm", "hypothetical_cwm")) {
      assertThat(Files.readAllLines(out.resolve(matrix + ".tsv"))).hasSize(1 + 50 * count);
    }
    List<String> seqlets = Files.readAllLines(out.resolve("seqlets.tsv"));
    for (String line : seqlets.subList(1, seqlets.size())) {
      String[] fields = line.split("\t");
      int start = Integer.parseInt(fields[2]);
      float[] s = rows.get(Integer.parseInt(fields[1])).scores();
      byte[] codes = rows.get(Integer.parseInt(fields[1])).codes();
      double sum = 0;
      for (int i = start; i < start + 50; i++) {
        sum += s[4 * i + codes[i]];
      }
      // Places of the input, not of the window, which begins at 5.
      assertThat(Double.parseDouble(fields[5])).isCloseTo(sum, within(1e-4));
    }
    Python.require("h5py", "modiscolite");
    Python.run(
        """
        import h5py, numpy, modiscolite.io, modiscolite.util
        h5 = r'%1$s/modisco_results.h5'
        with h5py.File(h5) as f:
            assert f.attrs['window_size'] == 150 and list(f) == ['pos_patterns'], dict(f.attrs)
            p = f['pos_patterns/pattern_0']
            s = p['seqlets']
            n = int(s['n_seqlets'][0])
            assert n == %2$d and s['is_revcomp'].dtype == bool and s['start'].dtype == numpy.int64
            assert s['sequence'].shape == (n, 50, 4)
            assert numpy.allclose(s['sequence'][:].mean(axis=0), p['sequence'][:])
            assert numpy.allclose(s['contrib_scores'][:].mean(axis=0), p['contrib_scores'][:], atol=1e-6)
            h = s['hypothetical_contribs'][:]
            assert numpy.allclose(h.mean(axis=0), p['hypothetical_contribs'][:], atol=1e-6)
            assert (s['end'][:] - s['start'][:] == 50).all() and s['start'][:].min() >= 0
            assert 'subpattern_0' in p
        modiscolite.io.write_meme_from_h5(h5, modiscolite.util.MemeDataType.PFM, r'%1$s/m.meme', True)
        assert 'MOTIF pos_patterns.pattern_0' in open(r'%1$s/m.meme').read()
        """
            .formatted(out, Integer.parseInt(table.get(1).split("\t")[2])));
  }

  /** Three sequences give few seqlets: said, and every file is there, with nothing in it. */
  @Test
  void fewSeqletsAreSaid() throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(3, 1);
    Said said = patterns(sequences(rows), scores(rows));
    assertThat(said.code()).isZero();
    assertThat(said.err()).startsWith("basewise: fewer than 100 seqlets of either sign");
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).startsWith("0 positive patterns of ");
    assertThat(Files.readAllLines(folder.resolve("out/patterns.tsv"))).hasSize(1);
    assertThat(folder.resolve("out/modisco_results.h5")).isNotEmptyFile();
  }

  private void refused(int code, String why, Path sequences, Path scores, String... more) {
    Said said = patterns(sequences, scores, more);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(code);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** A folder of nothing is a folder of patterns: what reads them says that there are none. */
  @Test
  void hitsOfNoPatternsAreNone() throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(3, 1);
    Path s = sequences(rows);
    Path h = scores(rows);
    assertThat(patterns(s, h, "--quiet", "--negatives", "shuffle").code()).isZero();
    assertThat(folder.resolve("out/motifs.meme")).isNotEmptyFile();
    String out = folder.resolve("out").toString();
    String hits = folder.resolve("hits.tsv").toString();
    Said said =
        Said.by("hits", out, "--sequences", s.toString(), "--scores", h.toString(), "--out", hits);
    assertThat(said.err()).endsWith("out holds no patterns: no hits\n");
    assertThat(said.code()).isZero();
  }

  @Test
  void wrongHdf5IsOneLine() throws IOException {
    Path other = folder.resolve("other.h5");
    try (Hdf5Output out = Hdf5Output.to(other)) {
      out.datasetOf("other", Hdf5Dataset.Type.FLOAT32, 1).append(new float[] {1});
      out.seal();
      out.commit();
    }
    List<PlantedScores.Row> rows = PlantedScores.rows(3, 1);
    refused(3, "has no dataset raw/seq (its groups: other)", other, scores(rows));
    refused(3, "has no dataset shap/seq (its groups: other)", sequences(rows), other);
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
    refused(3, "text.h5: is no HDF5, or cut short", sequences(rows), text);
    Path whole = scores(rows);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(bytes, bytes.length / 2));
    refused(3, "cut.npz: is no .npz, or cut short", sequences(rows), cut);
  }

  @Test
  void mistakesAreOneLine() {
    List<PlantedScores.Row> rows = PlantedScores.rows(3, 1);
    int length = PlantedScores.LENGTH;
    Path s = sequences(rows);
    Path h = scores(rows);
    Path two = scores(PlantedScores.rows(3, 1).subList(0, 2));
    refused(3, "has the shape [2, 4, 160], and the sequences [3, 4, 160]", s, two);
    h = scores(rows);
    refused(3, "all scores of bases are 0", s, array("zero.npz", rows, length, c -> 0));
    Path nan = array("nan.npz", rows, length, c -> c.row == 1 && c.position == 7 ? Double.NaN : 1);
    refused(3, "sequence 1, position 7: NaN is no score", s, nan);
    Path large = array("large.npz", rows, length, c -> 2e30);
    refused(3, "sequence 0, position 0: 2.0E30 is no score", s, large);
    refused(3, "sequence 0, position 0 is not one-hot", array("q.npz", rows, length, c -> 0.25), h);
    refused(3, "sequence 0, position 0 is not one-hot", array("o.npz", rows, length, c -> 1), h);
    refused(3, "has sequences of 160 positions, and --window is 161", s, h, "--window", "161");
    refused(2, "--window: 40 positions are fewer", s, h, "--window", "40");
    Path narrow = array("narrow.npz", rows, 49, c -> c.letter == 0 ? 1 : 0);
    refused(3, "49 positions are fewer than a pattern needs, 50", narrow, narrow);
    refused(2, "--min-seqlets: must be at least 20, is 19", s, h, "--min-seqlets", "19");
    refused(2, "--max-seqlets: must be at least 100, is 99", s, h, "--max-seqlets", "99");
    refused(2, "--leiden-runs: must be at least 1, is 0", s, h, "--leiden-runs", "0");
    refused(3, "has no array 'x'", s, h, "--scores-array", "x");
    refused(3, "does not exist", s, folder.resolve("none.npz"));
    // NumPy wrote it, object arrays and all.
    Path plain = Path.of("src/test/resources/basewise/io/plain.npz");
    refused(3, "has several arrays (choose one: f2, f4", plain, h);
    refused(3, "holds Python objects", plain, h, "--sequences-array", "objects");
    refused(
        3, "has the shape [2, 3], not [sequences, 4, length]", plain, h, "--sequences-array", "f4");
    refused(3, "(transpose(0, 2, 1) it)", plain, h, "--sequences-array", "fortran3");
  }
}
