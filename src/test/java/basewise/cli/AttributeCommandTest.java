package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.attribution.Method;
import basewise.io.Python;
import basewise.nn.Dense;
import basewise.nn.ModelFile;
import basewise.nn.MotifModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttributeCommandTest extends Refusals {
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

  private Said attribute(String out, String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(
        new String[] {"attribute", model, fasta, "--out", folder.resolve(out).toString()},
        0,
        args,
        0,
        5);
    System.arraycopy(more, 0, args, 5, more.length);
    return Said.by(args);
  }

  @Test
  void theTableAndTheArrayHoldTheSameScores() throws IOException {
    Said said = attribute("s.npz");
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("60 sequences: ");
    assertThat(attribute("s.tsv", "--method", "deepshap", "--force").code()).isZero();
    float[] array = array(folder.resolve("s.npz"), "arr_0.npy", "(60, 4, 40)");
    List<String> sequences = Files.readAllLines(Path.of(fasta));
    List<String> rows = Files.readAllLines(folder.resolve("s.tsv"));
    assertThat(rows.getFirst()).isEqualTo("id\tposition\tbase\tscore");
    assertThat(rows).hasSize(1 + 60 * WIDTH);
    double[] sums = new double[60];
    boolean any = false;
    for (int n = 0; n < 60; n++) {
      String sequence = sequences.get(2 * n + 1);
      for (int i = 0; i < WIDTH; i++) {
        int base = "ACGT".indexOf(sequence.charAt(i));
        String[] row = rows.get(1 + n * WIDTH + i).split("\t");
        assertThat(row).startsWith("s" + n, "" + i, "" + sequence.charAt(i));
        float score = array[(n * 4 + base) * WIDTH + i];
        assertThat(Float.parseFloat(row[3])).isEqualTo(score + 0f);
        any |= score != 0;
        for (int c = 0; c < 4; c++) {
          float at = array[(n * 4 + c) * WIDTH + i];
          assertThat(c == base || at == 0).isTrue();
          sums[n] += at;
        }
      }
    }
    assertThat(any).isTrue();
    // Scores of a sequence sum to the mean difference from its 20 references.
    List<String> complete = Files.readAllLines(folder.resolve("s.completeness.tsv"));
    assertThat(complete.getFirst())
        .isEqualTo("id\tmethod\treference\tdifference\tsum\tkept\terror");
    assertThat(complete).hasSize(1 + 60 * 20);
    for (int n = 0; n < 60; n++) {
      double mean = 0;
      for (String row : complete.subList(1 + 20 * n, 21 + 20 * n)) {
        String[] fields = row.split("\t");
        assertThat(fields).startsWith("s" + n, "deepshap");
        assertThat(Double.parseDouble(fields[6])).isLessThan(1e-5);
        mean += Double.parseDouble(fields[3]) / 20;
      }
      assertThat(sums[n]).isCloseTo(mean, within(1e-5));
    }
  }

  @Test
  void everyMethodHasAnArrayAndThreadsDoNotChangeAByte() throws IOException {
    String all = labels(Method::hypothetical);
    String[] options = {
      "--method", all, "--hypothetical", "--threads", "1", "--samples", "8", "--steps", "4"
    };
    assertThat(attribute("one.npz", options).code()).isZero();
    options[4] = "3";
    assertThat(attribute("three.npz", options).code()).isZero();
    Path one = folder.resolve("one.npz");
    assertThat(folder.resolve("three.npz")).hasSameBinaryContentAs(one);
    assertThat(folder.resolve("three.completeness.tsv"))
        .hasSameBinaryContentAs(folder.resolve("one.completeness.tsv"));
    float[] gradient = array(one, "gradient.npy", "(60, 4, 40)");
    float[] corrected = array(one, "corrected-gradient.npy", "(60, 4, 40)");
    for (int n = 0; n < 60; n++) {
      for (int i = 0; i < WIDTH; i++) {
        int at = n * 4 * WIDTH + i;
        double mean = 0;
        for (int c = 0; c < 4; c++) {
          mean += gradient[at + c * WIDTH] / 4.0;
        }
        assertThat((double) corrected[at]).isCloseTo(gradient[at] - mean, within(1e-6));
      }
    }
    assertThat(attribute("many.tsv", "--method", "ism,gradient", "--hypothetical").code()).isZero();
    List<String> rows = Files.readAllLines(folder.resolve("many.tsv"));
    assertThat(rows.getFirst()).isEqualTo("id\tposition\tbase\tscore\tmethod");
    assertThat(rows).hasSize(1 + 2 * 60 * 4 * WIDTH);
    assertThat(rows.get(1)).startsWith("s0\t0\tA\t").endsWith("\tism");
    assertThat(folder.resolve("many.completeness.tsv")).doesNotExist();
  }

  /** cam has nothing to read in this model, and deep-taylor explains outputs above 0 only. */
  @Test
  void methodsOfLettersThatAreThere() throws IOException {
    Path few = write("few.fa", Planted.fasta(3, WIDTH));
    Predicate<Method> others = m -> !m.hypothetical() && m != Method.CAM && m != Method.DEEP_TAYLOR;
    for (String threads : List.of("1", "3")) {
      Said said =
          Said.by(
              "attribute",
              model,
              few.toString(),
              "--out",
              folder.resolve(threads + ".npz").toString(),
              "--method",
              labels(others),
              "--distance",
              "2",
              "--threads",
              threads);
      assertThat(said.code()).as(said.err()).isZero();
    }
    for (String end : List.of(".npz", ".completeness.tsv", ".pairs.tsv", ".players.tsv")) {
      assertThat(folder.resolve("3" + end)).hasSameBinaryContentAs(folder.resolve("1" + end));
    }
    for (Method m : Method.values()) {
      if (others.test(m)) {
        float[] scores = array(folder.resolve("1.npz"), m.label() + ".npy", "(3, 4, 40)");
        int scored = 0;
        for (float score : scores) {
          scored += score == 0 ? 0 : 1;
        }
        assertThat(scored).as(m.label()).isBetween(1, 3 * WIDTH);
      }
    }
  }

  private static String labels(Predicate<Method> which) {
    return Arrays.stream(Method.values())
        .filter(which)
        .map(Method::label)
        .collect(Collectors.joining(","));
  }

  /** The oracle is NumPy itself. */
  @Test
  void numpyReadsTheArray() throws Exception {
    Python.require("numpy");
    assertThat(attribute("s.npz", "--method", "ism,gradient").code()).isZero();
    Python.run(
        """
        import numpy, zipfile
        p = r'%s'
        assert zipfile.ZipFile(p).testzip() is None
        z = numpy.load(p)
        assert z.files == ['ism', 'gradient'], z.files
        a = z['ism']
        assert a.shape == (60, 4, 40) and a.dtype == numpy.float32 and abs(a).max() > 0
        """
            .formatted(folder.resolve("s.npz")));
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
    String out = folder.resolve("out.npz").toString();
    usage(
        "--method: there is no 'smoothgrid' (there are gradient, input-x-gradient,"
            + " corrected-gradient, smoothgrad, ",
        "attribute",
        model,
        fasta,
        "--out",
        out,
        "--method",
        "ism,smoothgrid");
    usage(
        "--method: ism is named twice",
        "attribute",
        model,
        fasta,
        "--out",
        out,
        "--method",
        "ism,ism");
    bad(
        "--target: the model has no output 'x'",
        "attribute",
        model,
        fasta,
        "--out",
        out,
        "--target",
        "x");
    usage(
        "--out: 'never.txt' does not end in .npz, .h5, .bw, .bedgraph or .tsv",
        "attribute",
        model,
        fasta,
        "--out",
        "never.txt");
    Path longer = write("long.fa", ">a\n%s\n>b\n%s\n".formatted("ACGT".repeat(10), "A".repeat(41)));
    bad(
        ":3: b has 41 bases, the model reads 40 (cut all to one length)",
        "attribute",
        model,
        longer.toString(),
        "--out",
        out);
    Path none = write("n.fa", ">a\n%s\n>n\n%s\n".formatted("ACGT".repeat(10), "N".repeat(40)));
    bad(":3: n is over half N (take it out)", "attribute", model, none.toString(), "--out", out);
    bad("is not a Basewise model", "attribute", fasta, fasta, "--out", out);
    write("out.completeness.tsv", "");
    bad("out.completeness.tsv: already exists", "attribute", model, fasta, "--out", out);
    write("out.npz", "");
    bad("out.npz: already exists", "attribute", model, fasta, "--out", out, "--method", "ism");
  }

  @Test
  void weightsThatAreNotNumbersAreRefused() throws IOException {
    MotifModel whole = (MotifModel) ModelFile.load(Path.of(model));
    Dense output = whole.output();
    float[] bias = output.bias().clone();
    bias[0] = Float.NaN;
    Path broken = folder.resolve("nan.model");
    ModelFile.save(
        new MotifModel(
            whole.architecture(),
            whole.width(),
            whole.tasks(),
            whole.filters(),
            whole.hidden(),
            new Dense(output.in(), output.out(), output.weights(), bias)),
        broken,
        ModelFile.origin(Path.of(model)));
    String out = folder.resolve("out.npz").toString();
    bad(
        "nan.model: has weights that are not numbers",
        "attribute",
        broken.toString(),
        fasta,
        "--out",
        out);
  }

  private void bad(String why, String... arguments) throws IOException {
    List<String> before = names();
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void helpNamesEveryMethod() {
    String help = Said.by("help", "attribute").out().replaceAll("\\s+", " ");
    for (Method m : Method.values()) {
      assertThat(help).containsPattern("[ ,]" + m.label() + "(: |, [a-z])");
    }
    assertThat(help).contains("One or more of gradient, input-x-gradient, corrected-gradient,");
  }

  /** The numbers of an array, its header held to NumPy's description of the format. */
  private static float[] array(Path npz, String name, String shape) throws IOException {
    try (ZipFile zip = new ZipFile(npz.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      assertThat(entry).as(name).isNotNull();
      assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
      byte[] bytes;
      try (InputStream in = zip.getInputStream(entry)) {
        bytes = in.readAllBytes();
      }
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(bytes);
      assertThat(entry.getCrc()).isEqualTo(crc.getValue());
      ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(new String(bytes, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
      int header = b.getShort(8);
      assertThat((10 + header) % 64).isZero();
      String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
      assertThat(text)
          .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }")
          .endsWith("\n");
      float[] out = new float[(bytes.length - 10 - header) / Float.BYTES];
      b.position(10 + header);
      b.asFloatBuffer().get(out);
      return out;
    }
  }
}
