package basewise.scan;

import basewise.genome.PackedBlock;
import basewise.genome.PackedSource;
import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import basewise.scan.device.PackedBatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Packed bases that go from a file to a device as they are, for who wants no hits. */
final class PackedInput implements DeviceInput {
  private final PackedSource source;
  private final int stride;
  private final Queue<PackedBlock> spares = new ConcurrentLinkedQueue<>();

  /**
   * Blocks of a source.
   *
   * @param stride how many bases of a block
   */
  PackedInput(PackedSource source, int stride) {
    this.source = source;
    this.stride = stride;
  }

  @Override
  public HitBatch batch(HitDevice device, int blocks) {
    return new PackedBatch(device, blocks, stride);
  }

  @Override
  public @Nullable Unit next(WindowCounts windows) {
    PackedBlock block = spares.poll();
    if (block == null) {
      block = new PackedBlock(stride);
    }
    return source.next(block) ? new Block(block, spares) : null;
  }

  private record Block(PackedBlock block, Queue<PackedBlock> home) implements Unit {
    @Override
    public long number() {
      return block.number();
    }

    @Override
    public long fresh() {
      return block.fresh();
    }

    @Override
    public void put(HitBatch batch, int at, WindowCounts windows) {
      PackedBatch packed = (PackedBatch) batch;
      block.read(packed.bytes(at));
      packed.put(at, block.startLimit(), block.unknown(), block.unknowns());
      windows.count(block);
      if (batch.recognises()) {
        batch.check(at, block.layout());
      }
    }

    @Override
    public @Nullable ScanBlock codes() {
      return null;
    }

    @Override
    public void free() {
      home.add(block);
    }
  }
}
