package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Clusters of the best modularity that several runs of the Leiden algorithm find (Traag, Waltman
 * and van Eck 2019): all begin, and those that promise most go on until nothing gets better.
 */
final class Leiden {
  /** Runs of a small graph, where nobody asks for another number, and of any. */
  private static final int RUNS = 20;

  private static final int FEWEST_RUNS = 2;

  /** Times that all runs improve what they have before the best of them go on. */
  private static final int TRIAL = 2;

  /** Runs that go on until nothing gets better, where a graph is large. */
  private static final int FINALISTS = 2;

  /** Ends of edges that all of them together have. */
  private static final int ENOUGH_AT_LAST = 300_000;

  /** Ends of edges that all runs together go over, where nobody asks for more. */
  private static final int ENOUGH = 4_000_000;

  private final int asked;
  private final long seed;
  private final Workers workers;

  /**
   * @param asked for runs; 0 for as many as the graph's size allows
   */
  Leiden(int asked, long seed, Workers workers) {
    this.asked = asked;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * The cluster of each node, numbered by size, the largest 0; of equal size, the one whose first
   * node comes first.
   */
  int[] cluster(Graph graph) {
    double[] strength = LeidenRun.strengths(graph);
    int runs =
        asked > 0 ? asked : Math.clamp(ENOUGH / Math.max(1, graph.to().length), FEWEST_RUNS, RUNS);
    LeidenRun[] all = new LeidenRun[runs];
    workers.run(
        runs,
        run -> {
          all[run] = new LeidenRun(graph, strength, Seeds.mix(seed, run));
          all[run].improve(TRIAL);
        });
    List<LeidenRun> best = best(all);
    int last = Math.clamp(ENOUGH_AT_LAST / Math.max(1, graph.to().length), FINALISTS, RUNS);
    LeidenRun[] promising = best.subList(0, Math.min(last, runs)).toArray(LeidenRun[]::new);
    workers.run(promising.length, run -> promising[run].improve(Integer.MAX_VALUE));
    return ranked(best(promising).getFirst().clusters());
  }

  /** The best first; of equal ones the first. */
  private static List<LeidenRun> best(LeidenRun[] runs) {
    return Arrays.stream(runs).sorted(Comparator.comparingDouble(run -> -run.quality())).toList();
  }

  private static int[] ranked(int[] clusters) {
    int n = 0;
    for (int c : clusters) {
      n = Math.max(n, c + 1);
    }
    int[] size = new int[n];
    int[] first = new int[n];
    for (int i = clusters.length - 1; i >= 0; i--) {
      size[clusters[i]]++;
      first[clusters[i]] = i;
    }
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      order.add(c);
    }
    order.sort(Comparator.comparingInt((Integer c) -> -size[c]).thenComparingInt(c -> first[c]));
    int[] rank = new int[n];
    for (int r = 0; r < n; r++) {
      rank[order.get(r)] = r;
    }
    int[] out = new int[clusters.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = rank[clusters[i]];
    }
    return out;
  }
}
