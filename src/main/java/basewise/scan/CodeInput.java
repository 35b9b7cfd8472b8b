package basewise.scan;

import basewise.genome.SequenceBlock;
import basewise.scan.device.CodeBatch;
import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Blocks of codes, as the processor scans them; each is kept until it is free. */
final class CodeInput implements DeviceInput {
  private final ScanBlocks source;
  private final int capacity;
  private final boolean asPacked;
  private final Queue<ScanBlock> spares = new ConcurrentLinkedQueue<>();

  /**
   * Blocks of a source.
   *
   * @param capacity how many codes of a block at most
   */
  CodeInput(ScanBlocks source, int capacity) {
    this(source, capacity, false);
  }

  /**
   * As above.
   *
   * @param asPacked whether blocks are laid out, and known again, as those of {@link PackedInput}
   *     are
   */
  CodeInput(ScanBlocks source, int capacity, boolean asPacked) {
    this.source = source;
    this.capacity = capacity;
    this.asPacked = asPacked;
  }

  @Override
  public HitBatch batch(HitDevice device, int blocks) {
    return new CodeBatch(device, blocks, capacity);
  }

  @Override
  public @Nullable Unit next(WindowCounts windows) {
    ScanBlock spare = spares.poll();
    if (spare == null) {
      spare = asPacked ? new ScanBlock(SequenceBlock.asPacked(capacity)) : new ScanBlock(capacity);
    }
    ScanBlock next = source.next(spare);
    if (next != spare) {
      spares.add(spare);
    }
    if (next == null) {
      return null;
    }
    windows.count(next);
    return new Block(next, asPacked, next == spare ? spares : null);
  }

  private record Block(ScanBlock codes, boolean asPacked, @Nullable Queue<ScanBlock> home)
      implements Unit {
    @Override
    public long number() {
      return codes.block().number();
    }

    @Override
    public long fresh() {
      return codes.block().fresh();
    }

    @Override
    public void put(HitBatch batch, int at, WindowCounts windows) {
      SequenceBlock b = codes.block();
      ((CodeBatch) batch).put(at, b.codes(), b.length(), b.startLimit());
      if (batch.recognises()) {
        batch.check(at, asPacked ? b.layout() : content(b));
      }
    }

    private static int content(SequenceBlock block) {
      CRC32C crc = new CRC32C();
      crc.update(block.codes(), 0, block.length());
      return 31 * (int) crc.getValue() + block.length();
    }

    @Override
    public void free() {
      if (home != null) {
        home.add(codes);
      }
    }
  }
}
