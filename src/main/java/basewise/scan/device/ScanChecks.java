package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.KernelCheck;
import basewise.genome.SequenceBlock;
import basewise.scan.kernel.BlockCodes;
import basewise.scan.kernel.DeviceTables;
import basewise.scan.kernel.HitKernel;
import basewise.scan.kernel.HitKernels;
import basewise.scan.kernel.OrientedMatrix;
import basewise.scan.kernel.ScalarHitKernel;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Holds the scan's kernels on a device to what the processor finds: every hit, and every count. */
public final class ScanChecks {
  private static final long SEED = 31;
  private static final int BITS = 21;

  /** Bases of the words of an index that all matrices of so many columns are put into. */
  private static final int INDEXED = 6;

  /** On both sides of a word, a warp's starts, a tile and a block. */
  private static final int[] LENGTHS = {0, 1, 7, 31, 33, 64, 1023, 1024, 1025, 2048, 4097, 8191};

  private final CudaDevice device;
  private final Map<String, KernelCheck.Count> counts = new TreeMap<>();

  private ScanChecks(CudaDevice device) {
    this.device = device;
  }

  /**
   * All of them.
   *
   * @param collection matrices of a real collection, beside random ones
   */
  public static List<KernelCheck> run(CudaDevice device, List<OrientedMatrix> collection) {
    List<KernelCheck> all = new ArrayList<>();
    try (CudaContext context = CudaContext.open(device)) {
      all.addAll(EncodeChecks.run(context));
    }
    ScanChecks checks = new ScanChecks(device);
    for (int[] shape :
        new int[][] {{1, 15, 15}, {3, 1, 6}, {9, 4, 30}, {40, 6, 20}, {400, 5, 60}}) {
      List<OrientedMatrix> matrices = random(shape[0], shape[1], shape[2]);
      String name = "%d matrices of %d to %d columns".formatted(shape[0], shape[1], shape[2]);
      HitKernel twin = new ScalarHitKernel(matrices);
      List<byte[]> blocks = blocks(LENGTHS);
      checks.compare(name, matrices, DeviceTables.plan(matrices), twin, blocks);
      if (shape[1] >= INDEXED) {
        List<DeviceTables> index = DeviceTables.plan(matrices, INDEXED, 1);
        checks.compare(name + ", all in an index", matrices, index, twin, blocks);
      }
    }
    // The plain loop is too slow for these; the kernels that stand in for it are held to it in the
    // tests.
    int[] lengths = new int[device.emulation() ? 1 : 64];
    Arrays.fill(lengths, device.emulation() ? 4000 : 65_536);
    checks.compare(
        "a collection of %d matrices".formatted(collection.size()),
        collection,
        DeviceTables.plan(collection),
        HitKernels.plan(collection),
        blocks(lengths));
    checks.counts.values().forEach(c -> all.add(c.check()));
    return List.copyOf(all);
  }

  /** Matrices with one better base in most columns, so that there are hits but not everywhere. */
  private static List<OrientedMatrix> random(int n, int narrowest, int widest) {
    List<OrientedMatrix> out = new ArrayList<>();
    for (int id = 0; id < n; id++) {
      RandomGenerator random = Seeds.generator(SEED, id);
      int width = random.nextInt(narrowest, widest + 1);
      int[][] cells = new int[width][4];
      double mean = 0;
      double variance = 0;
      for (int[] column : cells) {
        boolean sharp = random.nextInt(4) > 0;
        for (int c = 0; c < 4; c++) {
          column[c] = random.nextInt(sharp ? 300 : 1001);
        }
        column[random.nextInt(4)] = random.nextInt(sharp ? 700 : 0, 1001);
        double m = Arrays.stream(column).average().orElse(0);
        mean += m;
        variance += Arrays.stream(column).mapToDouble(x -> (x - m) * (x - m) / 4).sum();
      }
      // About one window in a thousand.
      out.add(new OrientedMatrix(id, cells, (int) (mean + 3 * Math.sqrt(variance))));
    }
    return out;
  }

