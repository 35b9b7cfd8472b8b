package basewise.genome;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plain FASTA in a file, read and turned into codes by several threads at once: the sequences of
 * {@link FastaBlocks}, in blocks that each have the text of one stretch of the file. Where a
 * stretch begins is decided one thread at a time, as are the names and places of its pieces, in
 * order.
 */
final class FastaChunks implements BlockSource {
  /** Bytes that are looked at to find the last end of a line in a stretch. */
  private static final int LAST = 1 << 10;

  /** Looks at whose turn it is before a thread sleeps. */
  private static final int SPINS = 200;

  private final String file;
  private final FileChannel channel;
  private final long size;
  private final BlockOptions options;
  private final Ledger ledger;
  private final FastaRecords records;
  private final ConcurrentLinkedQueue<FastaChunk> free = new ConcurrentLinkedQueue<>();

  /** The next stretch, and how its first byte stands. */
  private long at;

  private FastaChunk.Line state = FastaChunk.Line.START;
  private boolean afterReturn;
  private long taken;

  /** The stretch whose pieces are due, and the line it begins in. */
  private volatile long turn;

  private long line = 1;
  private volatile @Nullable RuntimeException broken;
  private final Map<Long, Thread> waiting = new ConcurrentHashMap<>();
  private final AtomicLong read = new AtomicLong();

  private FastaChunks(
      String file,
      FileChannel channel,
      long from,
      BlockOptions options,
      Ledger ledger,
      FastaRecords records)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.options = options;
    this.ledger = ledger;
    this.records = records;
    size = channel.size();
    at = from;
    read.set(from);
  }

  /** Opens a file whose text begins at some byte. */
  static FastaChunks open(
      String file,
      Path path,
      long from,
      BlockOptions options,
      Ledger ledger,
      FastaRecords records) {
    try {
      return new FastaChunks(file, FileChannel.open(path), from, options, ledger, records);
    } catch (IOException e) {
      throw SequenceBytes.unreadable(file, 0, e);
    }
  }

  @Override
  public boolean next(SequenceBlock block) {
    FastaChunk chunk = free.poll();
    if (chunk == null) {
      chunk = new FastaChunk(options);
    }
    try {
      while (take(chunk, block.capacity())) {
        block.clear(0);
        chunk.parse(this::read, block);
        read.addAndGet(chunk.length());
        if (settle(chunk, block)) {
          free.add(chunk);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      RuntimeException failure = SequenceBytes.unreadable(file, 0, e);
      fail(failure);
      throw failure;
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  private void fail(RuntimeException e) {
    synchronized (this) {
      if (broken == null) {
        broken = e;
      }
    }
    waiting.values().forEach(LockSupport::unpark);
  }

  /** Decides which stretch comes next. */
  private synchronized boolean take(FastaChunk chunk, int capacity) throws IOException {
    if (broken != null) {
      throw broken;
    }
    int most = capacity - options.overlap() - 1;
    if (most < 1) {
      throw new IllegalArgumentException(
          "a block is too small for an overlap of " + options.overlap());
    }
    if (at >= size) {
      if (taken == 0) {
        records.end();
      }
      return false;
    }
    long end = Math.min(size, at + most);
    chunk.begin(taken++, at, end, state, afterReturn);
    advance(end);
    at = end;
    return true;
  }

  /** Finds how the byte at the end of a stretch stands. */
  private void advance(long end) throws IOException {
    FastaChunk.Line before = state;
    for (long back = Math.min(LAST, end - at); ; back = end - at) {
      byte[] last = new byte[(int) back];
      read(ByteBuffer.wrap(last), end - back);
      afterReturn = last[last.length - 1] == '\r';
      int i = last.length - 1;
      while (i >= 0 && last[i] != '\n' && last[i] != '\r') {
        i--;
      }
      if (i >= 0) {
        state = i + 1 == last.length ? FastaChunk.Line.START : FastaChunk.Line.of(last[i + 1]);
        return;
      }
      if (back == end - at) {
        state = before == FastaChunk.Line.START ? FastaChunk.Line.of(last[0]) : before;
        return;
      }
    }
  }

  /** Reads bytes of the file; all that there are up to its end. */
  private int read(ByteBuffer into, long from) throws IOException {
    int n = 0;
    while (into.hasRemaining()) {
      int more = channel.read(into, from + n);
      if (more < 0) {
        break;
      }
      n += more;
    }
    if (into.hasRemaining() && from + n < size) {
      throw new EOFException("the file became shorter");
    }
    return n;
  }

  /**
   * Waits for the stretches before, then gives the pieces their names and places.
   *
   * @return whether there are any
   */
  private boolean settle(FastaChunk chunk, SequenceBlock block) {
    long mine = chunk.number();
    await(mine);
    boolean some;
    synchronized (this) {
      if (broken != null) {
        throw broken;
      }
      chunk.settle(records, line, block);
      line += chunk.lines();
      if (mine + 1 == taken && at >= size) {
        records.end();
      }
      block.finish();
      some = block.pieces() > 0;
      if (some) {
        block.number(ledger.block());
      }
      turn = mine + 1;
    }
    Thread next = waiting.get(mine + 1);
    if (next != null) {
      LockSupport.unpark(next);
    }
    return some;
  }

  /** Waits for a turn, which mostly comes at once; only who has it is woken. */
  private void await(long mine) {
    for (int i = 0; i < SPINS && turn != mine && broken == null; i++) {
      Thread.onSpinWait();
    }
    if (turn == mine || broken != null) {
      return;
    }
    waiting.put(mine, Thread.currentThread());
    boolean interrupted = false;
    while (turn != mine && broken == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waiting.remove(mine);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long bases() {
    return records.bases();
  }

  @Override
  public double part() {
    return size == 0 ? 1 : Math.min(1, read.get() / (double) size);
  }

  @Override
  public Optional<List<Contig>> contigs() {
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw SequenceBytes.unreadable(file, 0, e);
    }
  }
}
