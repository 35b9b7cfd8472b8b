package basewise.scan;

import basewise.genome.SequenceBlock;
import java.util.function.LongConsumer;

/**
 * Threads that take blocks, find hits, prepare them, and hand them on in order. A thread that runs
 * ahead waits when {@link #AHEAD} times the number of threads are prepared and not written.
 */
final class BlockWorkers<T> {
  static final int AHEAD = 4;

  private final Scanner scanner;
  private final ScanBlocks source;
  private final HitSink<T> sink;
  private final LongConsumer progress;
  private final int capacity;
  private final int threads;
  private final WindowCounts windows;
  private final InOrder<T> order;

  BlockWorkers(
      Scanner scanner,
      ScanBlocks source,
      HitSink<T> sink,
      LongConsumer progress,
      int capacity,
      int threads) {
    this.scanner = scanner;
    this.source = source;
    this.sink = sink;
    this.progress = progress;
    this.capacity = capacity;
    this.threads = threads;
    windows = scanner.noWindows();
    order = new InOrder<>(sink, AHEAD * threads);
  }

  WindowCounts run() {
    order.onThreads(threads, this::work);
    order.check();
    return windows;
  }

  private void work() {
    try {
      ScanBlock spare = new ScanBlock(capacity);
      HitBlock hits = new HitBlock(spare.block());
      WindowCounts mine = scanner.noWindows();
      while (!order.failed()) {
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
        if (!order.deposit(block.number(), ready)) {
          return;
        }
        progress.accept(block.fresh());
      }
      synchronized (windows) {
        windows.add(mine);
      }
    } catch (Throwable e) {
      order.fail(e);
    }
  }
}
