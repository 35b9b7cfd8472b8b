package basewise.compare;

import basewise.compare.TargetColumns.Group;
import basewise.motif.Motif;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Motifs against a collection of known motifs, by Tomtom's procedure (Gupta et al. 2007, with the
 * complete scores of Tanaka et al. 2011): each query column is scored against all target columns,
 * scores are shifted by their median and cut into 100 bins, and the best alignment with a target is
 * judged by its exact distribution under columns drawn at random from all targets.
 *
 * <p>Reproduces MEME Suite 5.4.0's p- and E-values. Its q-values estimate the share of true nulls
 * by bootstrap when there are more than 100 matches; here that share is 1, so ours are larger by
 * its estimate (often 0 to a few percent) and do not depend on a random seed.
 *
 * <pre>{@code
 * List<Match> matches = Tomtom.against(known, TomtomOptions.DEFAULTS).compare(query);
 * }</pre>
 */
public final class Tomtom {
  /** The widest query: work and memory grow with the third power of its width. */
  public static final int WIDEST_QUERY = 200;

  /** The widest target. */
  public static final int WIDEST_TARGET = 2000;

  private static final int MOST_TARGETS = 1 << 20;

  private final List<Motif> targets;
  private final TomtomOptions options;
  private final TargetColumns columns;

  private Tomtom(List<Motif> targets, TomtomOptions options) {
    this.targets = List.copyOf(targets);
    this.options = options;
    this.columns = new TargetColumns(this.targets, options);
  }

  /**
   * Prepares a collection.
   *
   * @throws IllegalArgumentException if it is empty, has a motif wider than {@link #WIDEST_TARGET},
   *     or if the distance cannot bear a probability of 0 and the pseudocount is 0
   */
  public static Tomtom against(List<Motif> targets, TomtomOptions options) {
    if (targets.isEmpty() || targets.size() >= MOST_TARGETS) {
      throw new IllegalArgumentException("cannot compare with " + targets.size() + " motifs");
    }
    for (Motif t : targets) {
      if (t.width() > WIDEST_TARGET) {
        throw new IllegalArgumentException(t.id() + " is wider than " + WIDEST_TARGET);
      }
      checkZeros(t, options);
    }
    return new Tomtom(targets, options);
  }

  /** The options given. */
  public TomtomOptions options() {
    return options;
  }

  /** The targets, in their order. */
  public List<Motif> targets() {
    return targets;
  }

  /**
   * The best alignment of a query with every target, best first: by p-value, then larger overlap,
   * then forward before reverse, then the targets' order.
   *
   * @throws IllegalArgumentException if the query is wider than {@link #WIDEST_QUERY}, or has a
   *     zero the distance cannot bear
   */
  public List<Match> compare(Motif query) {
    check(query);
    return new Worker().compare(query);
  }

