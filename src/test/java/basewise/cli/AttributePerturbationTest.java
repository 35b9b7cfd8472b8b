package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.attribution.Method;
import basewise.io.Python;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.sequence.Dna;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Relevance and perturbations at the command line: tables beside the scores, and options. */
class AttributePerturbationTest extends Refusals {
  private static final String NETWORK = Goldens.folder("chain").toString();
  private static final List<String> SEQUENCES =
      List.of(
          "ACGTTGCAACCATGAGGTACCATTACGGATCATTGCAACG", "TTGACCATNNCCGATTGACCAGATCCATGGGATACATTAC");
  private static final String METHODS =
      "lrp-zplus,lrp-composite,occlusion,ism,ism-pairs,lime,kernel-shap,shapley-sampling";

  private String[] command(String out, String... more) throws IOException {
    Path fasta = write("two.fa", ">x\n%s\n>y\n%s\n".formatted(SEQUENCES.get(0), SEQUENCES.get(1)));
    List<String> all =
        new ArrayList<>(
            List.of("attribute", NETWORK, fasta.toString(), "--out", path(out).toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private List<String[]> rows(String name, String header) throws IOException {
    List<String> lines = Files.readAllLines(path(name));
    assertThat(lines.getFirst()).isEqualTo(header.replace(' ', '\t'));
    return lines.subList(1, lines.size()).stream().map(l -> l.split("\t")).toList();
  }

  @Test
  void tablesStandBesideTheScoresAndThreadsChangeNothing() throws IOException {
    for (String threads : List.of("1", "3")) {
      Said said =
          Said.by(
              command(
                  "t" + threads + ".tsv",
                  "--method",
                  METHODS,
                  "--indels",
                  "--segment",
                  "8",
                  "--threads",
                  threads));
      assertThat(said.code()).as(said.err()).isZero();
    }
    for (String table : List.of("", ".completeness", ".players", ".pairs", ".indels")) {
      assertThat(path("t1" + table + ".tsv")).hasSameBinaryContentAs(path("t3" + table + ".tsv"));
    }
    assertThat(rows("t1.tsv", "id position base score method")).hasSize(8 * 2 * 40);
    pairs();
    players();
    kept();
    // Every deletion and insertion of two sequences, one with two Ns.
    List<String[]> indels = rows("t1.indels.tsv", "id position edit base effect");
    assertThat(indels).hasSize(40 + 160 + 38 + 160);
    assertThat(indels.getFirst()).startsWith("x", "0", "deletion", "A");
    assertThat(Double.parseDouble(indels.getFirst()[4]))
        .isCloseTo(
            output(SEQUENCES.get(0).substring(1) + "N") - output(SEQUENCES.get(0)), within(1e-5));
    assertThat(indels.get(40)).startsWith("x", "0", "insertion", "A");
    assertThat(indels.get(197)).startsWith("x", "39", "insertion", "C");
    assertThat(Double.parseDouble(indels.get(197)[4]))
        .isCloseTo(
            output(SEQUENCES.get(0).substring(0, 39) + "C") - output(SEQUENCES.get(0)),
            within(1e-5));
  }

  private void pairs() throws IOException {
    List<String[]> pairs =
        rows(
            "t1.pairs.tsv",
            "id position1 base1 mutant1 position2 base2 mutant2 epistasis mean_absolute");
    assertThat(pairs).hasSize(40 * 39 / 2 + 38 * 37 / 2);
    boolean any = false;
    for (int k = 0; k < pairs.size(); k += 97) {
      String[] row = pairs.get(k);
      String plain = SEQUENCES.get(row[0].equals("x") ? 0 : 1);
      String first = put(plain, row[1], row[2], row[3]);
      String second = put(plain, row[4], row[5], row[6]);
      String both = put(first, row[4], row[5], row[6]);
      double effect = output(both) - output(first) - output(second) + output(plain);
      assertThat(Double.parseDouble(row[7])).isCloseTo(effect, within(1e-5));
      any |= Math.abs(effect) > 1e-3;
    }
    assertThat(any).isTrue();
  }

  private static String put(String sequence, String position, String base, String mutant) {
    int at = Integer.parseInt(position);
    assertThat(sequence.substring(at, at + 1)).isEqualTo(base).isNotEqualTo(mutant);
    return sequence.substring(0, at) + mutant + sequence.substring(at + 1);
  }

  private static double output(String sequence) {
    Network network = Goldens.network("chain");
    return network.forward(Network.oneHot(Dna.encode(sequence)), Precision.FLOAT64).output()[0];
  }

  private void players() throws IOException {
    List<String[]> players = rows("t1.players.tsv", "id method start end score standard_error");
    assertThat(players).hasSize(2 * 2 * 5);
    List<String[]> complete =
        rows("t1.completeness.tsv", "id method reference difference sum kept error");
    for (String method : List.of("kernel-shap", "shapley-sampling")) {
      for (String id : List.of("x", "y")) {
        double sum = 0;
        for (String[] p : players) {
          if (p[0].equals(id) && p[1].equals(method)) {
            sum += Double.parseDouble(p[4]);
            assertThat(Double.parseDouble(p[5])).isPositive();
          }
        }
        String[] c =
            complete.stream()
                .filter(r -> r[0].equals(id) && r[1].equals(method))
                .findFirst()
                .orElseThrow();
        assertThat(sum).isCloseTo(Double.parseDouble(c[3]), within(1e-5));
        assertThat(Double.parseDouble(c[6])).isLessThan(1e-5);
      }
    }
  }

  /** Biases keep something, and the table says how much: all adds up to the output. */
  private void kept() throws IOException {
    int seen = 0;
    for (String[] c :
        rows("t1.completeness.tsv", "id method reference difference sum kept error")) {
      if (c[1].startsWith("lrp")) {
        double whole = output(SEQUENCES.get(c[0].equals("x") ? 0 : 1));
        double kept = Double.parseDouble(c[5]);
        assertThat(Double.parseDouble(c[3])).isCloseTo(whole, within(1e-5));
        assertThat(Double.parseDouble(c[4]) + kept).isCloseTo(whole, within(1e-5));
        assertThat(Math.abs(kept)).isGreaterThan(1e-4);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(4);
  }

  @Test
  void h5pyReadsMapsOfPairsAndEdits() throws Exception {
    Python.require("h5py", "numpy");
    Said said = Said.by(command("maps.h5", "--method", "ism-pairs,ism,occlusion", "--indels"));
    assertThat(said.code()).as(said.err()).isZero();
    Python.run(
        """
        import csv, h5py, numpy, os
        os.chdir(r'%s')
        f = h5py.File('maps.h5')
        for column, name in (('epistasis', 'strongest'), ('mean_absolute', 'mean_absolute')):
            expected = numpy.zeros((2, 40, 40), numpy.float32)
            for r in csv.DictReader(open('maps.pairs.tsv'), delimiter='\\t'):
                i, j = int(r['position1']), int(r['position2'])
                expected['xy'.index(r['id']), [i, j], [j, i]] = numpy.float32(r[column])
            got = f['pairs/' + name]
            assert got.shape == (2, 40, 40) and (got[:] == expected).all() and abs(expected).max() > 0
        deletion, insertion = f['indels/deletion'][:], f['indels/insertion'][:]
        assert deletion.shape == (2, 40) and insertion.shape == (2, 4, 40)
        seen = 0
        for r in csv.DictReader(open('maps.indels.tsv'), delimiter='\\t'):
            n, i, effect = 'xy'.index(r['id']), int(r['position']), numpy.float32(r['effect'])
            edit = r['edit'] == 'insertion'
            assert effect == (insertion[n, 'ACGT'.index(r['base']), i] if edit else deletion[n, i])
            seen += 1
        assert seen == 2 * 200 - 2
        """
            .formatted(folder));
  }

  @Test
  void optionsChangeWhatTheyAreFor() throws IOException {
    String plain = scores("a.tsv", "--method", "occlusion");
    for (String[] more :
        new String[][] {
          {"--window", "5"}, {"--replacement", "mean"}, {"--replacement", "shuffle"}
        }) {
      String[] all = {"--method", "occlusion", more[0], more[1]};
      assertThat(scores("b.tsv", all)).isNotEqualTo(plain);
    }
    String shap = scores("a.tsv", "--method", "kernel-shap", "--segment", "8");
    for (String[] more :
        new String[][] {{"--absent", "reference"}, {"--samples", "60"}, {"--shuffles", "5"}}) {
      String[] all = {"--method", "kernel-shap", "--segment", "8", more[0], more[1]};
      assertThat(scores("b.tsv", all)).isNotEqualTo(shap);
    }
    assertThat(scores("a.tsv", "--method", "lime", "--fit", "lasso"))
        .isNotEqualTo(scores("b.tsv", "--method", "lime"));
    assertThat(scores("a.tsv", "--method", "lrp-gamma", "--gamma", "1"))
        .isNotEqualTo(scores("b.tsv", "--method", "lrp-gamma"));
    assertThat(scores("a.tsv", "--method", "lrp-alpha-beta", "--alpha", "1"))
        .isEqualTo(scores("b.tsv", "--method", "lrp-zplus"));
    scores("a.tsv", "--method", "ism-pairs", "--distance", "3");
    assertThat(Files.readAllLines(path("a.pairs.tsv"))).hasSizeLessThan(1 + 3 * 2 * 40);
  }

  private String scores(String out, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(command(out, more)));
    all.add("--force");
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    return Files.readString(path(out));
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    usage(
        "--reference: changes nothing in lime",
        command("o.tsv", "--method", "lime", "--reference", "zero"));
    usage(
        "--shuffles: changes nothing in kernel-shap",
        command("o.tsv", "--method", "kernel-shap", "--absent", "reference", "--shuffles", "3"));
    usage(
        "--shuffles: changes nothing in occlusion",
        command("o.tsv", "--method", "occlusion", "--shuffles", "3"));
    usage("--indels: changes nothing in lime", command("o.tsv", "--method", "lime", "--indels"));
    usage(
        "--alpha: must be at least 1, is 0.5",
        command("o.tsv", "--method", "lrp-alpha-beta", "--alpha", "0.5"));
    usage(
        "--stride: 3 leaves bases between windows of 2 (at most the window)",
        command("o.tsv", "--method", "occlusion", "--window", "2", "--stride", "3"));
    usage(
        "--samples: 100 is less than 10 for each of 40 players",
        command("o.tsv", "--method", "shapley-sampling", "--samples", "100"));
    usage(
        "--method: deep-taylor explains outputs above 0, and that of sequence",
        command("o.tsv", "--method", "deep-taylor", "--target", "b"));
    String[] smooth = command("o.tsv", "--method", "deep-taylor");
    smooth[1] = Goldens.folder("smooth").toString();
    usage("--method: deep-taylor cannot explain layer 'exponential'", smooth);
    for (Method method : Method.values()) {
      if (method.label().startsWith("lrp") || method == Method.DEEP_TAYLOR) {
        String[] softmax = command("o.tsv", "--method", method.label());
        softmax[1] = Goldens.folder("softmax").toString();
        usage("--method: " + method.label() + " cannot explain layer 'letters'", softmax);
      }
    }
  }
}
