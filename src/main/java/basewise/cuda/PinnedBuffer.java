package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Page-locked memory of the host, little-endian. Offsets ({@code at}) are bytes; they need no
 * alignment. It must stay as it is, and open, until a stream that copies from it or to it has done
 * so: {@link #close} waits for the device.
 */
public final class PinnedBuffer extends Resource {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long bytes;
  private final Arena arena;
  private final MemorySegment raw;
  private final MemorySegment memory;

  PinnedBuffer(CudaContext context, long bytes) {
    this(
        context,
        bytes,
        context.readLong(
            DriverCall.HOST_ALLOCATE,
            size(bytes),
            DriverConstant.CU_MEMHOSTALLOC_PORTABLE.value()));
  }

  private PinnedBuffer(CudaContext context, long bytes, long address) {
    super(context);
    this.bytes = bytes;
    this.arena = Arena.ofShared();
    this.raw = MemorySegment.ofAddress(address);
    this.memory = raw.reinterpret(bytes, arena, null);
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /**
   * Copies {@code count} elements of an array, from element {@code first} on, to byte {@code at}.
   */
  public void put(long at, byte[] from, int first, int count) {
    MemorySegment.copy(from, first, memory, ValueLayout.JAVA_BYTE, at, count);
  }

  /** As above. */
  public void put(long at, short[] from, int first, int count) {
    MemorySegment.copy(from, first, memory, SHORT, at, count);
  }

  /** As above. */
  public void put(long at, int[] from, int first, int count) {
    MemorySegment.copy(from, first, memory, INT, at, count);
  }

  /** As above. */
  public void put(long at, long[] from, int first, int count) {
    MemorySegment.copy(from, first, memory, LONG, at, count);
  }

  /** As above. */
  public void put(long at, float[] from, int first, int count) {
    MemorySegment.copy(from, first, memory, FLOAT, at, count);
  }

  /** Copies from byte {@code at} on to {@code count} elements of an array from {@code first} on. */
  public void get(long at, byte[] to, int first, int count) {
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, to, first, count);
  }

  /** As above. */
  public void get(long at, short[] to, int first, int count) {
    MemorySegment.copy(memory, SHORT, at, to, first, count);
  }

  /** As above. */
  public void get(long at, int[] to, int first, int count) {
    MemorySegment.copy(memory, INT, at, to, first, count);
  }

  /** As above. */
  public void get(long at, long[] to, int first, int count) {
    MemorySegment.copy(memory, LONG, at, to, first, count);
  }

  /** As above. */
  public void get(long at, float[] to, int first, int count) {
    MemorySegment.copy(memory, FLOAT, at, to, first, count);
  }

  /** The int at byte {@code at}. */
  public int getInt(long at) {
    return memory.get(INT, at);
  }

  /** The long at byte {@code at}. */
  public long getLong(long at) {
    return memory.get(LONG, at);
  }

  /** Sets the int at byte {@code at}. */
  public void putInt(long at, int value) {
    memory.set(INT, at, value);
  }

  /** Sets the long at byte {@code at}. */
  public void putLong(long at, long value) {
    memory.set(LONG, at, value);
  }

  /** Sets {@code count} bytes from {@code at} on to one value. */
  public void fill(long at, long count, byte value) {
    memory.asSlice(at, count).fill(value);
  }

  /** A view of {@code count} bytes from {@code at} on, little-endian; dead once this is closed. */
  public ByteBuffer view(long at, int count) {
    return memory.asSlice(at, count).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The memory of {@code count} bytes from {@code at} on. */
  MemorySegment slice(long at, long count) {
    open();
    Objects.checkFromIndexSize(at, count, bytes);
    return memory.asSlice(at, count);
  }

  @Override
  void release() {
    // A copy under way must not meet memory that is somebody else's by then.
    context().call(DriverCall.CONTEXT_SYNCHRONIZE);
    arena.close();
    context().call(DriverCall.HOST_FREE, raw);
  }

  @Override
  public String toString() {
    return "pinned memory of " + bytes + " bytes";
  }
}
