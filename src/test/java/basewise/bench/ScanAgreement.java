package basewise.bench;

import basewise.genome.BlockSource;
import basewise.genome.FastaReader;
import basewise.io.GFormat;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.ScaledMatrix;
import basewise.motif.ScoreMatrix;
import basewise.motif.format.MotifFile;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Our hits, and how those of another scanner differ from them.
 *
 * <p>Peers that were given FIMO's whole numbers, and FIMO, must find the same places; FIMO must
 * print the same score and p-value. Peers that add the log-odds scores before rounding may differ
 * at a window only if its score in bits is so near the threshold that the rounding of its cells, at
 * most half a unit each, decides.
 */
final class ScanAgreement {
  /** For a peer that adds 32-bit floats. */
  private static final double FLOATS = 1e-4;

  /** For a peer that adds 64-bit floats in an order of its own. */
  private static final double DOUBLES = 1e-9;

  private static final int SHOWN = 10;

  private final Scanner scanner;
  private final Map<String, Integer> motifs = new HashMap<>();
  private final Map<String, NamedSequence> sequences = new HashMap<>();
  private final Map<Place, Integer> sums = new TreeMap<>();

  private ScanAgreement(Scanner scanner) {
    this.scanner = scanner;
  }

  /** A place of a motif; start is 0-based on the forward strand. */
  private record Place(String motif, String sequence, long start, char strand)
      implements Comparable<Place> {
    @Override
    public int compareTo(Place o) {
      int c = motif.compareTo(o.motif);
      c = c != 0 ? c : sequence.compareTo(o.sequence);
      c = c != 0 ? c : Long.compare(start, o.start);
      return c != 0 ? c : Character.compare(strand, o.strand);
    }
  }

