package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.Head;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.NetworkFile;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Shape;
import basewise.sequence.Dna;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options of methods, on a golden network of two outputs, {@code a} and {@code b}. */
class AttributeMethodsTest extends Refusals {
  private static final int WIDTH = 40;
  private static final String NETWORK = Goldens.folder("residual").toString();
  private static final List<String> SEQUENCES =
      List.of(
          "ACGTTGCAACCATGAGGTACCATTACGGATCATTGCAACG", "TTGACCATNNCCGATTGACCAGATCCATGGGATACATTAC");

  private Path fasta() throws IOException {
    return write("two.fa", ">x\n%s\n>y\n%s\n".formatted(SEQUENCES.get(0), SEQUENCES.get(1)));
  }

  private String[] command(String... more) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "attribute",
                NETWORK,
                fasta().toString(),
                "--out",
                folder.resolve("out.tsv").toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The sum of the scores of each sequence, and what --out holds beside them. */
  private double[] sums(String... more) throws IOException {
    Said said =
        Said.by(
            Stream.concat(Stream.of(command(more)), Stream.of("--force")).toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    double[] sums = new double[2];
    List<String> rows = Files.readAllLines(folder.resolve("out.tsv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split("\t");
      sums[fields[0].equals("x") ? 0 : 1] += Double.parseDouble(fields[3]);
    }
    return sums;
  }

  private static double[] output(String sequence) {
    Network network = Goldens.network("residual");
    return network.forward(Network.oneHot(Dna.encode(sequence)), Precision.FLOAT64).output();
  }

  /** DeepLIFT's scores add up to the difference from the reference, whatever the two are. */
  @Test
  void targetsAndReferences() throws IOException {
    double[] nothing = output("N".repeat(WIDTH));
    double[] x = output(SEQUENCES.get(0));
    double[] y = output(SEQUENCES.get(1));
    double[] a = sums("--method", "deeplift", "--reference", "zero");
    assertThat(a[0]).isCloseTo(x[0] - nothing[0], within(1e-5));
    assertThat(a[1]).isCloseTo(y[0] - nothing[0], within(1e-5));
    for (String method : List.of("deeplift", "deeplift-revealcancel", "deeplift-genomics")) {
      double[] difference = sums("--method", method, "--reference", "zero", "--target", "a-b");
      assertThat(difference[0]).isCloseTo(x[0] - nothing[0] - (x[1] - nothing[1]), within(1e-5));
    }
    double[] sum = sums("--method", "deeplift", "--reference", "zero", "--target", "0.5*a+2*b");
    assertThat(sum[1]).isCloseTo(0.5 * (y[0] - nothing[0]) + 2 * (y[1] - nothing[1]), within(1e-5));
    // A file: the mean over its sequences, each N where the explained one is.
    String one = "G".repeat(WIDTH);
    String two = "AC".repeat(WIDTH / 2);
    Path file = write("references.fa", ">one\n%s\n>two\n%s\n".formatted(one, two));
    double[] mean = sums("--method", "deeplift", "--reference", file.toString(), "--target", "b");
    double reference = (output(one)[1] + output(two)[1]) / 2;
    assertThat(mean[0]).isCloseTo(x[1] - reference, within(1e-5));
    double masked = (output(masked(one))[1] + output(masked(two))[1]) / 2;
    assertThat(mean[1]).isCloseTo(y[1] - masked, within(1e-5));
    assertThat(Files.readAllLines(folder.resolve("out.completeness.tsv"))).hasSize(1 + 2 * 2);
  }

  private static String masked(String reference) {
    return reference.substring(0, 8) + "NN" + reference.substring(10);
  }

  @Test
  void quadratureReportsItsErrorAndWarnsOfNothing() throws IOException {
    double[] few = errors("--steps", "2");
    double[] many = errors("--steps", "200");
    assertThat(many[0]).isLessThan(few[0]).isLessThan(1e-2);
    assertThat(errors("--steps", "200", "--quadrature", "gauss-legendre")[0]).isLessThan(1e-2);
    assertThat(errors("--steps", "200", "--quadrature", "trapezoid")[0]).isLessThan(1e-2);
  }

  private double[] errors(String... more) throws IOException {
    String[] method = {"--method", "integrated-gradients", "--force"};
    Said said =
        Said.by(command(Stream.concat(Stream.of(method), Stream.of(more)).toArray(String[]::new)));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    List<String> rows = Files.readAllLines(folder.resolve("out.completeness.tsv"));
    return rows.subList(1, rows.size()).stream()
        .mapToDouble(r -> Double.parseDouble(r.split("\t")[r.split("\t").length - 1]))
        .toArray();
  }

  /**
   * A difference too small to divide by, below 1e-6, takes the derivative at the reference, which
   * is 0 where the ReLU is shut; a weight of 1e8 makes the output differ by 40 * 10 all the same.
   */
  @Test
  void sumsThatDoNotAddUpAreRefusedWithTheirLayer() throws IOException {
    Network.Builder b = Network.reading(new Shape(10, 4));
    float[] letters = {4e-7f, -4e-7f, 0, 0};
    int at = b.add("conv", new Convolution(1, 1, 4, letters, new float[1]), Network.INPUT);
    at = b.add("bend", new Operation.Activation(ActivationFunction.RELU), at);
    at = b.add("flatten", new Operation.Flatten(), at);
    float[] large = new float[10];
    Arrays.fill(large, 1e8f);
    b.add("output", new Operation.Dense(large, new float[1]), at);
    Path network = folder.resolve("network");
    new NetworkFile(b.build(), List.of("a"), Head.REGRESSION).write(network);
    Path input = write("a.fa", ">x\nAAAAAAAAAA\n");
    Path reference = write("c.fa", ">r\nCCCCCCCCCC\n");
    String[] command = {
      "attribute",
      network.toString(),
      input.toString(),
      "--out",
      folder.resolve("out.tsv").toString(),
      "--method",
      "gradient,deeplift",
      "--reference",
      reference.toString()
    };
    bad("network: contributions of deeplift at 'bend' do not add up, by up to 1.0 (add", command);
    assertThat(folder.resolve("out.completeness.tsv")).doesNotExist();
    String[] forced = Arrays.copyOf(command, command.length + 1);
    forced[command.length] = "--force";
    Said said = Said.by(forced);
    assertThat(said.code()).isZero();
    assertThat(said.err())
        .startsWith("basewise: contributions of deeplift at 'bend' do not add up, by up to 1");
    assertThat(Files.readAllLines(folder.resolve("out.completeness.tsv")).get(1))
        .startsWith("x\tdeeplift\t0\t400.0\t0.0\t");
  }

  @Test
  void whatChangesNothingIsRefused() throws IOException {
    usage(
        "--steps: changes nothing in gradient, ism (it is read by integrated-gradients)",
        command("--method", "gradient,ism", "--steps", "5"));
    usage("--sigma: changes nothing in deepshap", command("--sigma", "0.2"));
    usage("--layer: changes nothing in cam", command("--method", "cam", "--layer", "relu2"));
    usage("--raw: changes nothing in gradient", command("--method", "gradient", "--raw"));
    usage("--reference: changes nothing in deepshap", command("--reference", "zero"));
    usage(
        "--hypothetical: grad-cam scores only the letters that are there",
        command("--method", "gradient,grad-cam", "--hypothetical"));
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    bad(
        "--target: the model has no output 'c' (it has a, b; a difference is written A-B",
        command("--target", "c"));
    usage("--target: 'a-a' is always 0", command("--target", "a-a"));
    usage(
        "--samples: must be at least 1, is 0", command("--method", "smoothgrad", "--samples", "0"));
    usage("--sigma: must be above 0, is -1.0", command("--method", "smoothgrad", "--sigma", "-1"));
    usage(
        "--samples: vargrad has no variance of one draw",
        command("--method", "vargrad", "--samples", "1"));
    usage(
        "--layer: the model has no 'conv9' (name one of conv0, relu0,",
        command("--method", "grad-cam", "--layer", "conv9"));
    Path shorter = write("short.fa", ">r\n%s\n".formatted("ACGT".repeat(9)));
    bad(
        "short.fa:1: r has 36 bases, the model reads 40",
        command("--method", "deeplift", "--reference", shorter.toString()));
    bad(
        "never.fa: ",
        command("--method", "deeplift", "--reference", folder.resolve("never.fa").toString()));
    Path letters = fasta();
    usage(
        "--method: deepshap cannot explain layer 'letters', a softmax inside the network",
        "attribute",
        Goldens.folder("softmax").toString(),
        letters.toString(),
        "--out",
        folder.resolve("out.tsv").toString());
    usage(
        "--method: cam reads a global average pool and one linear layer after it",
        "attribute",
        Goldens.folder("chain").toString(),
        letters.toString(),
        "--method",
        "cam",
        "--out",
        folder.resolve("out.tsv").toString());
  }

  private void bad(String why, String... arguments) throws IOException {
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder.resolve("out.tsv")).doesNotExist();
  }
}
