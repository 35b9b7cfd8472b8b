package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code attribute} writes, read back by those who read such files. */
class AttributeOutputsTest extends Refusals {
  private static final int WIDTH = 40;
  private String model = "";
  private String fasta = "";

  @BeforeEach
  void train() throws IOException {
    fasta = write("toy.fa", Planted.fasta(60, WIDTH)).toString();
    model = folder.resolve("toy.model").toString();
    Said said = Said.by("train", fasta, "--out", model, "--epochs", "1", "--filters", "4");
    assertThat(said.code()).as(said.err()).isZero();
  }

  private Said attribute(String input, String out, String... more) {
    List<String> args = new ArrayList<>(List.of("attribute", model, input, "--out"));
    args.add(folder.resolve(out).toString());
    args.addAll(List.of(more));
    return Said.by(args.toArray(String[]::new));
  }

  private void done(Said said) {
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
  }

  /** Two contigs, and windows of which some overlap, not sorted. */
  private String[] regions() throws IOException {
    Path genome =
        write(
            "genome.fa",
            ">one\n%s\n>two\n%s\n"
                .formatted(Planted.sequence(1, 300, Planted.WORD), Planted.sequence(2, 90, "")));
    Path bed =
        write(
            "places.bed",
            """
            two\t10\t50\ta
            one\t200\t240\tb
            one\t100\t140\tc
            one\t110\t150\tc
            one\t150\t190\td
            one\t100\t140\te
            """);
    return new String[] {bed.toString(), genome.toString()};
  }

  @Test
  void h5pyReadsChromBpnetsLayout() throws Exception {
    Python.require("h5py", "numpy");
    done(attribute(fasta, "s.h5"));
    done(attribute(fasta, "all.npz", "--hypothetical"));
    done(attribute(fasta, "there.npz"));
    assertThat(folder.resolve("s.completeness.tsv")).exists();
    done(attribute(fasta, "two.h5", "--method", "ism,deepshap", "--force"));
    Python.run(
        """
        import h5py, numpy, os
        os.chdir(r'%s')
        seqs = [l.strip() for l in open('toy.fa')]
        ids, seqs = [i[1:] for i in seqs[::2]], seqs[1::2]
        one = numpy.array([[[c == b for c in s] for b in 'ACGT'] for s in seqs])
        f = h5py.File('s.h5')
        names = []; f.visit(names.append)
        assert names == ['ids', 'projected_shap', 'projected_shap/seq', 'raw', 'raw/seq', 'shap', 'shap/seq'], names
        assert f['raw/seq'].dtype == numpy.int8 and (f['raw/seq'][:] == one).all()
        assert list(f['ids'].asstr()[:]) == ids
        shap = f['shap/seq'][:]
        assert shap.shape == (60, 4, 40) and shap.dtype == numpy.float32
        assert (shap == numpy.load('all.npz')['arr_0']).all() and abs(shap).max() > 0
        assert (f['projected_shap/seq'][:] == numpy.load('there.npz')['arr_0']).all()
        assert (f['projected_shap/seq'][:] == shap * one).all()
        ohe = numpy.load('all.ohe.npz')['arr_0']
        assert ohe.dtype == numpy.int8 and (ohe == one).all()
        assert not os.path.exists('there.ohe.npz')
        g = h5py.File('two.h5')
        assert sorted(g) == ['deepshap', 'ids', 'ism', 'raw'], list(g)
        assert (g['deepshap/shap/seq'][:] == shap).all() and (g['raw/seq'][:] == one).all()
        assert abs(g['ism/shap/seq'][:].sum(axis=1)).max() < 1e-5
        """
            .formatted(folder));
  }

  /** The oracle is modisco-lite itself, from both forms; it must find the planted word. */
  @Tag("long")
  @Test
  void modiscoLiteReadsBothForms() throws Exception {
    Python.require("modiscolite", "h5py", "numpy");
    String many = write("many.fa", Planted.fasta(600, 100)).toString();
    String better = folder.resolve("better.model").toString();
    assertThat(Said.by("train", many, "--out", better).code()).isZero();
    model = better;
    done(attribute(many, "m.npz", "--hypothetical"));
    done(attribute(many, "m.h5", "--force"));
    Python.run(
        """
        import os, h5py, numpy
        from click.testing import CliRunner
        from modiscolite.cli import cli
        os.chdir(r'%s')
        same = ['-n', '2000', '-w', '100']
        for name, given in (('npz', ['-s', 'm.ohe.npz', '-a', 'm.npz']), ('h5', ['-i', 'm.h5'])):
            r = CliRunner().invoke(cli, ['motifs'] + given + same + ['-o', name + '.out.h5'])
            assert r.exit_code == 0, (r.output, r.exception)
            f = h5py.File(name + '.out.h5')
            p = f['pos_patterns/pattern_0/sequence'][:]
            word = ''.join('ACGT'[i] for i in p.argmax(axis=1))
            assert 'TGACTCA' in word or 'TGAGTCA' in word, word
        """
            .formatted(folder));
  }

