package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.PinnedBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Memory on a GPU for a batch of so many places, and on the host for what is told of its tiles. */
final class CudaRoom implements AutoCloseable {
  /** Words that the kernels want beyond those of the places. */
  private static final int MORE_BASES = 260;

  private static final int MORE_UNKNOWN = 130;

  final long places;
  final DeviceBuffer letters;
  final DeviceBuffer bases;
  final DeviceBuffer unknown;
  final DeviceBuffer limits;

  /** [pass][first, count][tile], then how many hits there are. */
  final DeviceBuffer tiles;

  final PinnedBuffer hostLimits;
  final PinnedBuffer hostTiles;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  CudaRoom(CudaContext context, long places, int passes) {
    this.places = places;
    long tileBytes = Long.BYTES + places / HitDevice.TILE * 2 * Integer.BYTES * passes;
    long limitBytes = places / HitDevice.TILE * Integer.BYTES;
    try {
      letters = own(context.allocate(places));
      bases = own(context.allocate(baseBytes(places)));
      unknown = own(context.allocate(unknownBytes(places)));
      limits = own(context.allocate(limitBytes));
      tiles = own(context.allocate(tileBytes));
      hostLimits = own(context.pinned(limitBytes));
      hostTiles = own(context.pinned(tileBytes));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Bytes of the bases of so many places, with what kernels want beyond them. */
  static long baseBytes(long places) {
    return Integer.BYTES * (places / 16 + MORE_BASES);
  }

  /** Bytes of the marks of unknown places. */
  static long unknownBytes(long places) {
    return Integer.BYTES * (places / 32 + MORE_UNKNOWN);
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      switch (owned.pop()) {
        case DeviceBuffer d -> d.close();
        case PinnedBuffer p -> p.close();
        default -> throw new IllegalStateException();
      }
    }
  }
}
