package basewise.scan;

import basewise.cuda.CudaMissingException;
import basewise.genome.SequenceBlock;
import basewise.scan.device.DeviceMemoryException;
import basewise.scan.device.FoundHits;
import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import basewise.scan.device.LaneLog;
import basewise.scan.device.LaneWork;
import basewise.scan.device.SumTally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A scan by devices. Threads read blocks into a ring of batches; for each lane of a device a thread
 * waits while it finds the hits of a full batch; the threads that read prepare what came back and
 * hand it on in order. What is found is looked at before more is read. A lane without memory leaves
 * its batch to the others.
 */
final class DeviceWorkers<T> {
  private enum State {
    FILLING,
    FULL,
    FOUND,
    DONE
  }

  /** A place of the ring. */
  private static final class Batch implements AutoCloseable {
    private final HitBatch codes;
    private final FoundHits found;
    private final DeviceInput.@Nullable Unit[] units;
    private State state = State.FILLING;
    private int filled;
    private int taken;
    private int prepared;

    Batch(DeviceInput input, HitDevice device, int blocks) {
      codes = input.batch(device, blocks);
      found = new FoundHits(device);
      units = new DeviceInput.Unit[blocks];
    }

    void reset() {
      state = State.FILLING;
      filled = 0;
      taken = 0;
      prepared = 0;
    }

    @Override
    public void close() {
      codes.close();
      found.close();
    }
  }

  private final Scanner scanner;
  private final List<HitDevice> devices;
  private final DeviceInput input;
  private final HitSink<T> sink;
  private final @Nullable SumTally tally;
  private final LongConsumer progress;
  private final int threads;
  private final DeviceSizes sizes;
  private final LaneLog log;
  private final WindowCounts windows;
  private final long first;

  /** Also the monitor of all below, so that who waits for anything hears of a failure. */
  private final InOrder<T> order;

  private final @Nullable Batch[] ring;
  private final ArrayDeque<Batch> full = new ArrayDeque<>();
  private int lanes;

  /** Blocks asked for; of these, not yet in a batch; the last number there is, plus 1. */
  private long asked;

  private int reading;
  private long received;
  private boolean ended;

  /** Batches whose blocks are all prepared, and those of which all are at least being prepared. */
  private long done;

  private long drained;

  DeviceWorkers(
      Scanner scanner,
      List<HitDevice> devices,
      DeviceInput input,
      HitSink<T> sink,
      LongConsumer progress,
      int threads,
      DeviceSizes sizes,
      LaneLog log) {
    this.scanner = scanner;
    this.devices = devices;
    this.input = input;
    this.sink = sink;
    this.progress = progress;
    this.threads = threads;
    this.sizes = sizes;
    this.log = log;
    tally = sink.tally();
    windows = scanner.noWindows();
    first = sink.firstBlock();
    order = new InOrder<>(sink, BlockWorkers.AHEAD * threads);
    ring = new Batch[sizes.batches()];
  }

  WindowCounts run() {
    if (tally != null) {
      devices.forEach(d -> d.beginTally(tally.bySum()));
    }
    List<Thread> waiting = new ArrayList<>();
    lanes = devices.size() * sizes.lanes();
    for (int lane = 0; lane < sizes.lanes(); lane++) {
      for (HitDevice device : devices) {
        Thread.Builder named = Thread.ofPlatform().daemon().name("device-" + waiting.size());
        waiting.add(named.start(() -> serve(device)));
      }
    }
    order.onThreads(threads, this::work);
    waiting.forEach(order::join);
    Arrays.stream(ring).forEach(DeviceWorkers::close);
    try {
      order.check();
    } catch (DeviceMemoryException e) {
      throw new CudaMissingException(e.getMessage() + ", not even for one block at a time", e);
    }
    if (tally != null) {
      devices.forEach(d -> d.tallied(tally));
    }
    return windows;
  }

  private static void close(@Nullable Batch batch) {
    if (batch != null) {
      batch.close();
    }
  }

  /** A lane's thread: takes full batches until there are no more. */
  private void serve(HitDevice device) {
    Batch batch = null;
    try (LaneWork lane = new LaneWork(device.lane(log), log, sizes.room())) {
      while ((batch = nextFull()) != null) {
        if (tally != null) {
          lane.tally(batch.codes);
        } else {
          lane.find(batch.codes, batch.found);
        }
        found(batch);
        batch = null;
      }
    } catch (DeviceMemoryException e) {
      retire(batch, e);
    } catch (Throwable e) {
      order.fail(e);
    }
  }

  private @Nullable Batch nextFull() throws InterruptedException {
    synchronized (order) {
      while (full.isEmpty()) {
        if (order.failed() || (allRead() && done == batches())) {
          return null;
        }
        order.wait();
      }
      return order.failed() ? null : full.remove();
    }
  }

