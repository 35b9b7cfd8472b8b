package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.TextInput;
import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format that can be written is read back as what was written. */
class RoundTripTest {
  /**
   * What each printed digit may move: half a unit of the sixth decimal, or one by the sum's rule.
   */
  private static final double PRINTED = 1e-6;

  static Stream<MotifFormat> writable() {
    return Stream.of(MotifFormat.values()).filter(MotifFormat::writable);
  }

  private static List<Motif> back(List<Motif> motifs, MotifFormat format) {
    byte[] text =
        MotifFile.text(motifs, format, Background.UNIFORM).getBytes(StandardCharsets.UTF_8);
    return MotifFile.readCollection(TextInput.of("x", new ByteArrayInputStream(text))).motifs();
  }

  /** Motifs of widths 1 to 30; each of the three kinds: with counts, with sites, with neither. */
  private static List<Motif> examples() {
    return IntStream.rangeClosed(1, 30)
        .mapToObj(w -> {
          SplittableRandom random = new SplittableRandom(w);
          double[][] counts = new double[w][4];
          for (double[] row : counts) {
            for (int s = 0; s < 57; s++) {
              row[random.nextInt(4)]++;
            }
          }
          Motif m =
              new Motif(
                  "id." + w,
                  "name::" + w,
                  new CountMatrix(counts).toProbabilities(0, Background.UNIFORM),
                  OptionalDouble.of(57),
                  OptionalDouble.empty(),
                  new CountMatrix(counts),
                  Map.of());
          return switch (w % 3) {
            case 0 -> m;
            case 1 ->
                new Motif(
                    m.id(), m.name(), m.probabilities(), m.sites(), m.evalue(), null, Map.of());
            default -> Motif.of(m.id(), m.name(), m.probabilities());
          };
        })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("writable")
  void idsAndMatricesComeBack(MotifFormat format) {
    List<Motif> motifs = examples();
    List<Motif> read = back(motifs, format);
    assertThat(read).extracting(Motif::id).isEqualTo(motifs.stream().map(Motif::id).toList());
    for (int i = 0; i < motifs.size(); i++) {
      ProbabilityMatrix expected = motifs.get(i).probabilities();
      ProbabilityMatrix p = read.get(i).probabilities();
      assertThat(p.width()).isEqualTo(expected.width());
      for (int j = 0; j < p.width(); j++) {
        for (int c = 0; c < 4; c++) {
          assertThat(p.at(j, c)).isCloseTo(expected.at(j, c), within(PRINTED));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("writable")
  void whatWasReadIsWrittenAgainAsTheSameText(MotifFormat format) {
    List<Motif> once = back(examples(), format);
    assertThat(MotifFile.text(back(once, format), format, Background.UNIFORM))
        .isEqualTo(MotifFile.text(once, format, Background.UNIFORM));
  }

  @ParameterizedTest
  @MethodSource("writable")
  void formatsOfCountsKeepThem(MotifFormat format) {
    if (!List.of(
            MotifFormat.JASPAR,
            MotifFormat.TRANSFAC,
            MotifFormat.HOCOMOCO,
            MotifFormat.CLUSTER_BUSTER)
        .contains(format)) {
      assertThat(back(examples(), format)).allMatch(m -> m.counts() == null);
      return;
    }
    List<Motif> motifs = examples();
    List<Motif> read = back(motifs, format);
    for (int i = 0; i < motifs.size(); i++) {
      CountMatrix counts = motifs.get(i).counts();
      if (counts != null) {
        assertThat(read.get(i).counts().toArray()).isDeepEqualTo(counts.toArray());
      } else if (motifs.get(i).sites().isPresent()) {
        // 57 sites of which no count was kept: whole numbers are found again from the fractions
        assertThat(read.get(i).counts().sites()).isEqualTo(57);
      } else if (motifs.get(i).width() > 1) {
        assertThat(read.get(i).counts()).isNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("writable")
  void namesComeBackWhereTheFormatHasThem(MotifFormat format) {
    List<Motif> read = back(examples(), format);
    switch (format) {
      case HOCOMOCO, UNIPROBE, HOMER -> assertThat(read.get(4).name()).isEmpty();
      default -> assertThat(read.get(4).name()).isEqualTo("name::5");
    }
  }
}
