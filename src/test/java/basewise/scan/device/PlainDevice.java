package basewise.scan.device;

import basewise.genome.SequenceBlock;
import basewise.scan.kernel.BlockCodes;
import basewise.scan.kernel.OrientedMatrix;
import basewise.scan.kernel.ScalarHitKernel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A device in plain Java, over the definition: what a batch must come back as. It gives tiles and
 * their hits in a random order, has as little memory as a test wants, forgets what has no room, and
 * fails when told to.
 */
public final class PlainDevice implements HitDevice {
  private final List<List<OrientedMatrix>> passes = new ArrayList<>();
  private final List<OrientedMatrix> matrices;
  private final Map<Long, Long> tallied = new TreeMap<>();
  private final AtomicLong memory;
  private final AtomicInteger untilFailure;
  private boolean bySum;
  private int open;
  private int kept;

  /** What goes wrong. */
  public record Limits(long memory, int untilFailure) {
    /** Nothing. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * A device for some matrices.
   *
   * @param passes over each batch, each with some of the matrices
   */
  public PlainDevice(List<OrientedMatrix> matrices, int passes, Limits limits) {
    this.matrices = matrices;
    for (int i = 0; i < passes; i++) {
      this.passes.add(new ArrayList<>());
    }
    for (int m = 0; m < matrices.size(); m++) {
      this.passes.get(m % passes).add(matrices.get(m));
    }
    memory = new AtomicLong(limits.memory);
    untilFailure = new AtomicInteger(limits.untilFailure);
  }

  @Override
  public synchronized HitLane lane(LaneLog log) {
    take(1);
    open++;
    return new Lane(log);
  }

  @Override
  public HostBuffer host(long bytes) {
    return new PlainBuffer(ByteBuffer.allocate((int) bytes));
  }

  @Override
  public synchronized void beginTally(boolean sums) {
    bySum = sums;
    tallied.clear();
  }

  @Override
  public synchronized void tallied(SumTally to) {
    tallied.forEach((key, n) -> to.add((int) (key >>> 21), (int) (key & 0x1fffff), n));
  }

  @Override
  public synchronized void restartKeeping() {
    memory.addAndGet(kept);
    kept = 0;
  }

  @Override
  public String describe() {
    return "plain loops";
  }

  /** How many lanes are open. */
  public synchronized int open() {
    return open;
  }

  @Override
  public void close() {
    if (open != 0) {
      throw new IllegalStateException("lanes are open");
    }
  }

  private void take(long bytes) {
    if (memory.addAndGet(-bytes) < 0) {
      memory.addAndGet(bytes);
      throw new DeviceMemoryException("no " + bytes + " bytes left");
    }
  }

  /** A copy of a batch. */
  private record Kept(PlainDevice home, List<byte[]> codes) implements KeptBatch {}

  private final class Lane implements HitLane {
    private final LaneLog log;
    private long codes;
    private long room;
    private int blocks;
    private final List<List<long[]>> found = new ArrayList<>(); // [pass][tile]

    Lane(LaneLog log) {
      this.log = log;
    }

    @Override
    public void reserve(long moreCodes, long moreHits) {
      if (moreCodes > codes) {
        take(moreCodes - codes);
        codes = moreCodes;
      }
      if (moreHits > room) {
        take(8 * (moreHits - room));
        room = moreHits;
      }
    }

    @Override
    public int passes() {
      return passes.size();
    }

    @Override
    public long room() {
      return room;
    }

    @Override
    public @Nullable KeptBatch keep(HitBatch batch, long leave) {
      synchronized (PlainDevice.this) {
        int bytes = (int) batch.data().bytes();
        if (memory.get() - leave < bytes) {
          return null;
        }
        take(bytes);
        kept += bytes;
        log.up(bytes);
        List<byte[]> codes =
            IntStream.range(0, batch.size()).mapToObj(b -> codes(batch, b)).toList();
        return new Kept(PlainDevice.this, codes);
      }
    }

    @Override
    public boolean giveUpKept() {
      boolean some = kept > 0;
      restartKeeping();
      return some;
    }

    private @Nullable Kept kept(HitBatch batch) {
      return kept > 0 && batch.kept() instanceof Kept k && k.home == PlainDevice.this ? k : null;
    }

