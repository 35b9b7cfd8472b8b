package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.motif.CountMatrix;
import basewise.nn.Architecture;
import basewise.nn.Dense;
import basewise.nn.FilterBank;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import basewise.sequence.Dna;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A network that can be reckoned by hand: its only filter is 1 on ACGTA and 0 elsewhere, and the
 * output is 4 times that less 2.
 */
class InfluenceTest {
  private static final String WORD = "ACGTA";

  private static Example example(String id, String sequence, boolean positive, int parent) {
    byte[] codes = Dna.encode(sequence);
    return new Example(id, null, codes, new float[] {positive ? 1 : 0}, Part.TEST, parent);
  }

  private static MotifModel model(int width) {
    float[] weights = new float[4 * WORD.length()];
    for (int i = 0; i < WORD.length(); i++) {
      weights[4 * i + Dna.encode(WORD)[i]] = 1;
    }
    MotifArchitecture shape =
        Architecture.motif()
            .withFilters(1)
            .withFilterWidth(WORD.length())
            .withStrands(Strands.FORWARD)
            .withPool(0)
            .withHidden(1);
    FilterBank filters =
        new FilterBank(
            1,
            WORD.length(),
            Strands.FORWARD,
            FilterActivation.RELU,
            weights,
            new float[] {-4},
            new float[] {1},
            new float[] {0});
    Dense hidden = new Dense(1, 1, new float[] {1}, new float[] {0});
    Dense output = new Dense(1, 1, new float[] {4}, new float[] {-2});
    return new MotifModel(shape, width, List.of("label"), filters, hidden, output);
  }

  private static Merging.Group group(Origin... origins) {
    double[][] counts = new double[WORD.length()][4];
    for (int i = 0; i < counts.length; i++) {
      counts[i][Dna.encode(WORD)[i]] = 20;
    }
    Presence at = new Presence(5, 1, 1, 0, 1, -1);
    Candidate c = new Candidate(origins[0], new CountMatrix(counts), at);
    return new Merging.Group(c, List.of(origins));
  }

  /** 9 positions, and the filter is above 0 at one of them in one of two sequences. */
  @Test
  void lossGrowsWithoutTheMotif() {
    List<Example> examples =
        List.of(
            example("with", "GGGGACGTAGGGG", true, -1),
            example("without", "GGCGGCAGTGGGG", false, -1));
    Dataset data = new Dataset(13, List.of("label"), examples, Map.of());
    Setting setting = Setting.of(data, DiscoveryOptions.DEFAULT.withBothStrands(false), 1, 1);
    Influence influence = new Influence(model(13), setting);
    Origin pattern = new Origin(Origin.Kind.ATTRIBUTIONS, 0);
    // Unknown bases: the output of the positive falls from 2 to -2, and that of the other stays.
    assertThat(influence.of(group(pattern)))
        .isCloseTo((softplus(2) - softplus(-2)) / 2, within(1e-6));
    // Silenced: both are 4 / 18 - 2.
    double silent = 4 / 18.0 - 2;
    double before = softplus(-2);
    double after = (softplus(-silent) + softplus(silent)) / 2;
    assertThat(influence.of(group(Origin.filter(0)))).isCloseTo(after - before, within(1e-6));
    assertThat(influence.of(group(pattern, Origin.filter(0))))
        .isEqualTo(influence.of(group(Origin.filter(0))));
    assertThat(influence.of(group(new Origin(Origin.Kind.WORDS, 0)))).isZero();
  }

  /** ln(1 + e^x): the loss of a negative whose output is x. */
  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }
}
