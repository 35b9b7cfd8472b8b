package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.scan.ScanOptions;
import basewise.scan.Threshold;
import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSitesTest {
  private static final String WORD = "TGACTCAGC";
  private static final String SEQUENCE = "AAAAA" + WORD + "TTTTTTTTTT" + WORD + "AAAAAAAAAAAAAAAA";

  private final KnownSites known =
      KnownSites.of(
          List.of(
              ToyDiscovery.motif("M1", "JUN", WORD), ToyDiscovery.motif("M2", "part", "TGACTCnn")),
          ScanOptions.DEFAULTS.with(new Threshold.PValue(1e-3)));

  private static float[] scores(int at, float each) {
    float[] scores = new float[SEQUENCE.length()];
    for (int i = 0; i < WORD.length(); i++) {
      scores[at + i] = each;
    }
    return scores;
  }

  /** Two sites, of which one has scores; the whole word fits them better than its part. */
  @Test
  void aSiteIsBoxedWhereScoresAreHigh() {
    byte[] codes = Dna.encode(SEQUENCE);
    assertThat(known.in(codes, scores(24, 1)))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.name()).isEqualTo("JUN");
          assertThat(s.start()).isEqualTo(24);
          assertThat(s.end()).isEqualTo(33);
          assertThat(s.strand()).isEqualTo(Strand.FORWARD);
          assertThat(s.evidence()).startsWith("M1, p ");
        });
    assertThat(known.in(codes, scores(24, -1))).as("what takes away is looked at too").hasSize(1);
    byte[] reverse = Dna.reverseComplement(codes);
    float[] turned = new float[codes.length];
    float[] scores = scores(24, 1);
    for (int i = 0; i < turned.length; i++) {
      turned[i] = scores[turned.length - 1 - i];
    }
    assertThat(known.in(reverse, turned))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.start()).isEqualTo(codes.length - 33);
          assertThat(s.strand()).isEqualTo(Strand.REVERSE);
        });
  }

  @Test
  void evenScoresAndNoneBoxNothing() {
    byte[] codes = Dna.encode(SEQUENCE);
    float[] even = new float[codes.length];
    assertThat(known.in(codes, even)).isEmpty();
    java.util.Arrays.fill(even, 1);
    assertThat(known.in(codes, even)).isEmpty();
  }
}