  private void found(Batch batch) {
    synchronized (order) {
      batch.state = tally != null ? State.DONE : State.FOUND;
      recycle();
      order.notifyAll();
    }
  }

  /** A lane has no memory: the others go on, if there are any. */
  private void retire(@Nullable Batch batch, DeviceMemoryException e) {
    synchronized (order) {
      if (--lanes == 0) {
        order.fail(e);
      }
      if (batch != null) {
        full.addFirst(batch);
      }
      order.notifyAll();
    }
  }

  /** Batches that were all prepared can be filled again. */
  private void recycle() {
    while (true) {
      Batch batch = ring[(int) (done % ring.length)];
      if (batch == null || batch.state != State.DONE) {
        return;
      }
      batch.reset();
      done++;
    }
  }

  private boolean allRead() {
    return ended && reading == 0;
  }

  /** How many batches there are in all, once all is read. */
  private long batches() {
    return (received + sizes.blocks() - 1) / sizes.blocks();
  }

  private void work() {
    try {
      WindowCounts mine = scanner.noWindows();
      HitBlock hits = new HitBlock(new SequenceBlock(1));
      while (true) {
        Batch batch = null;
        int at = 0;
        synchronized (order) {
          while (true) {
            if (order.failed()) {
              return;
            }
            batch = drainable();
            if (batch != null) {
              at = batch.taken++;
              break;
            }
            if (!ended && asked < first + (done + ring.length) * sizes.blocks()) {
              asked++;
              reading++;
              break;
            }
            if (allRead() && (tally != null || drained == batches())) {
              order.notifyAll();
              windows.add(mine);
              return;
            }
            order.wait();
          }
        }
        if (batch == null) {
          read(mine);
        } else if (!prepare(batch, at, hits)) {
          return;
        }
      }
    } catch (Throwable e) {
      order.fail(e);
    }
  }

  /** The batch whose hits are next to be prepared, if they are there. */
  private @Nullable Batch drainable() {
    if (tally != null) {
      return null;
    }
    for (drained = Math.max(drained, done); drained < done + ring.length; drained++) {
      Batch batch = ring[(int) (drained % ring.length)];
      if (batch == null || batch.state == State.FILLING || batch.state == State.FULL) {
        return null;
      }
      if (batch.state == State.FOUND && batch.taken < batch.codes.size()) {
        return batch;
      }
    }
    return null;
  }

  /** Reads a block into its place. */
  private void read(WindowCounts mine) {
    DeviceInput.Unit unit = input.next(mine);
    if (unit == null) {
      synchronized (order) {
        ended = true;
        reading--;
        submitLast();
        order.notifyAll();
      }
      return;
    }
    progress.accept(unit.fresh());
    long n = unit.number() - first;
    if (n < 0) {
      unit.free();
      synchronized (order) {
        reading--;
        submitLast();
        order.notifyAll();
      }
      return;
    }
    Batch batch = batch(n / sizes.blocks());
    int at = (int) (n % sizes.blocks());
    unit.put(batch.codes, at, mine);
    if (tally == null) {
      batch.units[at] = unit;
    } else {
      unit.free();
    }
    synchronized (order) {
      reading--;
      received = Math.max(received, n + 1);
      if (++batch.filled == sizes.blocks()) {
        submit(batch);
      }
      submitLast();
    }
  }

  private Batch batch(long index) {
    int slot = (int) (index % ring.length);
    synchronized (order) {
      Batch batch = ring[slot];
      if (batch == null) {
        batch = new Batch(input, devices.getFirst(), sizes.blocks());
        ring[slot] = batch;
      }
      return batch;
    }
  }

  private void submit(Batch batch) {
    batch.codes.size(batch.filled);
    batch.state = State.FULL;
    full.add(batch);
    order.notifyAll();
  }

  /** Once all is read, the last batch need not be full. */
  private void submitLast() {
    if (allRead()) {
      Batch last = ring[(int) (received / sizes.blocks() % ring.length)];
      if (last != null && last.state == State.FILLING && last.filled > 0) {
        submit(last);
      }
      order.notifyAll();
    }
  }

  /** Makes of the hits of a block what is written, and hands it on. */
  private boolean prepare(Batch batch, int at, HitBlock hits) throws InterruptedException {
    DeviceInput.Unit unit = batch.units[at];
    ScanBlock block = unit == null ? null : unit.codes();
    if (unit == null || block == null) {
      throw new IllegalStateException("a block is gone");
    }
    hits.take(block.block(), batch.found, at);
    long number = block.block().number();
    if (sink.ordered()) {
      hits.sort();
    }
    T ready = sink.prepare(hits);
    batch.units[at] = null;
    synchronized (order) {
      if (++batch.prepared == batch.codes.size()) {
        batch.state = State.DONE;
        recycle();
      }
      order.notifyAll();
    }
    unit.free();
    return order.deposit(number, ready);
  }
}
