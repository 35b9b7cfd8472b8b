package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.network.Precision;
import basewise.nn.network.RandomModels;
import basewise.sequence.Dna;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributorTest {
  /** The definition is a forward pass per substitution; the last two leave positions unread. */
  @ParameterizedTest
  @CsvSource({
    "5, 7, BOTH, RELU, 0, 40",
    "9, 6, FORWARD, EXPONENTIAL, 0, 33",
    "4, 7, BOTH, RELU, 5, 33",
    "17, 9, BOTH, EXPONENTIAL, 4, 33",
    "3, 12, BOTH, RELU, 0, 12"
  })
  void fastMutagenesisIsAForwardPassPerSubstitution(
      int filters, int width, Strands strands, FilterActivation activation, int pool, int length) {
    MotifModel model = RandomModels.of(filters, width, strands, activation, pool, length);
    boolean any = false;
    for (byte[] codes : RandomModels.sequences(6, length, 4)) {
      for (int task = 0; task < 2; task++) {
        float[] expected = passes(model, codes, task);
        float[] found = raw(model, codes, task);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
          double y = expected[i];
          assertThat((double) found[i]).isCloseTo(y, within(1e-5 * Math.max(1, Math.abs(y))));
          any |= Math.abs(y) > 1e-2;
        }
      }
    }
    assertThat(any).isTrue();
  }

  @Test
  void whoWaitsIsToldWherePassesAreWhole() {
    AttributionOptions floats = AttributionOptions.defaults();
    AttributionOptions doubles = floats.toBuilder().precision(Precision.FLOAT64).build();
    List<Method> methods = List.of(Method.GRADIENT, Method.ISM, Method.OCCLUSION);
    assertThat(Attributor.remarks(methods, floats)).isEmpty();
    assertThat(Attributor.remarks(methods, doubles))
        .containsExactly(
            "ism in doubles: every variant passes through the whole network",
            "occlusion in doubles: every variant passes through the whole network");
    assertThat(Attributor.remarks(methods, floats.toBuilder().indels(true).build()))
        .singleElement()
        .asString()
        .contains("each passes through the whole network");
  }

  @Test
  void contributionsOnObservedBasesAddUpToTheDifferenceFromTheMeanReference() {
    MotifModel model = RandomModels.of(9, 7, Strands.BOTH, FilterActivation.EXPONENTIAL, 0, 40);
    Attributor attributor = attributor(model, 1, 7);
    List<byte[]> sequences = RandomModels.sequences(5, 40, 2);
    for (Method method : List.of(Method.DEEPLIFT, Method.DEEPSHAP)) {
      for (int s = 0; s < sequences.size(); s++) {
        byte[] codes = sequences.get(s);
        Attribution a = attributor.explain(method, codes, s);
        double sum = 0;
        for (float score : a.projected(codes)) {
          sum += score;
        }
        assertThat(a.completeness()).hasSize(method == Method.DEEPSHAP ? 20 : 1);
        double mean =
            a.completeness().stream().mapToDouble(Completeness::difference).average().orElseThrow();
        assertThat(sum).isCloseTo(mean, within(1e-5 * Math.max(1, Math.abs(mean))));
        assertThat(a.completeness()).allMatch(c -> c.error() < Completeness.EXPECTED);
      }
    }
  }

  /** By hand: three of eight known bases are C or G. */
  @Test
  void theReferenceOfDeepLiftIsTheSequencesComposition() {
    double[] r = References.composition(Dna.encode("AACGNGTTA"));
    assertThat(java.util.Arrays.copyOf(r, 4)).containsExactly(0.3125, 0.1875, 0.1875, 0.3125);
    assertThat(java.util.Arrays.copyOfRange(r, 16, 20)).containsOnly(0);
  }

  @Test
  void shufflesDependOnTheSeedAndTheNumberOfTheSequence() {
    MotifModel model = RandomModels.of(5, 7, Strands.BOTH, FilterActivation.RELU, 0, 40);
    byte[] codes = RandomModels.sequences(1, 40, 6).getFirst();
    float[] one = attributor(model, 0, 1).explain(Method.DEEPSHAP, codes, 3).scores();
    assertThat(attributor(model, 0, 1).explain(Method.DEEPSHAP, codes, 3).scores()).isEqualTo(one);
    assertThat(attributor(model, 0, 2).explain(Method.DEEPSHAP, codes, 3).scores())
        .isNotEqualTo(one);
    assertThat(attributor(model, 0, 1).explain(Method.DEEPSHAP, codes, 4).scores())
        .isNotEqualTo(one);
  }

  /** A homopolymer has no other order: it is its own reference, and no base stands out. */
  @Test
  void aSequenceWithoutShufflesScoresNothing() {
    MotifModel model = RandomModels.of(5, 7, Strands.BOTH, FilterActivation.RELU, 0, 40);
    byte[] codes = Dna.encode("A".repeat(40));
    Attribution a = attributor(model, 0, 1).explain(Method.DEEPSHAP, codes, 0);
    assertThat(a.projected(codes)).containsOnly(0);
    assertThat(a.completeness()).allMatch(c -> c.difference() == 0 && c.error() == 0);
  }

  @Test
  void centredScoresSumToNothingAtEachPosition() {
    MotifModel model = RandomModels.of(5, 7, Strands.BOTH, FilterActivation.RELU, 0, 40);
    byte[] codes = Dna.encode("ACGTTGCANCCATGAGGTACCATTACGGATCATTGCAACG");
    Attributor attributor = attributor(model, 0, 1);
    float[] raw = raw(model, codes, 0);
    for (Method method : List.of(Method.ISM, Method.CORRECTED_GRADIENT)) {
      float[] scores = attributor.explain(method, codes, 0).scores();
      for (int i = 0; i < 40; i++) {
        double sum = 0;
        for (int c = 0; c < 4; c++) {
          sum += scores[4 * i + c];
        }
        assertThat(sum).isCloseTo(0, within(1e-6));
      }
      if (method == Method.ISM) {
        // What is left of a difference when the mean of its position is taken away, by hand.
        double mean = (raw[0] + raw[1] + raw[2] + raw[3]) / 4.0;
        assertThat((double) scores[0]).isCloseTo(0 - mean, within(1e-6));
        assertThat((double) scores[3]).isCloseTo(raw[3] - mean, within(1e-6));
        assertThat(java.util.Arrays.copyOfRange(scores, 32, 36)).containsOnly(0);
      }
    }
  }

  private static float[] raw(MotifModel model, byte[] codes, int task) {
    AttributionOptions options = AttributionOptions.defaults().toBuilder().raw(true).build();
    Attributor attributor = new Attributor(model, Target.of(task), options);
    return attributor.explain(Method.ISM, codes, 0).scores();
  }

  /** The model's own output for every substitution minus that for the sequence. */
  private static float[] passes(MotifModel model, byte[] codes, int task) {
    float[] out = new float[codes.length * Dna.N];
    float before = model.logits(List.of(codes), 1)[0][task];
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; codes[i] != Dna.N && c < Dna.N; c++) {
        byte[] mutant = codes.clone();
        mutant[i] = c;
        out[i * Dna.N + c] = model.logits(List.of(mutant), 1)[0][task] - before;
      }
    }
    return out;
  }

  private static Attributor attributor(MotifModel model, int task, long seed) {
    AttributionOptions options = AttributionOptions.defaults().toBuilder().seed(seed).build();
    return new Attributor(model, Target.of(task), options);
  }
}
