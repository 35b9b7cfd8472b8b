package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GappedKmersTest {
  private static final int KEPT = 500;

  /** Against every choice of 4 to 6 of the 20 positions: of one, two and four bases. */
  @ParameterizedTest
  @CsvSource({"5, 1", "14, 2", "20, 4", "30, 1", "30, 2", "30, 4", "50, 2", "50, 4", "90, 4"})
  void theStrongestOfAllChoices(int length, int bases) {
    Random random = new Random(length * 10 + bases);
    byte[][] codes = new byte[40][length];
    float[][] scores = new float[codes.length][4 * length];
    for (int s = 0; s < codes.length; s++) {
      double shift = s % 4 == 0 ? -0.5 : s % 4;
      for (int i = 0; i < length; i++) {
        codes[s][i] = (byte) random.nextInt(bases);
        scores[s][4 * i + codes[s][i]] = (float) (random.nextGaussian() + shift);
      }
    }
    ScoredSequences data = new ScoredSequences(codes, scores, 0);
    GappedKmers kmers = new GappedKmers(data, 1);
    for (int s = 0; s < codes.length; s++) {
      Seqlet seqlet = new Seqlet(s, 0, length, s % 2 == 1);
      Map<Long, Double> expected = byDefinition(data, seqlet);
      GappedKmers.Vector got = kmers.of(seqlet);
      assertThat(got.keys()).containsExactly(toArray(expected));
      double[] weights = expected.values().stream().mapToDouble(x -> x).toArray();
      double norm = Math.sqrt(Arrays.stream(weights).map(x -> x * x).sum());
      for (int k = 0; k < weights.length; k++) {
        assertThat((double) got.weights()[k]).isCloseTo(weights[k] / norm, within(1e-6));
      }
    }
  }

  private static long[] toArray(Map<Long, Double> weights) {
    return weights.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** The kept ones, in the order in which they are met. */
  private static Map<Long, Double> byDefinition(ScoredSequences data, Seqlet s) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, s.length()).boxed().toList());
    all.sort(Comparator.comparingDouble(i -> -contribution(data, s, i)));
    List<Integer> positions = all.stream().limit(20).sorted().toList();
    Map<Long, Double> weights = new LinkedHashMap<>();
    choose(data, s, positions, new ArrayList<>(), 0, weights);
    List<Long> strongest =
        weights.entrySet().stream()
            .sorted(Comparator.comparingDouble(e -> -(float) Math.abs(e.getValue())))
            .limit(KEPT)
            .map(Map.Entry::getKey)
            .toList();
    weights.keySet().retainAll(new HashSet<>(strongest));
    return weights;
  }

  private static void choose(
      ScoredSequences data,
      Seqlet s,
      List<Integer> positions,
      List<Integer> chosen,
      int from,
      Map<Long, Double> out) {
    if (chosen.size() >= 4) {
      long key = 0;
      double sum = 0;
      for (int p : chosen) {
        key |= (data.code(s, p) + 1L) << 3 * (p - chosen.getFirst());
        sum += contribution(data, s, p);
      }
      out.merge(key, sum / chosen.size(), Double::sum);
    }
    for (int i = from; i < positions.size() && chosen.size() < 6; i++) {
      if (chosen.isEmpty() || positions.get(i) - chosen.getFirst() < 15) {
        chosen.add(positions.get(i));
        choose(data, s, positions, chosen, i + 1, out);
        chosen.removeLast();
      }
    }
  }

  private static double contribution(ScoredSequences data, Seqlet s, int position) {
    return data.hypothetical(s, position, data.code(s, position));
  }
}
