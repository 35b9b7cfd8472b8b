package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.ProbabilityMatrix;
import basewise.motif.ScoreMatrix;
import basewise.scan.BestSites;
import basewise.sequence.Dna;
import basewise.sequence.Strand;
import basewise.stats.Hypergeometric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a rough motif sharp on the training sequences: find the best site of each positive, keep
 * those above the most telling threshold, count them with their flanks, let the motif grow into
 * flanks that carry information and shrink from ends that do not, and go round again while the
 * evidence grows.
 */
public final class Refinement {
  /**
   * What steers it.
   *
   * @param rounds how often at most
   * @param flank columns looked at beyond each end, per round
   * @param minBits a column at an end must carry this much information
   * @param minWidth never narrower
   * @param maxWidth never wider
   */
  public record Options(int rounds, int flank, double minBits, int minWidth, int maxWidth) {
    /** The house's defaults. */
    public static final Options DEFAULT = new Options(6, 4, 0.25, 8, 30);

    /** These, with another number of rounds. */
    Options withRounds(int value) {
      return new Options(value, flank, minBits, minWidth, maxWidth);
    }
  }

  /** Informative columns with this many or more uninformative ones between them are islands. */
  private static final int GAP = 4;

  /** An island beyond a gap must carry this much information to belong to the motif. */
  private static final double ISLAND_BITS = 3;

  private final List<byte[]> positives;
  private final List<byte[]> negatives;
  private final Background background;
  private final boolean bothStrands;
  private final Options options;
  private final int threads;
  private final Hypergeometric test;

  /** Prepares for a training set; the background is the positives' base composition. */
  Refinement(
      Contrast sequences,
      Background background,
      boolean bothStrands,
      Options options,
      int threads) {
    this.positives = sequences.positives();
    this.negatives = sequences.negatives();
    this.background = background;
    this.bothStrands = bothStrands;
    this.options = options;
    this.threads = threads;
    this.test = new Hypergeometric(positives.size() + negatives.size());
  }

