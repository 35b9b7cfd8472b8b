package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.genome.BlockSource;
import basewise.io.InputException;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.ProbabilityMatrix;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Hits against {@link basewise.motif.ScaledMatrix#sum}, however the sequences are cut. */
class ScannerTest {
  static final ScanOptions OPTIONS =
      ScanOptions.DEFAULTS.with(Background.UNIFORM).with(new Threshold.PValue(1e-3));

  @Test
  void neitherThreadsNorBlocksChangeWhatIsFound() {
    List<Motif> motifs = motifs(90);
    Scanner scanner = Scanner.open(motifs, OPTIONS);
    assertThat(scanner.describe()).contains("index").contains("tables");
    List<NamedSequence> sequences = sequences(new SplittableRandom(1));
    List<String> expected = definition(scanner, sequences);
    assertThat(expected).hasSizeGreaterThan(900);
    int overlap = scanner.overlap();
    for (int threads : new int[] {1, 2, 3, 8}) {
      for (int block : new int[] {2 * overlap + 2, 100, 1000, Scanner.BLOCK}) {
        assertThat(found(scanner, sequences, threads, block))
            .as("%d threads, blocks of %d", threads, block)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void preparedSequencesCanBeScannedAgainAndAgain() {
    List<NamedSequence> sequences = sequences(new SplittableRandom(1));
    Scanner many = Scanner.open(motifs(90), OPTIONS);
    Scanner few = Scanner.open(motifs(5), OPTIONS);
    PreparedSequences prepared = PreparedSequences.of(sequences, many.overlap() + 1);
    for (Scanner scanner : List.of(few, many, few)) {
      for (int threads : new int[] {1, 2, 8}) {
        Rows rows = new Rows();
        WindowCounts windows = scanner.scan(prepared, rows, threads);
        assertThat(rows.all).isEqualTo(definition(scanner, sequences));
        WindowCounts read =
            scanner.scan(
                BlockSource.of(sequences, scanner.overlap()), new Rows(), threads, n -> {});
        assertThat(windows.bases()).isEqualTo(read.bases()).isEqualTo(prepared.bases());
        for (ScanMotif m : scanner.motifs()) {
          assertThat(windows.of(m.width())).isEqualTo(read.of(m.width()));
        }
      }
    }
    PreparedSequences narrow = PreparedSequences.of(sequences, many.overlap());
    assertThatThrownBy(() -> many.scan(narrow, new Rows(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prepared for %d columns".formatted(many.overlap()));
  }

  @Test
  void aMotifTooWideForWholeNumbersIsRefused() {
    double[][] rows = new double[Scanner.MOST_COLUMNS + 1][];
    Arrays.fill(rows, new double[] {0.7, 0.1, 0.1, 0.1});
    Motif wide = Motif.of("wide", "", new ProbabilityMatrix(rows));
    assertThatThrownBy(() -> Scanner.open(List.of(wide), OPTIONS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("wide");
  }

  @Test
  void theOtherStrandMirrorsTheHits() {
    Scanner scanner = Scanner.open(motifs(60), OPTIONS);
    byte[] codes = codes(new SplittableRandom(2), 20000);
    List<NamedSequence> forward = List.of(new NamedSequence("a", "", codes));
    List<NamedSequence> reverse = List.of(new NamedSequence("a", "", Dna.reverseComplement(codes)));
    // The two strands' cutoffs come from sums added in different orders: compared where they agree.
    for (ScanMotif m : scanner.motifs()) {
      assertThat(m.cutoff(Strand.FORWARD)).isEqualTo(m.cutoff(Strand.REVERSE));
    }
    TreeSet<String> mirrored = new TreeSet<>();
    for (String row : found(scanner, reverse, 1, Scanner.BLOCK)) {
      String[] f = row.split(" ");
      int motif = Integer.parseInt(f[2]) / 2;
      int start = codes.length - Integer.parseInt(f[1]) - scanner.motifs().get(motif).width();
      mirrored.add("0 " + start + " " + (Integer.parseInt(f[2]) ^ 1) + " " + f[3]);
    }
    assertThat(new TreeSet<>(found(scanner, forward, 1, Scanner.BLOCK))).isEqualTo(mirrored);
  }

  @Test
  void contigsJoinedByAnNAreFoundTheSame() {
    Scanner scanner = Scanner.open(motifs(60), OPTIONS);
    List<NamedSequence> apart = sequences(new SplittableRandom(3));
    int length = apart.stream().mapToInt(s -> s.length() + 1).sum();
    byte[] joined = new byte[length];
    Arrays.fill(joined, Dna.N);
    List<String> expected = new ArrayList<>();
    List<String> rows = found(scanner, apart, 2, 500);
    int at = 0;
    for (int s = 0; s < apart.size(); s++) {
      byte[] codes = apart.get(s).codes();
      System.arraycopy(codes, 0, joined, at, codes.length);
      for (String row : rows) {
        String[] f = row.split(" ");
        if (f[0].equals(Integer.toString(s))) {
          expected.add("0 " + (at + Integer.parseInt(f[1])) + " " + f[2] + " " + f[3]);
        }
      }
      at += codes.length + 1;
    }
    assertThat(found(scanner, List.of(new NamedSequence("j", "", joined)), 2, 500))
        .isEqualTo(expected);
  }

  @Test
  void realMotifsOnRandomSequence() {
    List<Motif> jaspar = MotifLibrary.installed().resolve("jaspar");
    List<Motif> some = new ArrayList<>();
    for (int i = 0; i < jaspar.size(); i += 9) {
      some.add(jaspar.get(i));
    }
    Scanner scanner = Scanner.open(some, ScanOptions.DEFAULTS);
    List<NamedSequence> sequences =
        List.of(new NamedSequence("r", "", codes(new SplittableRandom(4), 30000)));
    assertThat(found(scanner, sequences, 2, 7000)).isEqualTo(definition(scanner, sequences));
  }

  @Test
  void windowsAreCountedWithoutThoseThatHoldAnN() {
    Scanner scanner = Scanner.open(motifs(12), OPTIONS);
    List<NamedSequence> sequences = sequences(new SplittableRandom(5));
    for (int block : new int[] {100, Scanner.BLOCK}) {
      WindowCounts windows =
          scanner.scan(BlockSource.of(sequences, scanner.overlap()), new Rows(), 2, n -> {}, block);
      for (ScanMotif m : scanner.motifs()) {
        long n = 0;
        for (NamedSequence s : sequences) {
          for (int i = 0; i + m.width() <= s.length(); i++) {
            n += m.matrix(Strand.FORWARD).sum(s.codes(), i) >= 0 ? 1 : 0;
          }
        }
        assertThat(windows.of(m.width())).isEqualTo(n);
      }
      assertThat(windows.bases())
          .isEqualTo(sequences.stream().mapToLong(NamedSequence::length).sum());
    }
  }

  /** Rows "sequence start oriented sum" in order of sequence, start, motif, strand. */
  static final class Rows implements HitSink<List<String>> {
    final List<String> all = new ArrayList<>();

    @Override
    public List<String> prepare(HitBlock hits) {
      List<String> rows = new ArrayList<>();
      int piece = 0;
      for (int i = 0; i < hits.size(); i++) {
        while (hits.start(i) >= hits.block().end(piece)) {
          piece++;
        }
        long start = hits.block().start(piece) + hits.start(i) - hits.block().offset(piece);
        rows.add(
            hits.block().sequence(piece)
                + " "
                + start
                + " "
                + hits.oriented(i)
                + " "
                + hits.sum(i));
      }
      return rows;
    }

    @Override
    public void write(List<String> prepared) {
      all.addAll(prepared);
    }
  }

  private static List<String> found(
      Scanner scanner, List<NamedSequence> sequences, int threads, int block) {
    Rows rows = new Rows();
    scanner.scan(BlockSource.of(sequences, scanner.overlap()), rows, threads, n -> {}, block);
    return rows.all;
  }

  static List<String> definition(Scanner scanner, List<NamedSequence> sequences) {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < sequences.size(); s++) {
      byte[] codes = sequences.get(s).codes();
      for (int i = 0; i < codes.length; i++) {
        for (int m = 0; m < scanner.motifs().size(); m++) {
          ScanMotif motif = scanner.motifs().get(m);
          for (Strand strand : Strand.values()) {
            if (i + motif.width() <= codes.length) {
              int sum = motif.matrix(strand).sum(codes, i);
              if (sum >= motif.cutoff(strand)) {
                rows.add(s + " " + i + " " + (2 * m + strand.ordinal()) + " " + sum);
              }
            }
          }
        }
      }
    }
    return rows;
  }

  static List<Motif> motifs(int n) {
    SplittableRandom random = new SplittableRandom(9);
    List<Motif> motifs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[][] p = new double[6 + i % 15][];
      for (int c = 0; c < p.length; c++) {
        double[] row = new double[4];
        for (int b = 0; b < 4; b++) {
          row[b] = Math.pow(random.nextDouble(), 4) + 0.01;
        }
        double sum = Arrays.stream(row).sum();
        p[c] = Arrays.stream(row).map(x -> x / sum).toArray();
      }
      motifs.add(Motif.of("m" + i, "", new ProbabilityMatrix(p)));
    }
    return motifs;
  }

  /** Of many lengths, 0 and shorter than any motif among them, with Ns. */
  static List<NamedSequence> sequences(SplittableRandom random) {
    List<NamedSequence> all = new ArrayList<>();
    for (int length : new int[] {0, 3, 700, 1, 64, 5, 1999, 20, 19, 21, 3000}) {
      byte[] codes = codes(random, length);
      for (int i = 0; i < length / 400; i++) {
        Arrays.fill(codes, 300 * i + 17, 300 * i + 18 + i, Dna.N);
      }
      all.add(new NamedSequence("s" + all.size(), "", codes));
    }
    return all;
  }

  static byte[] codes(SplittableRandom random, int length) {
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = (byte) random.nextInt(4);
    }
    return codes;
  }
}
