package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaException;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.DeviceSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a GPU for batches that stay there from one scan for the next: it grows as long as
 * enough is left for work, and is given up at once where work has too little. Shared by all lanes.
 */
final class CudaKeep {
  /** Memory is taken in pieces of so many batches, but at most so many bytes. */
  private static final int BATCHES = 16;

  private static final long PIECE = 64L << 20;

  /** What part of the device's memory is left free at least. */
  private static final int PART = 8;

  private static final long ALIGNMENT = 256;

  private final CudaContext context;
  private final List<DeviceBuffer> pieces = new ArrayList<>();

  /** Where the last piece is free. */
  private long at;

  private int users;

  /** How often all was given up: what was kept before is gone. */
  private int ended;

  private boolean full;

  CudaKeep(CudaContext context) {
    this.context = context;
  }

  /** Where a batch lies; only while it is {@link #use}d. */
  record Kept(CudaKeep home, int ended, DeviceSlice bases, DeviceSlice unknown)
      implements KeptBatch {}

  /**
   * Makes room for a batch, which is used from then on.
   *
   * @param leave bytes to leave free
   * @return null where there is none
   */
  synchronized @Nullable Kept take(long places, long leave) {
    long bases = aligned(CudaRoom.baseBytes(places));
    long bytes = bases + aligned(CudaRoom.unknownBytes(places));
    if (full || !reserve(bytes, leave)) {
      full = true;
      return null;
    }
    DeviceBuffer piece = pieces.getLast();
    Kept kept = new Kept(this, ended, piece.at(at), piece.at(at + bases));
    at += bytes;
    users++;
    return kept;
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private boolean reserve(long bytes, long leave) {
    if (!pieces.isEmpty() && at + bytes <= pieces.getLast().bytes()) {
      return true;
    }
    try {
      long free = context.freeMemory() - Math.max(leave, context.device().memory() / PART);
      if (free < bytes) {
        return false;
      }
      long piece = Math.max(bytes, Math.min(free, Math.min(PIECE, BATCHES * bytes)));
      pieces.add(context.allocate(piece));
      at = 0;
      return true;
    } catch (CudaException e) {
      if (e.outOfMemory()) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a batch is still here; if so, it stays until {@link #done}. */
  synchronized boolean use(Kept kept) {
    if (kept.home != this || kept.ended != ended) {
      return false;
    }
    users++;
    return true;
  }

  /** A use has ended. */
  synchronized void done() {
    users--;
    notifyAll();
  }

  /**
   * Gives up all that is kept, once nobody uses it, and keeps no more.
   *
   * @return how often memory has been given up so far
   */
  synchronized int giveUp() {
    full = true;
    clear();
    return ended;
  }

  /** How often memory has been given up so far. */
  synchronized int givenUp() {
    return ended;
  }

  /** As above, but from now on it keeps again. */
  synchronized void restart() {
    clear();
    full = false;
  }

  private void clear() {
    if (pieces.isEmpty()) {
      return;
    }
    ended++;
    boolean interrupted = false;
    while (users > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    pieces.forEach(DeviceBuffer::close);
    pieces.clear();
  }
}