  /** Refines all starting points together; the results keep their order and their origins. */
  public List<Candidate> refine(List<Candidate> starts) {
    Candidate[] best = new Candidate[starts.size()];
    List<Integer> active = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      active.add(i);
    }
    CountMatrix[] current = starts.stream().map(Candidate::counts).toArray(CountMatrix[]::new);
    for (int round = 0; round <= options.rounds && !active.isEmpty(); round++) {
      List<ScoreMatrix> scores = new ArrayList<>();
      for (int i : active) {
        scores.add(Candidate.scores(current[i], background));
      }
      BestSites sites = BestSites.of(scores, bothStrands);
      BestSites.Found inPositives = sites.find(positives, threads);
      BestSites.Found inNegatives = sites.find(negatives, threads);
      boolean last = round == options.rounds;
      List<Integer> now = active;
      @Nullable CountMatrix[] next = new CountMatrix[now.size()];
      IntStream.range(0, now.size())
          .parallel()
          .forEach(m -> {
            int i = now.get(m);
            Presence presence =
                Presence.mostTelling(inPositives.scores(m), inNegatives.scores(m), test);
            Candidate before = best[i];
            if (before == null || presence.logPvalue() < before.training().logPvalue()) {
              best[i] = new Candidate(starts.get(i).origin(), current[i], presence);
              next[m] =
                  last || presence.positivesWith() < 2
                      ? null
                      : recount(inPositives, m, current[i].width(), presence.threshold());
            }
          });
      List<Integer> going = new ArrayList<>();
      for (int m = 0; m < now.size(); m++) {
        CountMatrix c = next[m];
        if (c != null) {
          current[now.get(m)] = c;
          going.add(now.get(m));
        }
      }
      active = going;
    }
    return List.of(best);
  }

  /** Counts the sites that reach the threshold, wider by the flanks, and fits the ends. */
  private @Nullable CountMatrix recount(
      BestSites.Found found, int motif, int width, double threshold) {
    int flank = options.flank;
    double[][] counts = new double[width + 2 * flank][4];
    for (int i = 0; i < positives.size(); i++) {
      if (found.score(i, motif) >= threshold) {
        addSite(
            counts, positives.get(i), found.start(i, motif), width, found.strand(i, motif), flank);
      }
    }
    return fitEnds(counts, background, options);
  }

  /**
   * Adds one site with its flanks, read on its strand; what lies outside or is N is not counted.
   */
  static void addSite(
      double[][] counts, byte[] codes, int start, int width, Strand strand, int flank) {
    for (int c = 0; c < width + 2 * flank; c++) {
      int at = strand == Strand.FORWARD ? start - flank + c : start + width - 1 + flank - c;
      if (at >= 0 && at < codes.length && codes[at] != Dna.N) {
        byte code = strand == Strand.FORWARD ? codes[at] : Dna.complement(codes[at]);
        counts[c][code]++;
      }
    }
  }

  /**
   * Cuts a wide count matrix to the columns that carry information: the outermost ones above the
   * limit are its ends, at most {@code maxWidth} apart. Few sites look informative by chance, so
   * the limit rises by twice the bits expected of random columns, 3 / (2 n ln 2) (Schneider 1986).
   *
   * @return null if nothing is left
   */
  static @Nullable CountMatrix fitEnds(double[][] counts, Background background, Options options) {
    CountMatrix all = new CountMatrix(counts);
    ProbabilityMatrix p = all.toProbabilities(Candidate.PSEUDOCOUNT, background);
    int n = counts.length;
    boolean[] tells = new boolean[n];
    double[] bits = new double[n];
    for (int i = 0; i < n; i++) {
      double total = counts[i][0] + counts[i][1] + counts[i][2] + counts[i][3];
      bits[i] = p.informationContent(i, background);
      tells[i] = total > 0 && bits[i] >= options.minBits + 2 * 3 / (2 * Math.log(2) * total);
    }
    int start = 0;
    int end = n;
    while (start < n && !tells[start]) {
      start++;
    }
    while (end > start && !tells[end - 1]) {
      end--;
    }
    if (end - start < 2) {
      return null;
    }
    int[] core = withoutWeakIslands(bits, tells, start, end);
    start = core[0];
    end = core[1];
    while (end - start > options.maxWidth) {
      if (bits[start] < bits[end - 1]) {
        start++;
      } else {
        end--;
      }
    }
    while (end - start < options.minWidth) {
      if (start > 0 && (end == n || bits[start - 1] >= bits[end])) {
        start--;
      } else {
        end++;
      }
    }
    return all.slice(start, end);
  }

  /**
   * Informative columns beyond a gap belong to a motif if they tell much themselves, as the far
   * half of a dyad does; faint ones far away are composition.
   *
   * @return new start and end
   */
  private static int[] withoutWeakIslands(double[] bits, boolean[] tells, int start, int end) {
    List<int[]> islands = new ArrayList<>();
    int from = start;
    int lastTelling = start;
    for (int i = start + 1; i < end; i++) {
      if (tells[i]) {
        if (i - lastTelling > GAP) {
          islands.add(new int[] {from, lastTelling + 1});
          from = i;
        }
        lastTelling = i;
      }
    }
    islands.add(new int[] {from, lastTelling + 1});
    int core = 0;
    for (int i = 1; i < islands.size(); i++) {
      if (sum(bits, islands.get(i)) > sum(bits, islands.get(core))) {
        core = i;
      }
    }
    int first = core;
    while (first > 0 && sum(bits, islands.get(first - 1)) >= ISLAND_BITS) {
      first--;
    }
    int last = core;
    while (last + 1 < islands.size() && sum(bits, islands.get(last + 1)) >= ISLAND_BITS) {
      last++;
    }
    return new int[] {islands.get(first)[0], islands.get(last)[1]};
  }

  private static double sum(double[] bits, int[] island) {
    double sum = 0;
    for (int i = island[0]; i < island[1]; i++) {
      sum += bits[i];
    }
    return sum;
  }
}