  /** The oracles are pyBigWig and NumPy. */
  @Test
  void pyBigWigReadsTheMeanOfWindowsThatOverlap() throws Exception {
    Python.require("pyBigWig", "numpy");
    String[] r = regions();
    done(quietly(attribute(r[0], "dir", "--genome", r[1], "--method", "ism,gradient")));
    done(quietly(attribute(r[0], "g.bw", "--genome", r[1], "--method", "ism")));
    assertThat(names(folder.resolve("dir")))
        .containsExactly(
            "gradient.bw", "gradient.npz", "ism.bw", "ism.npz", "sequences.npz", "sequences.tsv");
    assertThat(folder.resolve("dir/sequences.tsv"))
        .hasContent(
            """
            id\tcontig\tstart\tend
            a\ttwo\t10\t50
            b\tone\t200\t240
            c\tone\t100\t140
            c_2\tone\t110\t150
            d\tone\t150\t190
            e\tone\t100\t140
            """);
    assertThat(folder.resolve("g.bw")).hasSameBinaryContentAs(folder.resolve("dir/ism.bw"));
    Python.run(
        """
        import pyBigWig, numpy, os, csv
        os.chdir(r'%s')
        scores = numpy.load('ism.npz')['arr_0'].sum(axis=1)
        rows = list(csv.DictReader(open('sequences.tsv'), delimiter='\t'))
        b = pyBigWig.open('ism.bw')
        assert b.chroms() == {'one': 300, 'two': 90}, b.chroms()
        for contig, length in b.chroms().items():
            total, count = numpy.zeros(length), numpy.zeros(length)
            for row, s in zip(rows, scores):
                if row['contig'] == contig:
                    total[int(row['start']):int(row['end'])] += s
                    count[int(row['start']):int(row['end'])] += 1
            got = numpy.array(b.values(contig, 0, length))
            assert (numpy.isnan(got) == (count == 0)).all()
            there = count > 0
            assert numpy.allclose(got[there], total[there] / count[there], atol=1e-6), contig
            assert abs(got[there]).max() > 0
        """
            .formatted(folder.resolve("dir")));
  }