  /**
   * The same for many queries; results are in the queries' order and do not depend on the threads.
   *
   * @param threads at least 1
   */
  public List<List<Match>> compare(List<Motif> queries, int threads) {
    queries.forEach(this::check);
    int workers = Math.max(1, Math.min(threads, queries.size()));
    List<@Nullable List<Match>> results = new ArrayList<>();
    queries.forEach(q -> results.add(null));
    // The widest first, which take longest: no thread is left with one of them at the end.
    int[] order =
        IntStream.range(0, queries.size())
            .boxed()
            .sorted(Comparator.comparingInt(q -> -queries.get(q).width()))
            .mapToInt(q -> q)
            .toArray();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < workers; w++) {
        running.add(
            pool.submit(() -> {
              Worker worker = new Worker();
              for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
                results.set(order[i], worker.compare(queries.get(order[i])));
              }
            }));
      }
      for (Future<?> f : running) {
        f.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    List<List<Match>> all = new ArrayList<>();
    for (List<Match> one : results) {
      all.add(java.util.Objects.requireNonNull(one));
    }
    return all;
  }

  private void check(Motif query) {
    if (query.width() > WIDEST_QUERY) {
      throw new IllegalArgumentException(query.id() + " is wider than " + WIDEST_QUERY);
    }
    checkZeros(query, options);
  }

  private static void checkZeros(Motif motif, TomtomOptions options) {
    if (options.distance().needsPseudocount()) {
      for (double[] row : Smoothing.columns(motif, options)) {
        for (double p : row) {
          if (!(p > 0)) {
            throw new IllegalArgumentException(
                motif.id() + " has a probability of 0: give a pseudocount");
          }
        }
      }
    }
  }

  /** What one thread needs, used again for each of its queries. */
  private final class Worker {
    private final ColumnScores scores = new ColumnScores(columns, options.distance());
    private final BestAlignments best = new BestAlignments();
    private final int orientations = options.reverseComplements() ? 2 : 1;
    private final int count = targets.size() * orientations;
    private final float[] pvalues = new float[count];
    private final int[] offsets = new int[count];
    private final int[] overlaps = new int[count];

    List<Match> compare(Motif query) {
      int width = query.width();
      double[][] p = Smoothing.columns(query, options);
      double[][] features = new double[width][options.distance().featureCount()];
      for (int i = 0; i < width; i++) {
        options
            .distance()
            .features(p[i], Smoothing.sites(query), Smoothing.background(options), features[i]);
      }
      scores.score(features);
      float[][] tails =
          new NullDistribution(
                  scores.histograms(), width, columns.size(), scores.zero(), columns.groups())
              .pvalues(columns.groups(), orientations);
      for (int g = 0; g < tails.length; g++) {
        Group group = columns.groups().get(g);
        best.align(scores, columns.size(), width, group, options.minOverlap());
        int forward = group.targets().length;
        for (int m = 0; m < group.members(); m++) {
          int at = m < forward ? group.targets()[m] : targets.size() + group.targets()[m - forward];
          pvalues[at] = tails[g][best.score(m)];
          offsets[at] = best.offset(m);
          overlaps[at] = best.overlap(m);
        }
      }
      return matches(query);
    }

    /** One match a target, in order: keys sort by p, overlap, orientation, target. */
    private List<Match> matches(Motif query) {
      float[] sorted = pvalues.clone();
      Arrays.sort(sorted);
      double[] q = falseDiscoveryRates(sorted);
      long[] keys = new long[targets.size()];
      for (int t = 0; t < keys.length; t++) {
        keys[t] = key(t, false);
        if (orientations == 2) {
          keys[t] = Math.min(keys[t], key(t, true));
        }
      }
      Arrays.sort(keys);
      List<Match> matches = new ArrayList<>(keys.length);
      for (long key : keys) {
        int t = (int) (key & MOST_TARGETS - 1);
        boolean reverse = (key & MOST_TARGETS) != 0;
        int at = reverse ? targets.size() + t : t;
        float p = pvalues[at];
        matches.add(
            new Match(
                query,
                targets.get(t),
                offsets[at],
                overlaps[at],
                reverse ? Strand.REVERSE : Strand.FORWARD,
                p,
                p * (float) targets.size(),
                q[Arrays.binarySearch(sorted, p)]));
      }
      return List.copyOf(matches);
    }

    private long key(int target, boolean reverse) {
      int at = reverse ? targets.size() + target : target;
      return (long) Float.floatToIntBits(pvalues[at]) << 32
          | (long) (WIDEST_TARGET - overlaps[at]) << 21
          | (reverse ? MOST_TARGETS : 0)
          | target;
    }
  }

  /** Benjamini and Hochberg's rates of sorted p-values; equal p-values have equal rates. */
  static double[] falseDiscoveryRates(float[] sorted) {
    double[] rates = new double[sorted.length];
    double least = 1;
    for (int i = rates.length - 1; i >= 0; i--) {
      least = Math.min(least, (double) sorted[i] * sorted.length / (i + 1));
      rates[i] = least;
    }
    return rates;
  }
}
