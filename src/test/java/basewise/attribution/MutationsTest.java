package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import basewise.io.InputException;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.RandomModels;
import basewise.nn.network.Shape;
import basewise.sequence.Dna;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Pairs of mutations, deletions and insertions, and occlusion, where the answer is known. */
class MutationsTest {
  private static final AttributionOptions EXACT =
      AttributionOptions.defaults().toBuilder().precision(Precision.FLOAT64).build();

  /** Scores 1 for AG anywhere and nothing else: the maximum of one filter, above a threshold. */
  private static Network word() {
    Network.Builder b = Network.reading(new Shape(5, 4));
    float[] w = {1, 0, 0, 0, 0, 0, 1, 0};
    int at = b.add("conv", new Convolution(1, 2, 4, w, new float[] {-1}), Network.INPUT);
    at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    b.add("pool", new Operation.MaxPool(4, 4), at);
    return b.build();
  }

  private static Subject subject(Network network, UnaryOperator<AttributionOptions.Builder> how) {
    return new Subject(network, false, Target.of(0), how.apply(EXACT.toBuilder()).build());
  }

  /** Nothing is there; only both letters of the word together make it: epistasis 1 for CC to AG. */
  @Test
  void onlyBothSubstitutionsMakeTheWord() {
    Mutations mutations = new Mutations(subject(word(), b -> b));
    List<Epistasis> pairs = mutations.pairs(Dna.encode("CCCNC"), 0);
    assertThat(pairs)
        .containsExactly(
            new Epistasis(0, Dna.A, 1, Dna.G, 1, 1 / 9.0),
            new Epistasis(0, Dna.A, 2, Dna.A, 0, 0),
            new Epistasis(0, Dna.A, 4, Dna.A, 0, 0),
            new Epistasis(1, Dna.A, 2, Dna.G, 1, 1 / 9.0),
            new Epistasis(1, Dna.A, 4, Dna.A, 0, 0),
            new Epistasis(2, Dna.A, 4, Dna.A, 0, 0));
    assertThat(mutations.pairs(Dna.encode("CCCNC"), 1))
        .extracting(Epistasis::first, Epistasis::second)
        .containsExactly(tuple(0, 1), tuple(1, 2));
    // Each of a pair gets it: of position 0 one of three pairs has it, of position 1 two.
    assertThat(Mutations.positions(pairs, 5))
        .containsExactly(new double[] {1 / 3.0, 2 / 3.0, 1 / 3.0, 0, 0}, within(1e-12));
    // Either loss breaks the word alone: f(ij) - f(i) - f(j) + f(0) = 0 - 0 - 0 + 1.
    assertThat(mutations.pairs(Dna.encode("AGNNN"), 0))
        .containsExactly(new Epistasis(0, Dna.C, 1, Dna.A, 1, 1));
  }

  /** ACGCC has AG once C is deleted; and once G is inserted behind A, or A before G. */
  @Test
  void deletionsAndInsertionsKeepTheLength() {
    List<Indel> indels = new Mutations(subject(word(), b -> b)).indels(Dna.encode("ACGCC"));
    assertThat(indels).hasSize(5 + 20);
    assertThat(indels.stream().filter(i -> i.effect() != 0))
        .containsExactly(
            new Indel(1, false, Dna.C, 1),
            new Indel(1, true, Dna.G, 1),
            new Indel(2, true, Dna.A, 1));
    // The word is pushed out of the end by any insertion before or inside it.
    List<Indel> last = new Mutations(subject(word(), b -> b)).indels(Dna.encode("CCCAG"));
    assertThat(last.stream().filter(i -> i.insertion() && i.position() < 5))
        .filteredOn(i -> i.position() < 4)
        .allMatch(i -> i.effect() == -1);
  }

  /** A shuffle of AAAAA is itself, so nothing happens; N does away with the word. */
  @Test
  void windowsAreReplacedByWhatIsAskedFor() {
    byte[] codes = Dna.encode("CAGCC");
    double[] n = new Occlusion(subject(word(), b -> b.window(2).stride(2))).scores(codes, 0);
    // Windows 0-2, 2-4 and 4-5: the first two break the word.
    assertThat(n[Dna.C]).isEqualTo(1);
    assertThat(n[4 + Dna.A]).isEqualTo(1);
    assertThat(n[8 + Dna.G]).isEqualTo(1);
    assertThat(n[12 + Dna.C]).isEqualTo(1);
    assertThat(n[16 + Dna.C]).isEqualTo(0);
    // Windows 0-2, 1-3, 2-4 and 3-5: the last does not touch it, its neighbour at 3 is half.
    double[] sliding = new Occlusion(subject(word(), b -> b.window(2))).scores(codes, 0);
    assertThat(sliding[12 + Dna.C]).isEqualTo(0.5);
    assertThat(sliding[16 + Dna.C]).isEqualTo(0);
    Occlusion shuffled =
        new Occlusion(subject(word(), b -> b.window(2).replacement(Replacement.SHUFFLE)));
    assertThat(shuffled.scores(Dna.encode("AAAAA"), 0)).containsOnly(0);
  }

  /** By the definition, from the same shuffles. */
  @Test
  void occlusionByShufflesIsTheirMean() {
    Subject subject =
        subject(
            Goldens.network("chain"),
            b -> b.window(40).stride(40).shuffles(3).replacement(Replacement.SHUFFLE));
    byte[] codes = RandomModels.sequences(1, 40, 5).getFirst();
    double mean = 0;
    for (double[] r : References.shuffles(codes, 6, 1, 3)) {
      mean += subject.value(subject.run(r)) / 3;
    }
    double expected = subject.value(subject.run(codes)) - mean;
    double[] scores = new Occlusion(subject).scores(codes, 6);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        assertThat(scores[i * 4 + codes[i]]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void whatDoesNotFitTheSequenceIsRefused() {
    refused(Method.OCCLUSION, b -> b.window(6), "--window: 6 is more than the 5 bases");
    refused(Method.OCCLUSION, b -> b.window(2).stride(3), "--stride: 3 leaves bases between");
    refused(Method.LIME, b -> b.segment(6), "--segment: 6 is more than the 5 bases");
    refused(
        Method.SHAPLEY_SAMPLING,
        b -> b.segment(2).samples(29),
        "--samples: 29 is less than 10 for each of 3 players (ask for 30");
    new Attributor(word(), Target.of(0), EXACT.toBuilder().segment(2).samples(30).build())
        .check(Method.SHAPLEY_SAMPLING);
  }

  private static void refused(
      Method method, UnaryOperator<AttributionOptions.Builder> how, String message) {
    Attributor attributor =
        new Attributor(word(), Target.of(0), how.apply(EXACT.toBuilder()).build());
    assertThatThrownBy(() -> attributor.check(method))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
