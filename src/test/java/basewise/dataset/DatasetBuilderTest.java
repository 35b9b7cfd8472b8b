package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.genome.FastaReader;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetBuilderTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @TempDir private Path folder;

  @Test
  void ctcfTop500() {
    Dataset data = shared("sequences/Gm12878.CTCF.top500.w200.fa", DEFAULTS);
    assertThat(data.width()).isEqualTo(200);
    assertThat(data.tooSmallToSplit()).isFalse();
    assertThat(data.part(Part.TEST, true)).hasSize(50);
    assertThat(data.part(Part.VALIDATION, true)).hasSize(50);
    assertThat(data.part(Part.TRAIN, true)).hasSize(400);
    shufflesStayWithTheirParents(data);
    assertThat(Dna.decode(data.examples().getFirst().codes())).startsWith("TGCTCACAGTGTAGTGGC");
    assertThat(data.examples().getFirst().place())
        .isEqualTo(new Interval("chr11", 190_037, 190_237));
  }

  @Test
  void theSameSeedGivesTheSameDatasetAndAnotherSeedAnother() {
    Dataset a = shared("sequences/Gm12878.CTCF.top500.w200.fa", DEFAULTS);
    Dataset b = shared("sequences/Gm12878.CTCF.top500.w200.fa", DEFAULTS);
    Dataset c = shared("sequences/Gm12878.CTCF.top500.w200.fa", DEFAULTS.withSeed(2));
    assertThat(codes(b)).isEqualTo(codes(a));
    assertThat(parts(b)).isEqualTo(parts(a));
    assertThat(parts(c)).isNotEqualTo(parts(a));
    assertThat(codes(c)).isNotEqualTo(codes(a));
  }

  @Test
  void thePartOfASequenceDoesNotDependOnTheOrderOfTheFile() throws IOException {
    List<String> records = records(200, 40, 1);
    Dataset forth = build("forth.fa", String.join("", records));
    Dataset back = build("back.fa", String.join("", records.reversed()));
    assertThat(partOfId(back)).isEqualTo(partOfId(forth));
  }

  @Test
  void crp0IsTooSmallToSplit() {
    Dataset data = shared("sequences/crp0.fna", DEFAULTS);
    assertThat(data.tooSmallToSplit()).isTrue();
    assertThat(data.examples()).hasSize(36).allMatch(e -> e.part() == Part.TRAIN);
    int[] folds = data.folds(5, 1);
    int[] positives = new int[5];
    for (int i = 0; i < 36; i++) {
      Example e = data.examples().get(i);
      if (e.parent() >= 0) {
        assertThat(folds[i]).isEqualTo(folds[e.parent()]);
      } else {
        positives[folds[i]]++;
      }
    }
    Arrays.sort(positives);
    assertThat(positives).containsExactly(3, 3, 4, 4, 4); // 18 over 5, as even as can be
    assertThat(data.folds(5, 2)).isNotEqualTo(folds);
  }

  /** Counts are those of zgrep, cut and sort -u on the files. */
  @Test
  void labelledTablesGivePositivesAndNegatives() {
    Dataset deepBind = shared("sequences/deepbind_encode/MYC_H1-hESC_c-Myc_B.seq.gz", DEFAULTS);
    assertThat(deepBind.width()).isEqualTo(101);
    assertThat(deepBind.examples()).hasSize(1000);
    assertThat(deepBind.examples().subList(0, 500)).allMatch(Example::positive);
    assertThat(deepBind.examples().subList(500, 1000)).noneMatch(Example::positive);
    DatasetOptions labels = DEFAULTS.withNegatives(DatasetOptions.LABELS);
    Dataset gue = shared("sequences/gue_prom/prom_core_tata_train.csv.gz", labels);
    assertThat(gue.width()).isEqualTo(70);
    assertThat(gue.examples()).allMatch(e -> e.parent() == -1);
    Dataset shuffled = shared("sequences/gue_prom/prom_core_tata_train.csv.gz", DEFAULTS);
    assertThat(shuffled.counts().get(Dataset.SET_ASIDE))
        .isEqualTo(gue.examples().stream().filter(e -> !e.positive()).count());
    assertThat(shuffled.examples()).filteredOn(e -> !e.positive()).allMatch(e -> e.parent() >= 0);
    Dataset selex = shared("sequences/selex/TFAP2A_HTSELEX_1000.seq", DEFAULTS);
    assertThat(selex.width()).isEqualTo(20);
    assertThat(selex.examples()).hasSize(2000);
  }

  @Test
  void kmersOfDnabertAreJoined() {
    Dataset data = shared("sequences/dnabert_ft6_dev.tsv.gz", DEFAULTS.withNegatives("labels"));
    assertThat(data.width()).isEqualTo(101);
    assertThat(data.examples()).hasSize(1000);
    assertThat(data.examples().stream().map(e -> Dna.decode(e.codes())))
        .anyMatch(s -> s.startsWith("GTGGGGAGGGAGGCCGCCCCACTGCAGG"));
  }

  @Test
  void numbersMakeARegressionWithoutNegatives() {
    Dataset fly = shared("sequences/dream2022/drosophila_sample_train.txt.gz", DEFAULTS);
    assertThat(fly.tasks()).containsExactly("Dev_log2_enrichment", "Hk_log2_enrichment");
    assertThat(fly.regression()).isTrue();
    assertThat(fly.examples()).hasSize(1000);
    DatasetOptions one = DEFAULTS.withLabels(TaskKind.AUTO, List.of("Hk_log2_enrichment"));
    Dataset hk = shared("sequences/dream2022/drosophila_sample_train.txt.gz", one);
    assertThat(hk.examples().get(5).labels()[0]).isEqualTo(fly.examples().get(5).labels()[1]);
    Dataset pbm = shared("sequences/selex/Ar_PBM_DREAM5_TF1.txt.gz", DEFAULTS);
    assertThat(pbm.width()).isEqualTo(35);
    assertThat(pbm.examples().getFirst().labels()).containsExactly(5.5993f);
  }

  @Test
  void multiLabelRowsNeedNoNegatives() throws IOException {
    StringBuilder text = new StringBuilder("name,sequence,a,b,extra\n");
    for (String line : bases(80, 30, 1)) {
      text.append("x,").append(line).append(",1,0,7.5\n");
    }
    Path file = Files.writeString(folder.resolve("multi.csv"), text);
    Dataset data =
        DatasetBuilder.build(
            file.toString(), DEFAULTS.withLabels(TaskKind.AUTO, List.of("a", "4")));
    assertThat(data.tasks()).containsExactly("a", "b");
    assertThat(data.regression()).isFalse();
    assertThat(data.examples()).hasSize(80).allMatch(e -> e.parent() == -1);
    assertThat(data.examples().get(9).labels()).containsExactly(1, 0);
  }

  /** A label may be called as four letters of DNA are; it stands above no DNA. */
  @Test
  void aHeaderMaySpellDna() throws IOException {
    StringBuilder text = new StringBuilder("sequence\tGATA\ttal\n");
    for (String line : bases(80, 30, 1)) {
      text.append(line).append("\t1\t0\n");
    }
    Dataset data = build("gata.tsv", text.toString());
    assertThat(data.tasks()).containsExactly("GATA", "tal");
    assertThat(data.counts()).containsEntry("read", 80L);
  }

  @Test
  void givenNegativesAreTaken() {
    DatasetOptions options =
        DEFAULTS.withNegatives(SharedData.file("sequences/NFE2_GM12878/NFE2_neg.tr.fa").toString());
    Dataset data = shared("sequences/NFE2_GM12878/NFE2_tr.fa", options);
    assertThat(data.counts()).containsEntry("read", 644L).containsEntry("negatives_read", 644L);
    assertThat(data.examples().stream().filter(e -> !e.positive()))
        .hasSizeGreaterThan(600)
        .allMatch(e -> e.parent() == -1);
    double test = data.part(Part.TEST).size() / (double) data.examples().size();
    assertThat(test).isBetween(0.09, 0.11);
  }

  @Test
  void overlappingWindowsStayTogether() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> bases = bases(300, 100, 3);
    for (int i = 0; i < 300; i++) { // triples that overlap: 0, 60, 120; then 1000, ...
      int start = (i / 3) * 1_000 + (i % 3) * 60;
      text.append(">chr1:" + start + "-" + (start + 100) + "\n" + bases.get(i) + "\n");
    }
    Dataset data = build("overlap.fa", text.toString());
    assertThat(data.part(Part.TEST, true)).hasSize(30);
    for (int i = 0; i < 300; i += 3) {
      Part part = data.examples().get(i).part();
      assertThat(data.examples().get(i + 1).part()).isEqualTo(part);
      assertThat(data.examples().get(i + 2).part()).isEqualTo(part);
    }
  }

  @Test
  void oneHeapOfOverlappingWindowsIsNotSplit() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> bases = bases(100, 100, 4);
    for (int i = 0; i < 100; i++) { // headers as some tools write them, each 50 further on
      text.append(">chrV__" + i * 50 + "__" + (i * 50 + 100) + "__x\n" + bases.get(i) + "\n");
    }
    Dataset data = build("heap.fa", text.toString());
    assertThat(data.tooSmallToSplit()).isTrue();
    assertThat(data.examples()).hasSize(200).allMatch(e -> e.part() == Part.TRAIN);
  }

  /** The FASTA beside it was cut from the same points by another tool: 101 bases each. */
  @Test
  void yeastPeaksGiveTheSequencesOfTheirFasta() throws IOException {
    String genome = yeast();
    DatasetOptions options =
        DEFAULTS.withGenome(genome, NegativeSource.AUTO).toBuilder().width(101).build();
    Dataset data = shared("genomes/sacCer3_chipexo_Rossi2021/Reb1_sacCer3.bed", options);
    Map<String, String> expected = new TreeMap<>();
    for (NamedSequence s :
        FastaReader.readAll(SharedData.file("sequences/yeast_chipexo/Reb1_1078.fa").toString())) {
      expected.put(s.id(), Dna.decode(s.codes()));
    }
    Map<String, String> found = new TreeMap<>();
    for (Example e : data.examples()) {
      if (e.positive()) {
        found.put(String.valueOf(e.place()), Dna.decode(e.codes()));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(data.counts()).containsEntry("split_by_contig", 1L);
    Map<String, Part> partOfContig = new TreeMap<>();
    for (Example e : data.examples()) {
      String contig = java.util.Objects.requireNonNull(e.place()).contig();
      Part earlier = partOfContig.putIfAbsent(contig, e.part());
      assertThat(earlier == null || earlier == e.part()).as(contig).isTrue();
    }
    assertThat(data.part(Part.TEST, true).size()).isBetween(54, 130);
    backgroundIsMatched(data);
  }

  private static void backgroundIsMatched(Dataset data) {
    List<Interval> taken = new ArrayList<>();
    double gcPositive = 0;
    double gcNegative = 0;
    int n = 0;
    for (Example e : data.examples()) {
      double gc = 0;
      for (byte b : e.codes()) {
        gc += b == Dna.C || b == Dna.G ? 1 : 0;
      }
      Interval place = java.util.Objects.requireNonNull(e.place());
      if (e.positive()) {
        gcPositive += gc;
      } else {
        gcNegative += gc;
        n++;
        assertThat(taken).noneMatch(place::overlaps);
      }
      taken.add(place);
    }
    int positives = data.examples().size() - n;
    assertThat(n).isGreaterThan((int) (0.99 * positives));
    assertThat(gcNegative / n / 101)
        .isCloseTo(gcPositive / positives / 101, org.assertj.core.data.Offset.offset(0.005));
  }

  @Test
  void contigsOfThePartsCanBeNamed() throws IOException {
    DatasetOptions options =
        DEFAULTS.withGenome(yeast(), NegativeSource.SHUFFLE).toBuilder()
            .testContigs(List.of("chrI", "chrII"))
            .validContigs(List.of("chrIII"))
            .build();
    Dataset data = shared("genomes/sacCer3_chipexo_Rossi2021/Reb1_sacCer3.bed", options);
    for (Example e : data.examples()) {
      if (e.place() != null) {
        Part expected =
            switch (e.place().contig()) {
              case "chrI", "chrII" -> Part.TEST;
              case "chrIII" -> Part.VALIDATION;
              default -> Part.TRAIN;
            };
        assertThat(e.part()).isEqualTo(expected);
      }
    }
    shufflesStayWithTheirParents(data);
    DatasetOptions wrong = options.toBuilder().testContigs(List.of("chr1")).build();
    assertThatThrownBy(() -> shared("genomes/sacCer3_chipexo_Rossi2021/Reb1_sacCer3.bed", wrong))
        .hasMessageContaining("--test-contigs: no positive lies on 'chr1'");
  }

  @Test
  void windowsOverTheEndAndExcludedPlacesAreDropped() throws IOException {
    String genome = genome();
    StringBuilder bed = new StringBuilder("c1\t10\t60\nc1\t49950\t49960\n");
    for (int i = 0; i < 60; i++) {
      bed.append("c1\t" + (1_000 + i * 500) + "\t" + (1_040 + i * 500) + "\tp\n");
    }
    Path peaks = Files.writeString(folder.resolve("p.bed"), bed);
    Path black = Files.writeString(folder.resolve("b.bed"), "c1\t1000\t1600\n");
    DatasetOptions options =
        DEFAULTS.withGenome(genome, NegativeSource.AUTO).toBuilder()
            .exclude(black.toString())
            .build();
    Dataset data = DatasetBuilder.build(peaks.toString(), options);
    assertThat(data.counts())
        .containsEntry("read", 62L)
        .containsEntry("dropped_over_contig_end", 2L)
        .containsEntry("dropped_excluded", 2L) // those at 1000 and 1500
        .containsEntry("renamed_duplicate_ids", 57L);
    Interval excluded = new Interval("c1", 1_000, 1_600);
    assertThat(data.examples())
        .noneMatch(e -> java.util.Objects.requireNonNull(e.place()).overlaps(excluded));
    // One contig cannot be split by contig: the hash does it, neighbours together.
    assertThat(data.counts()).doesNotContainKey("split_by_contig");
    assertThat(data.part(Part.TEST, true)).hasSize(6);
  }

  @Test
  void aSummitIsTheCentre() throws IOException {
    String genome = genome();
    StringBuilder bed = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      bed.append("c1\t" + (1_000 + i * 900) + "\t" + (1_400 + i * 900) + "\tp" + i);
      bed.append("\t0\t.\t1.5\t2.5\t3.5\t300\n");
    }
    Path peaks = Files.writeString(folder.resolve("p.narrowPeak"), bed);
    Dataset data =
        DatasetBuilder.build(
            peaks.toString(), DEFAULTS.withGenome(genome, NegativeSource.SHUFFLE).withWidth(100));
    assertThat(data.examples().getFirst().place()).isEqualTo(new Interval("c1", 1_250, 1_350));
  }

  @Test
  void theTableAndCountsAreWritten() throws IOException {
    Dataset data = build("w.fa", String.join("", records(60, 20, 1)));
    DatasetFiles.writeFolder(data, folder.resolve("out"));
    List<String> lines = Files.readAllLines(folder.resolve("out/windows.tsv"));
    assertThat(lines).hasSize(121);
    assertThat(lines.getFirst()).isEqualTo("id\tplace\tsequence\tlabel\tpart\tparent");
    assertThat(lines.get(61).split("\t")[5]).isEqualTo(lines.get(1).split("\t")[0]);
    assertThat(Files.readString(folder.resolve("out/dataset.json")))
        .contains("\"width\": 20", "\"read\": 60", "\"test_positives\": 6");
    DatasetFiles.writeTable(data, folder.resolve("w.tsv.gz"));
    Dataset again = DatasetBuilder.build(folder.resolve("w.tsv.gz").toString(), DEFAULTS);
    assertThat(codes(again)).isEqualTo(codes(data));
  }

  private String genome() throws IOException {
    String text = ">c1\n" + String.join("\n", bases(500, 100, 9)) + "\n";
    return Files.writeString(folder.resolve("g.fa"), text).toString();
  }

  private String yeast() throws IOException {
    Path copy = folder.resolve("sacCer3.fa.gz");
    if (!Files.exists(copy)) {
      Files.copy(SharedData.file("genomes/sacCer3.fa.gz"), copy);
    }
    return copy.toString();
  }

  private static void shufflesStayWithTheirParents(Dataset data) {
    for (Example e : data.examples()) {
      if (e.parent() >= 0) {
        assertThat(e.part()).isEqualTo(data.examples().get(e.parent()).part());
        assertThat(e.id()).startsWith(data.examples().get(e.parent()).id() + "_shuffle");
      }
    }
  }

  private Dataset build(String name, String text) throws IOException {
    return DatasetBuilder.build(Files.writeString(folder.resolve(name), text).toString(), DEFAULTS);
  }

  private static Dataset shared(String name, DatasetOptions options) {
    return DatasetBuilder.build(SharedData.file(name).toString(), options);
  }

  private static List<String> codes(Dataset data) {
    return data.examples().stream().map(e -> Dna.decode(e.codes())).toList();
  }

  private static List<Part> parts(Dataset data) {
    return data.examples().stream().map(Example::part).toList();
  }

  private static Map<String, Part> partOfId(Dataset data) {
    Map<String, Part> parts = new TreeMap<>();
    data.examples().forEach(e -> parts.put(e.id(), e.part()));
    return parts;
  }

  private static List<String> records(int n, int length, int seed) {
    List<String> bases = bases(n, length, seed);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      out.add(">s" + i + "\n" + bases.get(i) + "\n");
    }
    return out;
  }

  private static List<String> bases(int n, int length, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < length; j++) {
        line.append("ACGT".charAt(random.nextInt(4)));
      }
      out.add(line.toString());
    }
    return out;
  }
}
