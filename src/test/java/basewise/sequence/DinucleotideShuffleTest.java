package basewise.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DinucleotideShuffleTest {
  /** The numbers of distinct shuffles are worked out by the BEST theorem in the house plan. */
  @Test
  void aTurningWordHasOneShuffle() {
    assertThat(distinct("ACTGACTGACTG", 1_000)).hasSize(1);
    assertThat(
            DinucleotideShuffle.shuffleUnlike(Dna.encode("ACTGACTGACTG"), new SplittableRandom(1)))
        .isNull();
  }

  @Test
  void all72ShufflesOfAWordAreEquallyLikely() {
    int draws = 72_000;
    Map<String, Integer> seen = distinct("ACCCACGATGATA", draws);
    assertThat(seen).hasSize(72);
    double expected = draws / 72.0;
    double chiSquare =
        seen.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    // 71 degrees of freedom: the 99.9 % point is 113.6 and the 0.1 % point 39.8 (scipy chi2.ppf).
    assertThat(chiSquare).isBetween(39.8, 113.6);
  }

  @Test
  void a19LetterWordReachesAll18900Shuffles() {
    // 300,000 uniform draws of 18,900 kinds miss 18,900 * exp(-15.87) = 0.002 kinds on average.
    assertThat(distinct("CATCGACAGACTACGCTAC", 300_000)).hasSize(18_900);
  }

  @Test
  void dinucleotidesEndsAndRunsOfNStay() {
    SplittableRandom random = new SplittableRandom(7);
    for (int n = 0; n < 200; n++) {
      byte[] codes = new byte[n];
      for (int i = 0; i < n; i++) {
        codes[i] = (byte) (random.nextInt(20) == 0 ? Dna.N : random.nextInt(4));
      }
      byte[] before = codes.clone();
      byte[] out = DinucleotideShuffle.shuffle(codes, random);
      assertThat(codes).isEqualTo(before);
      assertThat(pairs(out)).isEqualTo(pairs(codes));
      for (int i = 0; i < n; i++) {
        assertThat(out[i] == Dna.N).isEqualTo(codes[i] == Dna.N);
      }
    }
  }

  @Test
  void eachRunBetweenNsIsShuffledOnItsOwn() {
    // ACCCACGATGATA has 72 shuffles, so the pair has 72 * 72; both runs keep their own letters.
    Set<String> left = new HashSet<>();
    Set<String> right = new HashSet<>();
    SplittableRandom random = new SplittableRandom(3);
    byte[] codes = Dna.encode("ACCCACGATGATANNACCCACGATGATA");
    for (int i = 0; i < 3_000; i++) {
      String out = Dna.decode(DinucleotideShuffle.shuffle(codes, random));
      left.add(out.substring(0, 13));
      right.add(out.substring(15));
      assertThat(out.substring(13, 15)).isEqualTo("NN");
    }
    assertThat(left).hasSize(72).isEqualTo(right);
  }

  @Test
  void aShuffleUnlikeItsParentNeverEqualsIt() {
    byte[] codes = Dna.encode("ACCCACGATGATA");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] out = DinucleotideShuffle.shuffleUnlike(codes, random);
      assertThat(out).isNotNull();
      assertThat(Arrays.equals(out, codes)).isFalse();
    }
    assertThat(DinucleotideShuffle.shuffleUnlike(Dna.encode("AAAAAAAA"), random)).isNull();
    assertThat(DinucleotideShuffle.shuffleUnlike(Dna.encode("NNNN"), random)).isNull();
    assertThat(DinucleotideShuffle.shuffleUnlike(new byte[0], random)).isNull();
  }

  private static Map<String, Integer> distinct(String word, int draws) {
    byte[] codes = Dna.encode(word);
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < draws; i++) {
      seen.merge(Dna.decode(DinucleotideShuffle.shuffle(codes, random)), 1, Integer::sum);
    }
    return seen;
  }

  private static int[] pairs(byte[] codes) {
    int[] counts = new int[25];
    for (int i = 1; i < codes.length; i++) {
      counts[codes[i - 1] * 5 + codes[i]]++;
    }
    return counts;
  }
}
