package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.genome.Contig;
import basewise.io.InputException;
import basewise.motif.Background;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.sequence.NamedSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseTrackTest {
  private static final List<NamedSequence> SEQUENCES = sequences();

  @TempDir Path folder;

  private static List<NamedSequence> sequences() {
    List<NamedSequence> all = new ArrayList<>(Toys.sequences(8, 3, 400_000));
    all.addAll(
        Toys.sequences(9, 30, 300).stream()
            .map(s -> new NamedSequence("t" + s.id(), "", s.codes()))
            .toList());
    return all;
  }

  private String bedGraph(
      Scanner scanner, List<NamedSequence> sequences, BaseTrack.Kind kind, int threads)
      throws Exception {
    Path path = folder.resolve("x.bedgraph");
    try (BaseTrack out = BaseTrack.bedGraph(path, kind, scanner.motifs(), Places.AS_NAMED)) {
      Toys.scan(scanner, sequences, out, threads);
      out.commit();
    }
    return Files.readString(path);
  }

  /**
   * By hand: TTT (p 1/64, 18.06) at 0-3 and 1-4, on the other strand AAA; TTTA (1/256, 24.08) at
   * 1-5.
   */
  @Test
  void aTrackByHand() throws Exception {
    Scanner scanner =
        Scanner.open(
            List.of(Toys.word("W1", "", "TTT"), Toys.word("W2", "", "TTTA")),
            ScanOptions.DEFAULTS.with(Background.UNIFORM).with(new Threshold.PValue(0.016)));
    List<NamedSequence> sequences = List.of(Toys.sequence("c", "TTTTACTTTN"));
    assertThat(bedGraph(scanner, sequences, BaseTrack.Kind.SCORE, 1))
        .isEqualTo("c\t0\t1\t18.06\nc\t1\t5\t24.08\nc\t6\t9\t18.06\n");
    assertThat(bedGraph(scanner, sequences, BaseTrack.Kind.OCCUPANCY, 1))
        .isEqualTo("c\t0\t1\t1\nc\t1\t3\t3\nc\t3\t4\t2\nc\t4\t5\t1\nc\t6\t9\t1\n");
  }

  /** Base by base, from the plain definition's hits. */
  static List<long[]> runs(Scanner scanner, int sequence, BaseTrack.Kind kind) {
    NamedSequence s = SEQUENCES.get(sequence);
    long[] values = new long[s.length() + 1];
    for (Toys.Found h : Toys.found(scanner, List.of(s))) {
      var motif = scanner.motifs().get(h.motif());
      double p = motif.distribution(h.strand()).pvalue(h.sum());
      long score = Math.round(-1000 * StrictMath.log10(p));
      for (int at = h.start(); at < h.start() + motif.width(); at++) {
        values[at] =
            kind == BaseTrack.Kind.OCCUPANCY ? values[at] + 100 : Math.max(values[at], score);
      }
    }
    List<long[]> runs = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= s.length(); at++) {
      if (at == s.length() || values[at] != values[from]) {
        if (values[from] != 0) {
          runs.add(new long[] {from, at, values[from]});
        }
        from = at;
      }
    }
    return runs;
  }

  @Test
  void equalsTheDefinitionBaseByBaseAcrossBlocks() throws Exception {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    for (BaseTrack.Kind kind : BaseTrack.Kind.values()) {
      StringBuilder expected = new StringBuilder();
      for (int s = 0; s < SEQUENCES.size(); s++) {
        for (long[] run : runs(scanner, s, kind)) {
          String value =
              kind == BaseTrack.Kind.OCCUPANCY
                  ? Long.toString(run[2] / 100)
                  : String.format(Locale.ROOT, "%.2f", run[2] / 100.0);
          expected.append(SEQUENCES.get(s).id()).append('\t').append(run[0]).append('\t');
          expected.append(run[1]).append('\t').append(value).append('\n');
        }
      }
      for (int threads = 1; threads <= 3; threads++) {
        assertThat(bedGraph(scanner, SEQUENCES, kind, threads).contentEquals(expected)).isTrue();
      }
    }
  }

  @Test
  void bigWigHoldsTheRuns() throws Exception {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    Path path = folder.resolve("x.bw");
    List<Contig> contigs = SEQUENCES.stream().map(s -> new Contig(s.id(), s.length())).toList();
    BaseTrack.Kind kind = BaseTrack.Kind.SCORE;
    try (BaseTrack out = BaseTrack.bigWig(path, kind, scanner.motifs(), Places.AS_NAMED, contigs)) {
      Toys.scan(scanner, SEQUENCES, out, 2);
      out.commit();
    }
    assertThat(folder.toFile().list()).containsExactly("x.bw");
    BigWigReading reading = new BigWigReading(Files.readAllBytes(path));
    assertThat(reading.contigs())
        .isEqualTo(contigs.stream().sorted(BaseTrackTest::byName).toList());
    long covered = 0;
    double sum = 0;
    for (int s = 0; s < SEQUENCES.size(); s++) {
      List<long[]> runs = runs(scanner, s, kind);
      String name = SEQUENCES.get(s).id();
      int length = SEQUENCES.get(s).length();
      for (int[] range : new int[][] {{0, length}, {length / 3, length / 2}, {7, 8}}) {
        List<String> expected = new ArrayList<>();
        for (long[] run : runs) {
          if (run[0] < range[1] && run[1] > range[0]) {
            expected.add(run[0] + "-" + run[1] + " " + run[2] / 100f);
          }
        }
        assertThat(reading.runs(name, range[0], range[1])).isEqualTo(expected);
      }
      for (long[] run : runs) {
        covered += run[1] - run[0];
        sum += (run[1] - run[0]) * (double) (run[2] / 100f);
      }
    }
    assertThat(reading.covered()).isEqualTo(covered);
    assertThat(reading.sum() / sum).isBetween(1 - 1e-9, 1 + 1e-9);
    for (int level = 0; level < reading.levels(); level++) {
      assertThat(reading.zoomCovered(level)).isEqualTo(covered);
    }
  }

  private static int byName(Contig a, Contig b) {
    return a.name().compareTo(b.name());
  }

  @Test
  void placesMustBeInOrderAndInsideTheGenome() {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    byte[] codes = SEQUENCES.getFirst().codes();
    List<NamedSequence> twice =
        List.of(
            new NamedSequence("c:101-900", "", codes), new NamedSequence("c:111-900", "", codes));
    Path path = folder.resolve("x.bedgraph");
    assertThatThrownBy(
            () -> {
              try (BaseTrack out =
                  BaseTrack.bedGraph(
                      path, BaseTrack.Kind.OCCUPANCY, scanner.motifs(), Places.GENOMIC)) {
                Toys.scan(scanner, twice, out, 1);
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the sequences overlap or are not sorted by place (c:111)");
    assertThatThrownBy(
            () -> {
              try (BaseTrack out =
                  BaseTrack.bigWig(
                      path,
                      BaseTrack.Kind.OCCUPANCY,
                      scanner.motifs(),
                      Places.AS_NAMED,
                      List.of(new Contig("s0", 20)))) {
                Toys.scan(scanner, SEQUENCES, out, 1);
                out.commit();
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is outside all contigs");
    assertThat(folder.toFile().list()).isEmpty();
  }
}