  private static Said quietly(Said said) {
    return new Said(
        said.code(), said.out(), said.err().replace("basewise: 1 repeated id renamed\n", ""));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  /** Names of sequences are places; the mean of two windows is worked out from the table. */
  @Test
  void bedGraphOfNamesThatArePlaces() throws IOException {
    String s = Planted.sequence(7, 60, Planted.WORD);
    Path placed =
        write(
            "placed.fa",
            ">chr2:1021-1060\n%s\n>chr2:1000-1040\n%s\n"
                .formatted(s.substring(20, 60), s.substring(0, 40)));
    done(attribute(placed.toString(), "p.bedGraph", "--method", "ism"));
    done(attribute(placed.toString(), "p.tsv", "--method", "ism"));
    Map<Integer, List<Double>> want = new TreeMap<>();
    for (String row : Files.readAllLines(folder.resolve("p.tsv")).subList(1, 81)) {
      String[] f = row.split("\t");
      int start = f[0].equals("chr2:1021-1060") ? 1020 : 1000;
      want.computeIfAbsent(start + Integer.parseInt(f[1]), k -> new ArrayList<>())
          .add(Double.parseDouble(f[3]));
    }
    assertThat(want).hasSize(60);
    int at = 1000;
    for (String row : Files.readAllLines(folder.resolve("p.bedGraph"))) {
      String[] f = row.split("\t");
      assertThat(f[0]).isEqualTo("chr2");
      assertThat(Integer.parseInt(f[1])).isEqualTo(at);
      for (; at < Integer.parseInt(f[2]); at++) {
        double mean = want.get(at).stream().mapToDouble(x -> x).average().orElseThrow();
        assertThat(Double.parseDouble(f[3])).isCloseTo(mean, within(1e-5 * Math.abs(mean) + 1e-7));
      }
    }
    assertThat(at).isEqualTo(1060);
  }

  @Test
  void threadsDoNotChangeAByte() throws IOException {
    String[] r = regions();
    for (String out : List.of("x.h5", "x.bw", "x.bedgraph", "x.tsv", "x.svg")) {
      for (String threads : List.of("1", "3")) {
        List<String> more = new ArrayList<>(List.of("--genome", r[1], "--threads", threads));
        String name = threads + out;
        if (out.endsWith(".svg")) {
          more.addAll(
              List.of(
                  "--plot",
                  folder.resolve(name).toString(),
                  "--method",
                  "deepshap,ism",
                  "--taxon",
                  "fungi"));
          name = threads + ".npz";
        }
        Said said = attribute(r[0], name, more.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        Files.deleteIfExists(folder.resolve(threads + "x.completeness.tsv"));
      }
      assertThat(folder.resolve("3" + out)).hasSameBinaryContentAs(folder.resolve("1" + out));
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnythingIsWritten() throws IOException {
    String[] base = {"attribute", model, fasta, "--out"};
    String bw = folder.resolve("x.bw").toString();
    usage(
        "--method: " + bw + " holds the scores of one method",
        with(base, bw, "--method", "ism,gradient"));
    usage(
        "--hypothetical: " + bw + " has one number for each base",
        with(base, bw, "--hypothetical"));
    String npz = folder.resolve("x.npz").toString();
    usage(
        "--taxon: is for pictures (add --plot, or leave it out)",
        with(base, npz, "--taxon", "fungi"));
    usage(
        "--plot-sequences: must be at least 1, is 0",
        with(base, npz, "--plot", bw + ".svg", "--plot-sequences", "0"));
    bad("s0 has no place in a genome (tracks need regions, or names such as", with(base, bw));
    write("x.ohe.npz", "");
    bad("x.ohe.npz: already exists", with(base, npz, "--hypothetical"));
    write("x.svg", "");
    bad("x.svg: already exists", with(base, npz, "--plot", folder.resolve("x.svg").toString()));
    bad("is a file, not a folder", with(base, fasta + "/x.npz"));
    bad("is a file, not a folder", with(base, npz, "--plot", fasta + "/x.svg"));
    Files.createDirectory(folder.resolve("mine"));
    write("mine/letter.txt", "dear");
    bad(
        "holds other things than results",
        with(base, folder.resolve("mine").toString(), "--force"));
    assertThat(folder.resolve("mine/letter.txt")).hasContent("dear");
  }

  @Test
  void aTruncatedModelIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(model));
    Path cut = folder.resolve("cut.model");
    for (int share : new int[] {0, 1, 50, 99}) {
      Files.write(cut, Arrays.copyOf(whole, whole.length * share / 100));
      bad(
          "cut.model: ",
          "attribute",
          cut.toString(),
          fasta,
          "--out",
          folder.resolve("x.npz").toString());
    }
  }

  private static String[] with(String[] base, String... more) {
    return Stream.concat(Arrays.stream(base), Arrays.stream(more)).toArray(String[]::new);
  }

  private void bad(String why, String... arguments) throws IOException {
    List<String> before = names();
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(names()).isEqualTo(before);
  }

  /** 60 sequences of 40 are 40 KB of scores, which does not fit beside their hidden copy. */
  @Test
  void aFullDiskIsOneLineAndLeavesNothing() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=20k", "basewise", small.toString())
            .redirectErrorStream(true)
            .start();
    mount.getInputStream().readAllBytes();
    if (mount.waitFor() != 0) {
      System.out.println("SKIPPED: a full disk was not tried, only root can mount one");
      Assumptions.abort("only root can mount a small file system");
    }
    try {
      String[] base = {"attribute", model, fasta, "--method", "ism", "--out"};
      for (String out : List.of("x.npz", "x.h5", "x.tsv", "x")) {
        full(small, with(base, small.resolve(out).toString(), "--method", "gradient"));
      }
      full(
          small,
          "attribute",
          model,
          fasta,
          "--method",
          "ism,deepshap,lime",
          "--out",
          small.resolve("x").toString());
      String placed =
          write(
                  "placed.fa",
                  Planted.fasta(300, WIDTH).replaceAll(">s(\\d+)", ">chr1:$1" + "01-$1" + "40"))
              .toString();
      for (String out : List.of("x.bw", "x.bedgraph")) {
        full(
            small,
            "attribute",
            model,
            placed,
            "--method",
            "ism",
            "--out",
            small.resolve(out).toString());
      }
      full(
          small,
          with(
              base,
              folder.resolve("fits.npz").toString(),
              "--plot",
              small.resolve("x.svg").toString(),
              "--taxon",
              "diatoms"));
      assertThat(folder.resolve("fits.npz")).doesNotExist();
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  private void full(Path small, String... arguments) throws IOException {
    Said said = Said.by(arguments);
    assertThat(said.err())
        .startsWith("basewise: ")
        .contains("no space left on device")
        .hasLineCount(1);
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(small).as(String.join(" ", arguments)).isEmptyDirectory();
  }
}
