package basewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.genome.Composition;
import basewise.genome.SequenceBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The genome that is made as it is read. */
class MarkovGenomeTest {
  private static final double SCALE = 1e-3;

  @Test
  void itHasTheLengthsOfHg38() {
    try (MarkovGenome genome = new MarkovGenome(1, 1, 30)) {
      assertThat(genome.bases()).isEqualTo(3_088_269_832L); // UCSC, chromosomes 1-22, X and Y
    }
  }

  @Test
  void itsBasesDependOnSeedAndPlaceOnly() throws InterruptedException {
    Map<String, byte[]> expected = whole(new MarkovGenome(1, SCALE, 0), 1 << 20, 1);
    assertThat(expected).hasSize(24);
    assertThat(same(expected, whole(new MarkovGenome(1, SCALE, 59), 5000, 1))).isTrue();
    assertThat(same(expected, whole(new MarkovGenome(1, SCALE, 20), 1 << 16, 3))).isTrue();
    assertThat(same(expected, whole(new MarkovGenome(2, SCALE, 0), 1 << 20, 1))).isFalse();
  }

  private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
  }

  private static Map<String, byte[]> whole(MarkovGenome genome, int capacity, int threads)
      throws InterruptedException {
    Map<String, byte[]> all = new TreeMap<>();
    genome.contigs().orElseThrow().forEach(c -> all.put(c.name(), new byte[c.length()]));
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      readers.add(Thread.ofPlatform().start(() -> read(genome, new SequenceBlock(capacity), all)));
    }
    for (Thread t : readers) {
      t.join();
    }
    return all;
  }

  private static void read(MarkovGenome genome, SequenceBlock block, Map<String, byte[]> to) {
    while (genome.next(block)) {
      for (int p = 0; p < block.pieces(); p++) {
        System.arraycopy(
            block.codes(),
            block.offset(p),
            Objects.requireNonNull(to.get(block.name(p))),
            (int) block.start(p),
            block.end(p) - block.offset(p));
      }
    }
  }

  @Test
  void cpgIsRareAndTheRestIsAsInHuman() throws InterruptedException {
    Map<String, byte[]> all = whole(new MarkovGenome(1, SCALE, 0), 1 << 20, 1);
    long[][] pairs = new long[5][5];
    for (byte[] codes : all.values()) {
      for (int i = 1; i < codes.length; i++) {
        pairs[codes[i - 1]][codes[i]]++;
      }
    }
    long known = 0;
    for (int a = 0; a < 4; a++) {
      known += Arrays.stream(pairs[a], 0, 4).sum();
    }
    // The table the chain was made with: AA 9.8 %, CG 1.0 %, GC 4.3 %.
    assertThat(pairs[0][0] / (double) known).isCloseTo(.098, within(.002));
    assertThat(pairs[1][2] / (double) known).isCloseTo(.010, within(.0005));
    assertThat(pairs[2][1] / (double) known).isCloseTo(.043, within(.001));
    try (MarkovGenome genome = new MarkovGenome(1, SCALE, 7)) {
      Composition c = Composition.of(genome, 2);
      // 24 centromeres of 3,000 and 48 telomeres of 10, at this scale.
      assertThat(c.n()).isEqualTo(24 * 3000 + 48 * 10);
      assertThat(c.a() + c.c() + c.g() + c.t() + c.n()).isEqualTo(genome.bases());
    }
  }
}
