package basewise.nn.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A few threads that share numbered chunks of work. What a chunk is never depends on how many
 * threads there are, so results do not either, as long as chunks write to places of their own and
 * are added up in their order.
 */
public final class Workers implements AutoCloseable {
  /** The calling thread alone. */
  public static final Workers ALONE = new Workers(1);

  private final int threads;
  private final ExecutorService pool;

  private Workers(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newCachedThreadPool(task -> {
          Thread t = new Thread(task, "basewise-nn");
          t.setDaemon(true);
          return t;
        });
  }

  /** {@code threads} threads, the caller's among them; close it to let them go. */
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
    return threads == 1 ? ALONE : new Workers(threads);
  }

  /** Runs {@code work} once for each chunk 0..chunks-1 and returns when all are done. */
  public void run(int chunks, IntConsumer work) {
    int helpers = Math.min(threads, chunks) - 1;
    if (helpers <= 0) {
      for (int i = 0; i < chunks; i++) {
        work.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          for (int i = next.getAndIncrement(); i < chunks; i = next.getAndIncrement()) {
            work.accept(i);
          }
        };
    List<Future<?>> running = new ArrayList<>();
    for (int h = 0; h < helpers; h++) {
      running.add(pool.submit(loop));
    }
    try {
      loop.run();
    } finally {
      // A failing chunk must not leave helpers writing into arrays the caller has given up.
      next.set(chunks);
      for (Future<?> f : running) {
        await(f);
      }
    }
  }

  /** Runs {@code work} once for each item 0..n-1, {@code atOnce} in a row by one thread. */
  public void each(int n, int atOnce, IntConsumer work) {
    run(
        (n + atOnce - 1) / atOnce,
        chunk -> {
          int end = Math.min(n, (chunk + 1) * atOnce);
          for (int i = chunk * atOnce; i < end; i++) {
            work.accept(i);
          }
        });
  }

  private static void await(Future<?> f) {
    boolean interrupted = false;
    while (true) {
      try {
        f.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (threads > 1) {
      pool.shutdown();
    }
  }
}
