package basewise.discovery;

import basewise.motif.CountMatrix;
import basewise.nn.FilterBank;
import basewise.nn.Strands;
import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Counts, for each filter, the windows of the positives that excite it. */
public final class FilterMotifs {
  private static final int CHUNK = 256;

  private final FilterBank filters;
  private final List<byte[]> sequences;
  private final int threads;

  /** Looks at the given sequences: the positives of the training part. */
  public FilterMotifs(FilterBank filters, List<byte[]> sequences, int threads) {
    this.filters = filters;
    this.sequences = sequences;
    this.threads = threads;
  }

  /** A window and how it excites a filter; {@code start} on the forward strand. */
  private record Window(float activation, int sequence, int start, Strand strand) {}

  /**
   * Every filter's windows by a rule, read on their strands.
   *
   * @return per filter, windows of [filter width] codes, in the order of the sequences but for
   *     {@link SiteRule#TOP}
   */
  public List<List<byte[]>> windows(SiteRule rule) {
    List<List<byte[]>> windows = new ArrayList<>();
    for (int f = 0; f < filters.filters(); f++) {
      windows.add(new ArrayList<>());
    }
    switch (rule) {
      case BASSET, RELMAX -> aboveThresholds(rule, windows);
      case BEST -> bestOfEach(windows);
      case TOP -> top(windows);
    }
    return windows;
  }

  /** The counts of some windows of {@code width} codes. */
  static CountMatrix count(List<byte[]> windows, int width) {
    double[][] counts = new double[width][4];
    for (byte[] w : windows) {
      for (int i = 0; i < width; i++) {
        counts[i][w[i]]++;
      }
    }
    return new CountMatrix(counts);
  }

  private void aboveThresholds(SiteRule rule, List<List<byte[]>> windows) {
    int n = filters.filters();
    double[] sum = new double[n];
    float[] max = new float[n];
    long positions = 0;
    List<double[]> parts = overChunks(new Summing());
    for (double[] part : parts) {
      for (int f = 0; f < n; f++) {
        sum[f] += part[f];
        max[f] = Math.max(max[f], (float) part[n + f]);
      }
      positions += (long) part[2 * n];
    }
    float[] threshold = new float[n];
    for (int f = 0; f < n; f++) {
      double mean = positions == 0 ? 0 : sum[f] / positions;
      threshold[f] =
          (float) (rule == SiteRule.BASSET ? mean + 0.5 * (max[f] - mean) : 0.5 * max[f]);
    }
    List<List<List<Window>>> found =
        overChunks((from, to) -> {
          List<List<Window>> of = new ArrayList<>();
          for (int f = 0; f < n; f++) {
            of.add(new ArrayList<>());
          }
          each(
              from,
              to,
              (s, start, strand, map, at) -> {
                for (int f = 0; f < n; f++) {
                  float a = filters.activation().apply(map[at + f]);
                  if (a > threshold[f]) {
                    of.get(f).add(new Window(a, s, start, strand));
                  }
                }
              });
          return of;
        });
    for (List<List<Window>> chunk : found) {
      for (int f = 0; f < n; f++) {
        for (Window w : chunk.get(f)) {
          add(windows.get(f), w);
        }
      }
    }
  }

  private void bestOfEach(List<List<byte[]>> windows) {
    basewise.nn.BestSites best = filters.best(sequences, threads);
    for (int s = 0; s < sequences.size(); s++) {
      for (int f = 0; f < filters.filters(); f++) {
        if (best.exists(s, f) && best.value(s, f) > 0) {
          Window w = new Window(best.value(s, f), s, best.position(s, f), best.strand(s, f));
          if (known(w)) {
            add(windows.get(f), w);
          }
        }
      }
    }
  }

