package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A queue of work on a device: copies, fills, kernels, marks, done in order. Every method but
 * {@link #synchronize}, {@code write} and {@code read} only queues, and what goes wrong later is
 * thrown by a later call. Closing it waits. Offsets and sizes are bytes.
 */
public final class CudaStream extends Resource {
  /** Bytes of a staged copy at a time. */
  private static final long STAGE = 4 << 20;

  private final long stream;

  CudaStream(CudaContext context) {
    this(
        context,
        context.readLong(DriverCall.STREAM_CREATE, DriverConstant.CU_STREAM_NON_BLOCKING.value()));
  }

  private CudaStream(CudaContext context, long stream) {
    super(context);
    this.stream = stream;
  }

  /** Copies to the device; {@code from} must stay as it is until this is done. */
  public void toDevice(DeviceBuffer to, long at, PinnedBuffer from, long first, long bytes) {
    if (bytes > 0) {
      context()
          .require(
              DriverCall.COPY_TO_DEVICE,
              to.address(at, bytes),
              from.slice(first, bytes),
              bytes,
              handle());
    }
  }

  /** Copies to the host; {@code to} holds it when this is done. */
  public void toHost(PinnedBuffer to, long at, DeviceBuffer from, long first, long bytes) {
    if (bytes > 0) {
      context()
          .require(
              DriverCall.COPY_TO_HOST,
              to.slice(at, bytes),
              from.address(first, bytes),
              bytes,
              handle());
    }
  }

  /** Copies within the device. */
  public void onDevice(DeviceBuffer to, long at, DeviceBuffer from, long first, long bytes) {
    if (bytes > 0) {
      context()
          .require(
              DriverCall.COPY_ON_DEVICE,
              to.address(at, bytes),
              from.address(first, bytes),
              bytes,
              handle());
    }
  }

  /** Sets bytes to 0. */
  public void zero(DeviceBuffer buffer, long at, long bytes) {
    fill(buffer, at, bytes, (byte) 0);
  }

  /** Sets bytes to one value. */
  public void fill(DeviceBuffer buffer, long at, long bytes, byte value) {
    if (bytes > 0) {
      context().require(DriverCall.FILL, buffer.address(at, bytes), value, bytes, handle());
    }
  }

  /** Leaves a mark. */
  public void record(CudaEvent event) {
    context().require(DriverCall.EVENT_RECORD, event.handle(), handle());
  }

  /** What is queued from here on waits for a mark, of any stream. */
  public void await(CudaEvent event) {
    context().require(DriverCall.STREAM_WAIT, handle(), event.handle(), 0);
  }

  /** Waits until all that was queued is done; throws what went wrong in it. */
  public void synchronize() {
    context().require(DriverCall.STREAM_SYNCHRONIZE, handle());
  }

  /** Copies a whole array to the device, after what is queued, and waits; for tables. */
  public void write(DeviceBuffer to, long at, byte[] from) {
    write(to, at, MemorySegment.ofArray(from));
  }

  /** As above. */
  public void write(DeviceBuffer to, long at, short[] from) {
    write(to, at, MemorySegment.ofArray(from));
  }

  /** As above. */
  public void write(DeviceBuffer to, long at, int[] from) {
    write(to, at, MemorySegment.ofArray(from));
  }

  /** As above. */
  public void write(DeviceBuffer to, long at, long[] from) {
    write(to, at, MemorySegment.ofArray(from));
  }

  /** As above. */
  public void write(DeviceBuffer to, long at, float[] from) {
    write(to, at, MemorySegment.ofArray(from));
  }

  /** Fills a whole array from the device, after what is queued, and waits. */
  public void read(DeviceBuffer from, long at, byte[] to) {
    read(from, at, MemorySegment.ofArray(to));
  }

  /** As above. */
  public void read(DeviceBuffer from, long at, short[] to) {
    read(from, at, MemorySegment.ofArray(to));
  }

  /** As above. */
  public void read(DeviceBuffer from, long at, int[] to) {
    read(from, at, MemorySegment.ofArray(to));
  }

  /** As above. */
  public void read(DeviceBuffer from, long at, long[] to) {
    read(from, at, MemorySegment.ofArray(to));
  }

  /** As above. */
  public void read(DeviceBuffer from, long at, float[] to) {
    read(from, at, MemorySegment.ofArray(to));
  }

  private void write(DeviceBuffer to, long at, MemorySegment array) {
    long all = array.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stage = arena.allocate(Math.min(STAGE, Math.max(1, all)));
      for (long done = 0; done < all; done += STAGE) {
        long bytes = Math.min(STAGE, all - done);
        MemorySegment.copy(array, done, stage, 0, bytes);
        context()
            .require(
                DriverCall.COPY_TO_DEVICE, to.address(at + done, bytes), stage, bytes, handle());
        synchronize();
      }
    }
  }

  private void read(DeviceBuffer from, long at, MemorySegment array) {
    long all = array.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stage = arena.allocate(Math.min(STAGE, Math.max(1, all)));
      for (long done = 0; done < all; done += STAGE) {
        long bytes = Math.min(STAGE, all - done);
        context()
            .require(
                DriverCall.COPY_TO_HOST, stage, from.address(at + done, bytes), bytes, handle());
        synchronize();
        MemorySegment.copy(stage, 0, array, done, bytes);
      }
    }
  }

  long handle() {
    open();
    return stream;
  }

  @Override
  void release() {
    // What is queued would go on, with memory that may be given back next.
    context().call(DriverCall.STREAM_SYNCHRONIZE, stream);
    context().call(DriverCall.STREAM_DESTROY, stream);
  }

  @Override
  public String toString() {
    return "stream";
  }
}
