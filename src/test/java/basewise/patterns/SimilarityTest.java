package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
import basewise.sequence.Dna;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarityTest {
  /** Sequences whose bases have these scores; other letters have none. */
  private static ScoredSequences scored(String sequence, float... contributions) {
    byte[] codes = new byte[sequence.length()];
    float[] scores = new float[4 * codes.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) "ACGTN".indexOf(sequence.charAt(i));
      if (codes[i] != Dna.N) {
        scores[4 * i + codes[i]] = contributions[i];
      }
    }
    return new ScoredSequences(new byte[][] {codes}, new float[][] {scores}, 0);
  }

  /** Of 5 positions: itself, and the 5 ways to leave one out; weights are means, by hand. */
  @Test
  void gappedKmersOfFivePositions() {
    ScoredSequences data = scored("ACGTA", 1, 2, 3, 4, 5);
    GappedKmers.Vector v = new GappedKmers(data, 1).of(new Seqlet(0, 0, 5, false));
    double[] means = {3, 14 / 4.0, 13 / 4.0, 12 / 4.0, 11 / 4.0, 10 / 4.0};
    double norm = Math.sqrt(Arrays.stream(means).map(m -> m * m).sum());
    assertThat(v.keys()).hasSize(6).doesNotHaveDuplicates();
    // Without the first A: C G T A is 2 3 4 1, three bits each, the first base lowest.
    int strongest = LongStream.of(v.keys()).boxed().toList().indexOf(2L | 3 << 3 | 4 << 6 | 1 << 9);
    assertThat(v.weights()[strongest]).isCloseTo((float) (14 / 4.0 / norm), within(1e-6f));
    float[] expected = new float[6];
    double[] sorted = Arrays.stream(means).sorted().toArray();
    for (int i = 0; i < 6; i++) {
      expected[i] = (float) (sorted[i] / norm);
    }
    float[] weights = v.weights().clone();
    Arrays.sort(weights);
    assertThat(weights).containsExactly(expected, within(1e-6f));
  }

  /** AAAA is there twice; the three with a gap and AAAAA once: by hand. */
  @Test
  void gappedKmersThatRepeatAddUp() {
    ScoredSequences data = scored("AAAAA", 1, 1, 1, 1, 1);
    GappedKmers.Vector v = new GappedKmers(data, 1).of(new Seqlet(0, 0, 5, false));
    assertThat(v.keys()).hasSize(5).doesNotHaveDuplicates();
    assertThat(v.keys()[0]).isEqualTo(1 | 1 << 3 | 1 << 6 | 1 << 9);
    float one = (float) (1 / Math.sqrt(8));
    assertThat(v.weights())
        .containsExactly(new float[] {2 * one, one, one, one, one}, within(1e-6f));
  }

  /** The other strand's k-mers are those of the reverse complement, and negative ones turn sign. */
  @Test
  void gappedKmersOfTheOtherStrandAndSign() {
    Seqlet all = new Seqlet(0, 0, 6, false);
    ScoredSequences data = scored("ACGTNA", 1, 2, 3, 4, 0, 6);
    ScoredSequences reverse = scored("TNACGT", 6, 0, 4, 3, 2, 1);
    GappedKmers.Vector turned = new GappedKmers(data, 1).of(all.turned());
    GappedKmers.Vector plain = new GappedKmers(reverse, 1).of(all);
    assertThat(turned.keys()).containsExactlyInAnyOrder(plain.keys());
    ScoredSequences negative = scored("ACGTNA", -1, -2, -3, -4, 0, -6);
    assertThat(new GappedKmers(negative, -1).of(all).keys())
        .containsExactly(new GappedKmers(data, 1).of(all).keys());
  }

  @Test
  void theLargestComeFirstAndTiesByIndex() {
    Random random = new Random(3);
    for (int n : new int[] {1, 2, 7, 100, 1000}) {
      float[] values = new float[n];
      long[] packed = new long[n];
      for (int i = 0; i < n; i++) {
        values[i] = random.nextInt(11) - 5;
        packed[i] = Selection.pack(values[i], i);
      }
      long[] sorted = LongStream.of(packed).sorted().toArray();
      int k = (n + 1) / 2;
      Selection.largest(packed, n, k);
      for (int i = 0; i < k; i++) {
        assertThat(packed[i]).isEqualTo(sorted[n - 1 - i]);
        assertThat(Selection.value(packed[i])).isEqualTo(values[Selection.index(packed[i])]);
        if (i > 0 && Selection.value(packed[i]) == Selection.value(packed[i - 1])) {
          assertThat(Selection.index(packed[i])).isGreaterThan(Selection.index(packed[i - 1]));
        }
      }
    }
  }

  @Test
  void aProfileIsScaledAndTurnedAsTheSeqlet() {
    ScoredSequences data = scored("ACGTNA", 1, -2, 3, 4, 0, 6);
    Seqlet s = new Seqlet(0, 1, 6, false);
    float[] profile = Profile.of(data, s);
    double sum = 0;
    for (float x : profile) {
      sum += Math.abs(x);
    }
    assertThat(sum).isCloseTo(2, within(1e-6));
    assertThat(profile[1]).isEqualTo(-2f / 15); // C, hypothetical
    assertThat(profile[4 + 1]).isEqualTo(-2f / 15); // C, contribution
    assertThat(JaccardKernel.turned(profile)).containsExactly(Profile.of(data, s.turned()));
  }

  /** A seqlet that was cut 3 positions earlier, or lies on the other strand, is found there. */
  @Test
  void alignmentsFindShiftAndStrand() {
    Random random = new Random(1);
    String letters = "ACGT";
    StringBuilder sequence = new StringBuilder();
    float[] scores = new float[60];
    for (int i = 0; i < 60; i++) {
      sequence.append(letters.charAt(random.nextInt(4)));
      scores[i] = (float) random.nextGaussian();
    }
    ScoredSequences data = scored(sequence.toString(), scores);
    Seqlet parent = new Seqlet(0, 10, 50, false);
    Seqlet child = new Seqlet(0, 7, 37, false);
    float[] profile = Profile.of(data, parent);
    Alignment there = Alignment.jaccard(profile, Profile.of(data, child), true);
    Alignment turned = Alignment.jaccard(profile, Profile.of(data, child.turned()), true);
    assertThat(there.offset()).isEqualTo(-3);
    assertThat(there.reverse()).isFalse();
    assertThat(turned).isEqualTo(new Alignment(-3, true, there.score()));
    double[] mean = PatternBuilder.of(data, List.of(parent)).meanContributions();
    double[] inside =
        PatternBuilder.of(data, List.of(new Seqlet(0, 15, 45, true))).meanContributions();
    Alignment cosine = Alignment.cosine(mean, inside, true);
    assertThat(cosine.offset()).isEqualTo(5);
    assertThat(cosine.reverse()).isTrue();
  }

  private static long[][] edges(int[][] to, float[][] value) {
    return IntStream.range(0, to.length)
        .mapToObj(i -> Graph.edges(i, to[i], 0, value[i]))
        .toArray(long[][]::new);
  }

  /** As its words say, offset by offset; the mean of parts of the parent stays the parent's. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "7, 12", "20, 9", "30, 50", "50, 50"})
  void cosineIsTheBestOfAllOffsets(int length, int positions) {
    Random random = new Random(length);
    int pad = (int) Math.ceil(length * Affinities.OUTSIDE);
    double[] parent = random.doubles(4L * positions, -1, 1).toArray();
    double[] child = random.doubles(4L * length, -1, 1).toArray();
    double[] wide = new double[parent.length + 8 * pad];
    System.arraycopy(centred(parent), 0, wide, 4 * pad, parent.length);
    double[] there = centred(child);
    for (boolean both : new boolean[] {true, false}) {
      Alignment best = new Alignment(-pad, false, Double.NEGATIVE_INFINITY);
      for (int strand = 0; strand < (both ? 2 : 1); strand++) {
        for (int o = 0; o <= wide.length / 4 - length; o++) {
          double dot = 0;
          double mine = 0;
          double under = 0;
          for (int i = 0; i < there.length; i++) {
            double x = there[strand == 0 ? i : there.length - 1 - i];
            dot += x * wide[4 * o + i];
            mine += x * x;
            under += wide[4 * o + i] * wide[4 * o + i];
          }
          double score = mine * under == 0 ? 0 : dot / (Math.sqrt(mine) * Math.sqrt(under));
          if (score > best.score()) {
            best = new Alignment(o - pad, strand == 1, score);
          }
        }
      }
      assertThat(Alignment.cosine(parent, child, both)).isEqualTo(best);
    }
  }

  private static double[] centred(double[] numbers) {
    double mean = 0;
    double squares = 0;
    for (double x : numbers) {
      mean += x;
    }
    mean /= numbers.length;
    for (double x : numbers) {
      squares += (x - mean) * (x - mean);
    }
    double norm = Math.sqrt(squares) + 1e-7;
    double shift = mean;
    return Arrays.stream(numbers).map(x -> (x - shift) / norm).toArray();
  }

  /** Two triangles joined by one weak edge. */
  @Test
  void leidenPartsTwoTriangles() {
    int[][] to = {{1, 2}, {2}, {3}, {4, 5}, {5}, {}};
    float[][] value = {{1, 1}, {1}, {0.1f}, {1, 1}, {1}, {}};
    Graph graph = Graph.of(edges(to, value), Graph.Both.SUM, Workers.ALONE);
    assertThat(graph.start()).containsExactly(0, 2, 4, 7, 10, 12, 14);
    for (int runs : new int[] {0, 1, 3}) {
      assertThat(new Leiden(runs, 1, Workers.ALONE).cluster(graph))
          .containsExactly(0, 0, 0, 1, 1, 1);
    }
    Graph none = Graph.of(new long[3][0], Graph.Both.MEAN, Workers.ALONE);
    assertThat(new Leiden(0, 1, Workers.ALONE).cluster(none)).containsExactly(0, 1, 2);
  }

  @Test
  void edgesAreJoinedWithTheirOpposites() {
    int[][] to = {{0, 1, 2}, {0}, {}};
    float[][] value = {{9, 1, 2}, {3}, {}};
    Graph mean = Graph.of(edges(to, value), Graph.Both.MEAN, Workers.ALONE);
    assertThat(mean.to()).containsExactly(1, 2, 0, 0);
    assertThat(mean.weight()).containsExactly(2, 2, 2, 2);
    assertThat(Graph.of(edges(to, value), Graph.Both.SUM, Workers.ALONE).weight())
        .containsExactly(4, 2, 4, 2);
  }

  @Test
  void seqletsMoveAsTheyAreRead() {
    Seqlet s = new Seqlet(0, 10, 20, true);
    assertThat(s.widened(3, 1)).isEqualTo(new Seqlet(0, 9, 23, true));
    assertThat(s.part(2, 5)).isEqualTo(new Seqlet(0, 15, 18, true));
    assertThat(s.turned().widened(3, 1)).isEqualTo(new Seqlet(0, 7, 21, false));
    assertThat(s.turned().part(2, 5)).isEqualTo(new Seqlet(0, 12, 15, false));
  }
}