    /** The codes of a block, with what lies behind them. */
    private byte[] codes(HitBatch batch, int block) {
      int stride = batch.stride();
      byte[] all = new byte[stride + SequenceBlock.PADDING];
      Arrays.fill(all, (byte) 4);
      ByteBuffer data = ((PlainBuffer) batch.data()).memory();
      switch (batch) {
        case CodeBatch _ -> data.get(block * stride, all, 0, stride);
        case PackedBatch packed -> {
          for (int i = 0; i < stride; i++) {
            int four = data.get((block * stride + i) / 4);
            all[i] = (byte) new int[] {3, 1, 0, 2}[four >> 6 - 2 * (i & 3) & 3]; // T C A G
          }
          int[] runs = packed.runs(block);
          for (int i = 0; i < runs.length; i += 2) {
            Arrays.fill(all, runs[i], runs[i + 1], (byte) 4);
          }
        }
      }
      return all;
    }

    /** The hits of a pass in a block. */
    private List<long[]> hits(List<OrientedMatrix> some, HitBatch batch, int block) {
      int stride = batch.stride();
      Kept k = kept(batch);
      byte[] all = k != null ? k.codes.get(block) : codes(batch, block);
      List<List<Long>> tiles = new ArrayList<>();
      for (int t = 0; t < stride / TILE; t++) {
        tiles.add(new ArrayList<>());
      }
      new ScalarHitKernel(some)
          .scan(
              BlockCodes.of(all, stride, batch.startLimit(block)),
              (start, oriented, sum) ->
                  tiles.get(start / TILE).add((long) start << 42 | (long) oriented << 21 | sum));
      return tiles.stream().map(t -> t.stream().mapToLong(x -> x).toArray()).toList();
    }

    @Override
    public long find(HitBatch batch, int from, int to) {
      if (untilFailure.decrementAndGet() < 0) {
        throw new IllegalStateException("the device is lost");
      }
      if ((long) (to - from) * batch.stride() > codes) {
        throw new IllegalArgumentException("no room for so many codes");
      }
      if (kept(batch) != null) {
        log.resident();
      } else {
        log.up((long) (to - from) * batch.stride());
      }
      found.clear();
      blocks = to - from;
      long n = 0;
      for (List<OrientedMatrix> pass : passes) {
        List<long[]> tiles = new ArrayList<>();
        for (int block = from; block < to; block++) {
          tiles.addAll(hits(pass, batch, block));
        }
        n += tiles.stream().mapToLong(t -> t.length).sum();
        found.add(tiles);
      }
      return n;
    }

    @Override
    public void fetch(HostBuffer hits, int[] first, int[] count) {
      SplittableRandom random = new SplittableRandom(blocks);
      List<Integer> order = new ArrayList<>();
      int tiles = found.getFirst().size();
      for (int t = 0; t < tiles * passes.size(); t++) {
        order.add(random.nextInt(order.size() + 1), t);
      }
      int at = 0;
      for (int i : order) {
        long[] tile = found.get(i / tiles).get(i % tiles);
        first[i] = at;
        count[i] = tile.length;
        for (int j = tile.length - 1; j >= 0; j--) {
          ((PlainBuffer) hits).memory().putLong(8 * at++, tile[j]);
        }
        if (at > room) {
          throw new IllegalStateException("more hits than room");
        }
      }
      log.down(8L * at);
    }

    @Override
    public void tally(HitBatch batch, int from, int to) {
      long n = find(batch, from, to);
      if (n == 0) {
        return;
      }
      synchronized (PlainDevice.this) {
        for (List<long[]> tiles : found) {
          for (long[] tile : tiles) {
            for (long hit : tile) {
              long key = hit & (1L << 42) - 1;
              if (!bySum) {
                int id = (int) (key >>> 21);
                int cutoff =
                    matrices.stream().filter(m -> m.id() == id).findFirst().orElseThrow().cutoff();
                key = (long) id << 21 | cutoff;
              }
              tallied.merge(key, 1L, Long::sum);
            }
          }
        }
      }
    }

    @Override
    public void close() {
      memory.addAndGet(codes + 8 * room + 1);
      synchronized (PlainDevice.this) {
        open--;
      }
    }
  }
}
