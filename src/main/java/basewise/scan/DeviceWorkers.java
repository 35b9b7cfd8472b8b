package basewise.scan;

import basewise.cuda.CudaMissingException;
import basewise.genome.SequenceBlock;
import basewise.scan.device.DeviceMemoryException;
import basewise.scan.device.HitDevice;
import basewise.scan.device.LaneLog;
import basewise.scan.device.LaneWork;
import basewise.scan.device.SumTally;
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
  private final Scanner scanner;
  private final List<HitDevice> devices;
  private final DeviceInput input;
  private final HitSink<T> sink;
  private final @Nullable SumTally tally;
  private final LongConsumer progress;
  private final int threads;
  private final DeviceSizes sizes;
  private final LaneLog log;
  private final @Nullable KeptSequences kept;
  private final WindowCounts windows;
  private final long first;

  /** Also the monitor of all below, so that who waits for anything hears of a failure. */
  private final InOrder<T> order;

  private final @Nullable DeviceBatch[] ring;
  private final FullBatches full = new FullBatches();
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
      LaneLog log,
      @Nullable KeptSequences kept) {
    this.scanner = scanner;
    this.devices = devices;
    this.input = input;
    this.sink = sink;
    this.progress = progress;
    this.threads = threads;
    this.sizes = sizes;
    this.log = log;
    this.kept = kept;
    tally = sink.tally();
    windows = scanner.noWindows();
    first = sink.firstBlock();
    order = new InOrder<>(sink, BlockWorkers.AHEAD * threads);
    ring = new DeviceBatch[sizes.batches()];
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

  private static void close(@Nullable DeviceBatch batch) {
    if (batch != null) {
      batch.close();
    }
  }

  /** A lane's thread: takes full batches until there are no more. */
  private void serve(HitDevice device) {
    DeviceBatch batch = null;
    try (LaneWork lane = new LaneWork(device.lane(log), log, sizes.room())) {
      while ((batch = nextFull(device)) != null) {
        if (tally != null) {
          tally(lane, device, batch);
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

  private void tally(LaneWork lane, HitDevice device, DeviceBatch batch) {
    if (kept == null) {
      lane.tally(batch.codes);
      return;
    }
    lane.keep(batch.codes, sizes.work(batch.codes.stride()));
    lane.tally(batch.codes);
    kept.put(batch.first, device, batch.codes);
  }

  private @Nullable DeviceBatch nextFull(HitDevice device) throws InterruptedException {
    synchronized (order) {
      full.waits(device);
      try {
        while (true) {
          if (order.failed() || (full.isEmpty() && allRead() && done == batches())) {
            return null;
          }
          DeviceBatch batch = full.takeFor(device);
          if (batch != null) {
            return batch;
          }
          order.wait();
        }
      } finally {
        full.waitsNoMore(device);
      }
    }
  }

  private void found(DeviceBatch batch) {
    synchronized (order) {
      batch.state = tally != null ? DeviceBatch.State.DONE : DeviceBatch.State.FOUND;
      recycle();
      order.notifyAll();
    }
  }

  /** A lane has no memory: the others go on, if there are any. */
  private void retire(@Nullable DeviceBatch batch, DeviceMemoryException e) {
    synchronized (order) {
      if (--lanes == 0) {
        order.fail(e);
      }
      if (batch != null) {
        full.putBack(batch);
      }
      order.notifyAll();
    }
  }

  /** Batches that were all prepared can be filled again. */
  private void recycle() {
    while (true) {
      DeviceBatch batch = ring[(int) (done % ring.length)];
      if (batch == null || batch.state != DeviceBatch.State.DONE) {
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
        DeviceBatch batch = null;
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
  private @Nullable DeviceBatch drainable() {
    if (tally != null) {
      return null;
    }
    for (drained = Math.max(drained, done); drained < done + ring.length; drained++) {
      DeviceBatch batch = ring[(int) (drained % ring.length)];
      if (batch == null
          || batch.state == DeviceBatch.State.FILLING
          || batch.state == DeviceBatch.State.FULL) {
        return null;
      }
      if (batch.state == DeviceBatch.State.FOUND && batch.taken < batch.codes.size()) {
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
    DeviceBatch batch = batch(n / sizes.blocks());
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

  private DeviceBatch batch(long index) {
    int slot = (int) (index % ring.length);
    synchronized (order) {
      DeviceBatch batch = ring[slot];
      if (batch == null) {
        batch = new DeviceBatch(input, devices.getFirst(), sizes.blocks());
        ring[slot] = batch;
        if (kept != null) {
          batch.codes.recognise();
        }
      }
      batch.first = first + index * sizes.blocks();
      return batch;
    }
  }

  private void submit(DeviceBatch batch) {
    batch.codes.size(batch.filled);
    batch.state = DeviceBatch.State.FULL;
    if (kept != null && tally == null) {
      batch.keeper = kept.find(batch.first, batch.codes);
    }
    full.add(batch);
    order.notifyAll();
  }

  /** Once all is read, the last batch need not be full. */
  private void submitLast() {
    if (allRead()) {
      DeviceBatch last = ring[(int) (received / sizes.blocks() % ring.length)];
      if (last != null && last.state == DeviceBatch.State.FILLING && last.filled > 0) {
        submit(last);
      }
      order.notifyAll();
    }
  }

  /** Makes of the hits of a block what is written, and hands it on. */
  private boolean prepare(DeviceBatch batch, int at, HitBlock hits) throws InterruptedException {
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
        batch.state = DeviceBatch.State.DONE;
        recycle();
      }
      order.notifyAll();
    }
    unit.free();
    return order.deposit(number, ready);
  }
}
