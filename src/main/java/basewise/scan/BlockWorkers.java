package basewise.scan;

import basewise.genome.SequenceBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that take blocks, find hits, prepare them, and hand them on in order. A thread that runs
 * ahead waits when {@link #AHEAD} times the number of threads are prepared and not written.
 */
final class BlockWorkers<T> {
  private static final int AHEAD = 4;

  private final Scanner scanner;
  private final ScanBlocks source;
  private final HitSink<T> sink;
  private final LongConsumer progress;
  private final int capacity;
  private final WindowCounts windows;

  private @Nullable Object[] prepared = new Object[0];
  private long turn;
  private boolean writing;
  private @Nullable Throwable failure;

  BlockWorkers(
      Scanner scanner, ScanBlocks source, HitSink<T> sink, LongConsumer progress, int capacity) {
    this.scanner = scanner;
    this.source = source;
    this.sink = sink;
    this.progress = progress;
    this.capacity = capacity;
    windows = scanner.noWindows();
  }

  WindowCounts run(int threads) {
    prepared = new Object[AHEAD * threads];
    turn = sink.firstBlock();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(Thread.ofPlatform().name("scan-" + i).daemon().start(this::work));
    }
    work();
    for (Thread t : others) {
      boolean interrupted = false;
      while (true) {
        try {
          t.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          fail(new IllegalStateException("interrupted", e));
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
    return windows;
  }

  private void work() {
    try {
      ScanBlock spare = new ScanBlock(capacity);
      HitBlock hits = new HitBlock(spare.block());
      WindowCounts mine = scanner.noWindows();
      while (!failed()) {
        ScanBlock next = source.next(spare);
        if (next == null) {
          break;
        }
        SequenceBlock block = next.block();
        mine.count(next);
        if (block.number() < sink.firstBlock()) {
          progress.accept(block.fresh());
          continue;
        }
        scanner.find(next, hits, sink.ordered());
        T ready = sink.prepare(hits);
        if (!deposit(block.number(), ready)) {
          return;
        }
        progress.accept(block.fresh());
      }
      synchronized (this) {
        windows.add(mine);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized boolean failed() {
    return failure != null;
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** Leaves what is ready in its place, and writes what is due unless another thread does. */
  private boolean deposit(long number, T ready) throws InterruptedException {
    synchronized (this) {
      while (failure == null && number >= turn + prepared.length) {
        wait();
      }
      if (failure != null) {
        return false;
      }
      prepared[(int) (number % prepared.length)] = ready;
      if (writing) {
        return true;
      }
      writing = true;
    }
    while (true) {
      T next;
      synchronized (this) {
        int slot = (int) (turn % prepared.length);
        @SuppressWarnings("unchecked")
        T due = (T) prepared[slot];
        if (due == null || failure != null) {
          writing = false;
          return failure == null;
        }
        next = due;
        prepared[slot] = null;
      }
      sink.write(next);
      synchronized (this) {
        turn++;
        notifyAll();
      }
    }
  }
}
