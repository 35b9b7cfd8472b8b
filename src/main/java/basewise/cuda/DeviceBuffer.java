package basewise.cuda;

import java.util.Objects;

/** Memory on a device. Offsets and sizes are bytes. */
public final class DeviceBuffer extends Resource {
  private final long bytes;
  private final long address;

  DeviceBuffer(CudaContext context, long bytes) {
    this(context, bytes, context.readLong(DriverCall.ALLOCATE, size(bytes)));
  }

  private DeviceBuffer(CudaContext context, long bytes, long address) {
    super(context);
    this.bytes = bytes;
    this.address = address;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** The place {@code offset} bytes in, as an argument of a kernel. */
  public DeviceSlice at(long offset) {
    return new DeviceSlice(this, offset);
  }

  /** The device's address of {@code count} bytes from {@code offset} on. */
  long address(long offset, long count) {
    open();
    Objects.checkFromIndexSize(offset, count, bytes);
    return address + offset;
  }

  @Override
  void release() {
    // The driver is known to wait for what uses it, but nowhere promises to.
    context().call(DriverCall.CONTEXT_SYNCHRONIZE);
    context().call(DriverCall.FREE, address);
  }

  @Override
  public String toString() {
    return "device memory of " + bytes + " bytes";
  }
}