  /**
   * How a peer compares.
   *
   * @param ours how many hits we have
   * @param theirs how many the peer has
   * @param onlyOurs how many only we have
   * @param onlyTheirs how many only the peer has
   * @param scores how many of the common hits have another score
   * @param pvalues how many of the common hits have another p-value
   * @param farthest of the places that only one has, the largest distance from the threshold, in
   *     bits before rounding
   * @param unexplained differences that rounding does not explain, in words
   */
  record Answer(
      String peer,
      long ours,
      long theirs,
      long onlyOurs,
      long onlyTheirs,
      long scores,
      long pvalues,
      double farthest,
      List<String> unexplained) {
    /** Whether rounding explains all differences. */
    boolean agrees() {
      return ours > 0 && unexplained.isEmpty();
    }

    /** A line, and one for each of the first unexplained differences. */
    String text() {
      StringBuilder text =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%-10s ours %d, theirs %d; only ours %d, only theirs %d (at most %.4f bits from"
                      + " the threshold); other score %d, other p-value %d; not explained %d",
                  peer,
                  ours,
                  theirs,
                  onlyOurs,
                  onlyTheirs,
                  farthest,
                  scores,
                  pvalues,
                  unexplained.size()));
      unexplained.stream().limit(SHOWN).forEach(l -> text.append("\n  ").append(l));
      return text.toString();
    }
  }

  /** Finds our hits, with FIMO's defaults but for the p-value, on one thread. */
  static ScanAgreement scan(Path motifFile, Path fasta, double pvalue) {
    List<Motif> motifs = MotifFile.read(motifFile.toString());
    Scanner scanner = Scanner.open(motifs, ScanOptions.DEFAULTS.with(new Threshold.PValue(pvalue)));
    List<NamedSequence> sequences = FastaReader.readAll(fasta.toString());
    ScanAgreement found = new ScanAgreement(scanner);
    for (int i = 0; i < motifs.size(); i++) {
      found.motifs.put(motifs.get(i).id(), i);
    }
    sequences.forEach(s -> found.sequences.put(s.id(), s));
    scanner.scan(BlockSource.of(sequences, scanner.overlap()), found.new Collector(), 1, n -> {});
    return found;
  }

  private final class Collector implements HitSink<Integer> {
    @Override
    public Integer prepare(HitBlock hits) {
      int piece = 0;
      for (int i = 0; i < hits.size(); i++) {
        while (hits.start(i) >= hits.block().end(piece)) {
          piece++;
        }
        Place place =
            new Place(
                scanner.motifs().get(hits.motif(i)).motif().id(),
                hits.block().name(piece),
                hits.block().start(piece) + hits.start(i) - hits.block().offset(piece),
                hits.strand(i).symbol());
        if (sums.put(place, hits.sum(i)) != null) {
          throw new AssertionError("found twice: " + place);
        }
      }
      return hits.size();
    }

    @Override
    public void write(Integer prepared) {}
  }

  /** Compares with the rows of {@link ScanPeers#hits}. */
  Answer with(String peer, List<String[]> rows) {
    Map<Place, String[]> theirs = new TreeMap<>();
    List<String> unexplained = new ArrayList<>();
    for (String[] r : rows) {
      Place place = new Place(r[0], r[1], Long.parseLong(r[2]), r[3].charAt(0));
      if (theirs.put(place, r) != null) {
        unexplained.add("found twice by " + peer + ": " + place);
      }
    }
    long scores = 0;
    long pvalues = 0;
    for (Map.Entry<Place, String[]> e : theirs.entrySet()) {
      Integer sum = sums.get(e.getKey());
      if (sum == null) {
        continue;
      }
      String[] r = e.getValue();
      ScanMotif motif = motif(e.getKey());
      Strand strand = strand(e.getKey());
      if (peer.equals("moods-sums") && Double.parseDouble(r[4]) != sum) {
        scores++;
        unexplained.add(e.getKey() + ": sum " + sum + ", theirs " + r[4]);
      } else if (peer.equals("fimo")) {
        String score = GFormat.g(Double.parseDouble(GFormat.g(motif.matrix(strand).bits(sum), 10)));
        String p = GFormat.g(motif.distribution(strand).pvalue(sum), 3);
        scores += score.equals(r[4]) ? 0 : 1;
        pvalues += p.equals(r[5]) ? 0 : 1;
        if (!score.equals(r[4]) || !p.equals(r[5])) {
          unexplained.add(
              e.getKey() + ": score " + score + ", theirs " + r[4] + "; p " + p + ", " + r[5]);
        }
      }
    }
    TreeSet<Place> onlyOurs = new TreeSet<>(sums.keySet());
    onlyOurs.removeAll(theirs.keySet());
    TreeSet<Place> onlyTheirs = new TreeSet<>(theirs.keySet());
    onlyTheirs.removeAll(sums.keySet());
    double farthest = 0;
    boolean rounded = peer.equals("moods-bits") || peer.equals("lightmotif");
    for (boolean mine : new boolean[] {true, false}) {
      for (Place place : mine ? onlyOurs : onlyTheirs) {
        double distance = distance(place);
        farthest = Math.max(farthest, Math.abs(distance));
        double slack = rounding(place) + (peer.equals("lightmotif") ? FLOATS : DOUBLES);
        if (!rounded || !(Math.abs(distance) <= slack)) {
          unexplained.add(
              String.format(
                  Locale.ROOT,
                  "only %s: %s, %.6f bits above the threshold, rounding can be %.6f",
                  mine ? "ours" : "theirs",
                  place,
                  distance,
                  rounding(place)));
        }
      }
    }
    return new Answer(
        peer,
        sums.size(),
        theirs.size(),
        onlyOurs.size(),
        onlyTheirs.size(),
        scores,
        pvalues,
        farthest,
        unexplained);
  }

  /** How far the score of a window before rounding lies above the threshold; NaN if it has an N. */
  private double distance(Place place) {
    ScanMotif motif = motif(place);
    Strand strand = strand(place);
    Background background = scanner.options().background().smoothed(true);
    ScoreMatrix bits =
        motif
            .motif()
            .probabilities()
            .toScores(
                motif.motif().sites().orElse(ScaledMatrix.FIMO_SITES),
                scanner.options().pseudocount(),
                background);
    ScoreMatrix oriented = strand == Strand.FORWARD ? bits : bits.reverseComplement();
    byte[] codes = sequence(place).codes();
    double score = 0;
    for (int i = 0; i < motif.width(); i++) {
      int c = codes[Math.toIntExact(place.start()) + i];
      score += c > 3 ? Double.NaN : oriented.at(i, c);
    }
    return score - motif.matrix(strand).bits(motif.cutoff(strand));
  }

  /** How much the rounding of all cells of a window can amount to, in bits. */
  private double rounding(Place place) {
    ScanMotif motif = motif(place);
    ScaledMatrix matrix = motif.matrix(Strand.FORWARD);
    return 0.5 * motif.width() * (matrix.bits(1) - matrix.bits(0));
  }

  private ScanMotif motif(Place place) {
    Integer m = motifs.get(place.motif());
    if (m == null) {
      throw new AssertionError("a motif that was not scanned: " + place);
    }
    return scanner.motifs().get(m);
  }

  private NamedSequence sequence(Place place) {
    NamedSequence s = sequences.get(place.sequence());
    if (s == null) {
      throw new AssertionError("a sequence that was not scanned: " + place);
    }
    return s;
  }

  private static Strand strand(Place place) {
    return place.strand() == '+' ? Strand.FORWARD : Strand.REVERSE;
  }
}
