package basewise.cuda;

/** What a context gives out and takes back. */
abstract class Resource implements AutoCloseable {
  private final CudaContext context;
  private boolean closed;

  Resource(CudaContext context) {
    this.context = context;
    context.own(this);
  }

  /** Where it lives. */
  public CudaContext context() {
    return context;
  }

  /** Gives it back; a second call does nothing, nor does one after its context was closed. */
  @Override
  public final void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    context.disown(this);
    release();
  }

  /** Refuses what was closed. */
  final synchronized void open() {
    if (closed) {
      throw new IllegalStateException("closed: " + this);
    }
  }

  /** A size that can be asked for. */
  static long size(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("not a size: " + bytes);
    }
    return bytes;
  }

  /** Tells the driver; must not throw, for the device may be gone. */
  abstract void release();
}