  private void top(List<List<byte[]>> windows) {
    int n = filters.filters();
    Comparator<Window> weakestFirst =
        Comparator.comparingDouble(Window::activation)
            .thenComparing(Window::sequence, Comparator.reverseOrder())
            .thenComparing(Window::start, Comparator.reverseOrder())
            .thenComparing(Window::strand, Comparator.reverseOrder());
    List<List<PriorityQueue<Window>>> found =
        overChunks((from, to) -> {
          List<PriorityQueue<Window>> of = queues(n, weakestFirst);
          each(
              from,
              to,
              (s, start, strand, map, at) -> {
                for (int f = 0; f < n; f++) {
                  float a = filters.activation().apply(map[at + f]);
                  PriorityQueue<Window> q = of.get(f);
                  if (a > 0 && (q.size() < SiteRule.TOP_WINDOWS || a >= q.element().activation())) {
                    offer(q, new Window(a, s, start, strand));
                  }
                }
              });
          return of;
        });
    List<PriorityQueue<Window>> all = queues(n, weakestFirst);
    for (List<PriorityQueue<Window>> chunk : found) {
      for (int f = 0; f < n; f++) {
        for (Window w : chunk.get(f)) {
          offer(all.get(f), w);
        }
      }
    }
    for (int f = 0; f < n; f++) {
      for (Window w : all.get(f).stream().sorted(weakestFirst.reversed()).toList()) {
        add(windows.get(f), w);
      }
    }
  }

  private static List<PriorityQueue<Window>> queues(int n, Comparator<Window> order) {
    List<PriorityQueue<Window>> out = new ArrayList<>();
    for (int f = 0; f < n; f++) {
      out.add(new PriorityQueue<>(order));
    }
    return out;
  }

  private static void offer(PriorityQueue<Window> queue, Window w) {
    queue.add(w);
    if (queue.size() > SiteRule.TOP_WINDOWS) {
      queue.remove();
    }
  }

  /** Sum and maximum of each filter's activation and the number of windows, flat. */
  private final class Summing implements ChunkWork<double[]> {
    @Override
    public double[] of(int from, int to) {
      int n = filters.filters();
      double[] out = new double[2 * n + 1];
      each(
          from,
          to,
          (s, start, strand, map, at) -> {
            for (int f = 0; f < n; f++) {
              float a = filters.activation().apply(map[at + f]);
              out[f] += a;
              out[n + f] = Math.max(out[n + f], a);
            }
            out[2 * n]++;
          });
      return out;
    }
  }

  private interface ChunkWork<T> {
    T of(int from, int to);
  }

  private interface WindowWork {
    void window(int sequence, int start, Strand strand, float[] map, int at);
  }

  /** Does fixed chunks of the sequences in parallel; the results are in order. */
  private <T> List<T> overChunks(ChunkWork<T> work) {
    int chunks = (sequences.size() + CHUNK - 1) / CHUNK;
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(() ->
              IntStream.range(0, chunks)
                  .parallel()
                  .mapToObj(c -> work.of(c * CHUNK, Math.min(sequences.size(), (c + 1) * CHUNK)))
                  .toList())
          .join();
    }
  }

  /** Visits every window without an N, on each strand the filters see. */
  private void each(int from, int to, WindowWork work) {
    int n = filters.filters();
    int width = filters.width();
    boolean both = filters.strands() == Strands.BOTH;
    float[] forward = new float[0];
    float[] reverse = new float[0];
    for (int s = from; s < to; s++) {
      byte[] codes = sequences.get(s);
      int positions = filters.positions(codes.length);
      if (forward.length < positions * n) {
        forward = new float[positions * n];
        reverse = new float[both ? positions * n : 0];
      }
      filters.scan(codes, forward, reverse);
      int clear = 0; // windows that start before this hold an N
      for (int i = 0; i < Math.min(width - 1, codes.length); i++) {
        clear = codes[i] == Dna.N ? i + 1 : clear;
      }
      for (int p = 0; p < positions; p++) {
        clear = codes[p + width - 1] == Dna.N ? p + width : clear;
        if (p >= clear) {
          work.window(s, p, Strand.FORWARD, forward, p * n);
          if (both) {
            work.window(s, p, Strand.REVERSE, reverse, p * n);
          }
        }
      }
    }
  }

  private boolean known(Window w) {
    return Dna.countN(sequences.get(w.sequence), w.start, w.start + filters.width()) == 0;
  }

  private void add(List<byte[]> windows, Window w) {
    byte[] codes =
        Arrays.copyOfRange(sequences.get(w.sequence), w.start, w.start + filters.width());
    windows.add(w.strand == Strand.FORWARD ? codes : Dna.reverseComplement(codes));
  }
}
