package basewise.genome;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The contents of bgzip data (section 4.1 of the SAM specification): gzip members of at most 64 KiB
 * that say how long they are, so that several threads can inflate them ahead of the reader. Each
 * must have its checksum and size, and the last must be the empty one that bgzip ends with: a file
 * cut between two blocks cannot be told otherwise. Memory is bounded; for one reader.
 */
final class BgzipBytes extends InputStream {
  private static final int BLOCK = 1 << 16;
  private static final int HEADER = 12;

  /** Blocks inflated at a time. */
  private static final int BATCH = 16;

  private final InputStream in;
  private final ExecutorService pool;
  private final ArrayDeque<Future<Batch>> ahead = new ArrayDeque<>();
  private final ArrayDeque<Batch> free = new ArrayDeque<>();
  private final List<Batch> batches = new ArrayList<>();
  private final byte[] header = new byte[HEADER];
  private byte[] extra = new byte[8];
  private long place;
  private boolean lastIsEmpty;
  private boolean readAll;

  private Batch current = new Batch();
  private int at;

  BgzipBytes(InputStream in, int threads) {
    this.in = in;
    pool =
        Executors.newFixedThreadPool(
            threads, r -> Thread.ofPlatform().daemon().name("inflate").unstarted(r));
    batches.add(current);
    for (int i = 0; i < 2 * threads; i++) {
      Batch batch = new Batch();
      batches.add(batch);
      free.add(batch);
    }
  }

  /** Whether gzip data begins with a block of bgzip: its first extra field is "BC", 2 bytes. */
  static boolean recognises(byte[] head) {
    return head.length >= 16
        && (head[0] & 0xff) == 0x1f
        && (head[1] & 0xff) == 0x8b
        && (head[3] & 4) != 0
        && head[12] == 'B'
        && head[13] == 'C'
        && head[14] == 2
        && head[15] == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == current.size) {
      if (!advance()) {
        return -1;
      }
    }
    int n = Math.min(length, current.size - at);
    System.arraycopy(current.plain, at, into, offset, n);
    at += n;
    return n;
  }

  /** Takes the next inflated batch and keeps the threads busy. */
  private boolean advance() throws IOException {
    while (!readAll && !free.isEmpty()) {
      Batch batch = free.element();
      readAll = !load(batch);
      if (batch.blocks > 0) {
        ahead.add(pool.submit(free.remove()));
      }
    }
    Future<Batch> next = ahead.poll();
    if (next == null) {
      return false;
    }
    free.add(current);
    at = 0;
    try {
      current = next.get();
      return true;
    } catch (ExecutionException e) {
      current = new Batch();
      if (e.getCause() instanceof IOException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Reads the blocks of a batch; false at the end of the data. */
  private boolean load(Batch batch) throws IOException {
    batch.blocks = 0;
    batch.packedSize = 0;
    while (batch.blocks < BATCH) {
      if (!readBlock(batch)) {
        if (!lastIsEmpty) {
          throw new EOFException("it lacks the empty block that ends bgzip, at byte " + place);
        }
        return false;
      }
    }
    return true;
  }

  private boolean readBlock(Batch batch) throws IOException {
    int n = in.readNBytes(header, 0, HEADER);
    if (n == 0) {
      return false;
    }
    need(n, HEADER);
    if ((header[0] & 0xff) != 0x1f || (header[1] & 0xff) != 0x8b || (header[3] & 4) == 0) {
      throw new ZipException("no block of bgzip at byte " + place);
    }
    int extras = number(header, 10, 2);
    if (extra.length < extras) {
      extra = new byte[extras];
    }
    need(in.readNBytes(extra, 0, extras), extras);
    int size = -1;
    for (int i = 0; i + 4 <= extras; i += 4 + number(extra, i + 2, 2)) {
      if (extra[i] == 'B' && extra[i + 1] == 'C' && i + 6 <= extras) {
        size = number(extra, i + 4, 2) + 1;
      }
    }
    int rest = size - HEADER - extras;
    if (rest < 8) {
      throw new ZipException("no block of bgzip at byte " + place);
    }
    need(in.readNBytes(batch.packed, batch.packedSize, rest), rest);
    batch.ends[batch.blocks] = batch.packedSize + rest;
    batch.places[batch.blocks] = place;
    batch.blocks++;
    batch.packedSize += rest;
    lastIsEmpty = number(batch.packed, batch.packedSize - 4, 4) == 0;
    place += size;
    return true;
  }

  private void need(int found, int expected) throws IOException {
    if (found < expected) {
      throw new EOFException("it ends within the block at byte " + place);
    }
  }

  private static int number(byte[] bytes, int at, int n) {
    int out = 0;
    for (int i = 0; i < n; i++) {
      out |= (bytes[at + i] & 0xff) << 8 * i;
    }
    return out;
  }

  @Override
  public void close() throws IOException {
    pool.shutdownNow();
    batches.forEach(b -> b.inflater.end());
    in.close();
  }

  /** Some blocks, packed and then inflated; reused. */
  private static final class Batch implements Callable<Batch> {
    final byte[] packed = new byte[BATCH * BLOCK];
    final byte[] plain = new byte[BATCH * BLOCK + 1];
    final int[] ends = new int[BATCH];
    final long[] places = new long[BATCH];
    final Inflater inflater = new Inflater(true);
    final CRC32 crc = new CRC32();
    int blocks;
    int packedSize;
    int size;

    @Override
    public Batch call() throws IOException {
      size = 0;
      int from = 0;
      for (int b = 0; b < blocks; b++) {
        int end = ends[b] - 8;
        inflate(from, end, places[b]);
        from = ends[b];
      }
      return this;
    }

    private void inflate(int from, int end, long place) throws IOException {
      int n = number(packed, end + 4, 4);
      if (n < 0 || n > BLOCK) {
        throw new ZipException("the block at byte " + place + " is damaged");
      }
      try {
        inflater.reset();
        inflater.setInput(packed, from, end - from);
        int done = 0;
        while (!inflater.finished() && done <= n) {
          int some = inflater.inflate(plain, size + done, n - done + 1);
          if (some == 0 && !inflater.finished()) {
            throw new ZipException("the block at byte " + place + " is damaged");
          }
          done += some;
        }
        crc.reset();
        crc.update(plain, size, n);
        if (done != n
            || inflater.getRemaining() > 0
            || (int) crc.getValue() != number(packed, end, 4)) {
          throw new ZipException("the checksum of the block at byte " + place + " is wrong");
        }
        size += n;
      } catch (DataFormatException e) {
        throw new ZipException("the block at byte " + place + " is damaged");
      }
    }
  }
}
