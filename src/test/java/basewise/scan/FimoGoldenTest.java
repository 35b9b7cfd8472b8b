package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.genome.BlockSource;
import basewise.genome.FastaReader;
import basewise.io.GFormat;
import basewise.motif.format.MotifFile;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * FIMO 5.4.0's own example: {@code fimo --parse-genomic-coord some_vertebrates.meme
 * mm9_tss_500bp_sampled_1000.fna}, 1,494 hits.
 */
class FimoGoldenTest {
  private static final Path FOLDER = Path.of("../shared/data/golden/meme_suite/fimo");

  @Test
  void theHitsScoresAndPValuesAreFimosToTheLetterAndThereAreNoOthers() throws Exception {
    if (!Files.isDirectory(FOLDER)) {
      Assumptions.abort("skipped: FIMO's example is not here (../shared)");
    }
    Set<String> expected = new TreeSet<>();
    for (String line : Files.readAllLines(FOLDER.resolve("fimo.tsv"))) {
      String[] f = line.split("\t", -1);
      if (f.length == 10 && !f[0].equals("motif_id")) {
        expected.add(String.join(" ", f[0], f[2], f[3], f[4], f[5], f[6], f[7], f[9]));
      }
    }
    Scanner scanner =
        Scanner.open(
            MotifFile.read(FOLDER.resolve("some_vertebrates.meme").toString()),
            ScanOptions.DEFAULTS);
    List<NamedSequence> sequences =
        FastaReader.readAll(FOLDER.resolve("mm9_tss_500bp_sampled_1000.fna").toString());
    Set<String> found = new TreeSet<>();
    scanner.scan(
        BlockSource.of(sequences, scanner.overlap()),
        new HitSink<Integer>() {
          @Override
          public Integer prepare(HitBlock hits) {
            synchronized (found) {
              int piece = 0;
              for (int i = 0; i < hits.size(); i++) {
                while (hits.start(i) >= hits.block().end(piece)) {
                  piece++;
                }
                found.add(row(scanner, hits, i, piece));
              }
            }
            return hits.size();
          }

          @Override
          public void write(Integer prepared) {}
        },
        2,
        n -> {});
    assertThat(expected).hasSize(1494);
    assertThat(found).isEqualTo(expected);
  }

  private static String row(Scanner scanner, HitBlock hits, int i, int piece) {
    String[] place = hits.block().name(piece).split("[:-]");
    ScanMotif motif = scanner.motifs().get(hits.motif(i));
    Strand strand = hits.strand(i);
    long start =
        Long.parseLong(place[1])
            + hits.block().start(piece)
            + hits.start(i)
            - hits.block().offset(piece);
    byte[] site =
        java.util.Arrays.copyOfRange(
            hits.block().codes(), hits.start(i), hits.start(i) + motif.width());
    return String.join(
        " ",
        motif.motif().id(),
        place[0],
        Long.toString(start),
        Long.toString(start + motif.width() - 1),
        Character.toString(strand.symbol()),
        GFormat.g(Double.parseDouble(GFormat.g(motif.matrix(strand).bits(hits.sum(i)), 10))),
        GFormat.g(motif.distribution(strand).pvalue(hits.sum(i)), 3),
        Dna.decode(strand == Strand.FORWARD ? site : Dna.reverseComplement(site)));
  }
}
