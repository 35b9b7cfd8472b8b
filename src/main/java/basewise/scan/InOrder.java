package basewise.scan;

import org.jspecify.annotations.Nullable;

/**
 * Results of blocks, made by several threads in any order and written in the order of the blocks,
 * by one thread at a time. Who is too far ahead waits. The first failure of any thread ends the
 * work of all.
 */
final class InOrder<T> {
  private final HitSink<T> sink;
  private final @Nullable Object[] prepared;
  private long turn;
  private boolean writing;
  private @Nullable Throwable failure;

  /**
   * Nothing yet.
   *
   * @param ahead how many results may wait to be written
   */
  InOrder(HitSink<T> sink, int ahead) {
    this.sink = sink;
    prepared = new Object[ahead];
    turn = sink.firstBlock();
  }

  synchronized boolean failed() {
    return failure != null;
  }

  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** Throws what a thread failed by. */
  synchronized void check() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /**
   * Leaves what is ready in its place, and writes what is due unless another thread does.
   *
   * @return whether all is well
   */
  boolean deposit(long number, T ready) throws InterruptedException {
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

  /**
   * Runs work on some threads, this one among them, and waits for all; it reports failures itself.
   */
  void onThreads(int threads, Runnable work) {
    Thread[] others = new Thread[threads - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = Thread.ofPlatform().name("scan-" + (i + 1)).daemon().start(work);
    }
    work.run();
    for (Thread t : others) {
      join(t);
    }
  }

  /** Waits for a thread to end; an interruption fails the work and is kept. */
  void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
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
}