  private static List<byte[]> blocks(int[] lengths) {
    List<byte[]> out = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      RandomGenerator random = Seeds.generator(SEED, -1 - b);
      byte[] codes = new byte[lengths[b]];
      int unknown = 0;
      for (int i = 0; i < codes.length; i++) {
        if (unknown == 0 && random.nextInt(300) == 0) {
          unknown = random.nextInt(40);
        }
        codes[i] = unknown > 0 ? Dna.N : (byte) random.nextInt(Dna.N);
        unknown = Math.max(0, unknown - 1);
      }
      out.add(codes);
    }
    return out;
  }

  private void compare(
      String name,
      List<OrientedMatrix> matrices,
      List<DeviceTables> tables,
      HitKernel twin,
      List<byte[]> blocks) {
    String kernels =
        tables.stream().map(DeviceTables::resource).distinct().collect(Collectors.joining(" + "));
    int longest = blocks.stream().mapToInt(b -> b.length).max().orElse(0);
    LaneLog log = new LaneLog();
    try (HitDevice hits = CudaHitDevice.open(device, tables);
        CodeBatch batch = new CodeBatch(hits, blocks.size(), longest + 1);
        LaneWork work = new LaneWork(hits.lane(log), log, 64);
        FoundHits found = new FoundHits(hits)) {
      List<long[]> expected = new ArrayList<>();
      for (int b = 0; b < blocks.size(); b++) {
        byte[] codes = Arrays.copyOf(blocks.get(b), blocks.get(b).length + 1);
        codes[codes.length - 1] = Dna.N;
        // Some blocks end in windows that belong to the next.
        int limit = b % 3 == 2 ? codes.length * 3 / 4 : codes.length;
        batch.put(b, codes, codes.length, limit);
        expected.add(plain(twin, blocks.get(b), limit));
      }
      batch.size(blocks.size());
      work.find(batch, found);
      KernelCheck.Count count =
          count(kernels + "_hits", "scan.kernel.ScalarHitKernel and what equals it, every hit");
      for (int b = 0; b < blocks.size(); b++) {
        long[] mine = new long[found.size(b)];
        found.copy(b, mine);
        Arrays.sort(mine);
        count.same(name + ", block " + b, expected.get(b), mine);
      }
      for (boolean bySum : new boolean[] {false, true}) {
        hits.beginTally(bySum);
        batch.size(blocks.size());
        work.tally(batch);
        histogram(kernels, name, matrices, expected, hits, bySum);
      }
    }
  }

  private static long[] plain(HitKernel twin, byte[] codes, int limit) {
    byte[] padded = Arrays.copyOf(codes, codes.length + SequenceBlock.PADDING);
    Arrays.fill(padded, codes.length, padded.length, Dna.N);
    List<Long> hits = new ArrayList<>();
    twin.scan(
        BlockCodes.of(padded, codes.length, limit),
        (start, oriented, sum) ->
            hits.add((long) start << 2 * BITS | (long) oriented << BITS | sum));
    return hits.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private void histogram(
      String kernels,
      String name,
      List<OrientedMatrix> matrices,
      List<long[]> hits,
      HitDevice on,
      boolean bySum) {
    Map<Integer, Integer> cutoffs = new HashMap<>();
    matrices.forEach(m -> cutoffs.put(m.id(), m.cutoff()));
    Map<List<Integer>, Long> expected = new TreeMap<>(ScanChecks::order);
    for (long[] block : hits) {
      for (long hit : block) {
        int id = (int) (hit >>> BITS) & (1 << BITS) - 1;
        int sum = (int) hit & (1 << BITS) - 1;
        expected.merge(List.of(id, bySum ? sum : cutoffs.getOrDefault(id, 0)), 1L, Long::sum);
      }
    }
    Map<List<Integer>, Long> mine = new TreeMap<>(ScanChecks::order);
    on.tallied(
        new SumTally() {
          @Override
          public boolean bySum() {
            return bySum;
          }

          @Override
          public void add(int oriented, int sum, long n) {
            mine.merge(List.of(oriented, sum), n, Long::sum);
          }
        });
    KernelCheck.Count count = count(kernels + "_histogram", "counts of the same hits");
    count.same(
        "%s, %s, keys".formatted(name, bySum ? "by sum" : "by matrix"), keys(expected), keys(mine));
    count.same(
        "%s, %s".formatted(name, bySum ? "by sum" : "by matrix"),
        expected.values().stream().mapToLong(Long::longValue).toArray(),
        mine.values().stream().mapToLong(Long::longValue).toArray());
  }

  private static int[] keys(Map<List<Integer>, Long> counts) {
    return counts.keySet().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  private static int order(List<Integer> a, List<Integer> b) {
    int first = a.get(0).compareTo(b.get(0));
    return first != 0 ? first : a.get(1).compareTo(b.get(1));
  }

  private KernelCheck.Count count(String kernel, String twin) {
    KernelCheck.Count count = counts.computeIfAbsent(kernel, k -> new KernelCheck.Count(k, twin));
    count.nextCase();
    return count;
  }
}
