package basewise.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A mark in a stream: {@link CudaStream#record} leaves it. */
public final class CudaEvent extends Resource {
  private final long event;

  CudaEvent(CudaContext context) {
    this(
        context,
        context.readLong(DriverCall.EVENT_CREATE, DriverConstant.CU_EVENT_BLOCKING_SYNC.value()));
  }

  private CudaEvent(CudaContext context, long event) {
    super(context);
    this.event = event;
  }

  /** Whether the work before it is done; an event that was never recorded is. */
  public boolean done() {
    open();
    int code = context().call(DriverCall.EVENT_QUERY, event);
    if (code == DriverConstant.CUDA_ERROR_NOT_READY.value()) {
      return false;
    }
    if (code != DriverLibrary.SUCCESS) {
      throw context().library().failure(DriverCall.EVENT_QUERY, code, "");
    }
    return true;
  }

  /** Waits until the work before it is done. */
  public void synchronize() {
    context().require(DriverCall.EVENT_SYNCHRONIZE, handle());
  }

  /** Milliseconds on the device since an earlier event; both must be done. */
  public float millisecondsSince(CudaEvent start) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT);
      context().require(DriverCall.EVENT_ELAPSED, out, start.handle(), handle());
      return out.get(ValueLayout.JAVA_FLOAT, 0);
    }
  }

  long handle() {
    open();
    return event;
  }

  @Override
  void release() {
    context().call(DriverCall.EVENT_DESTROY, event);
  }

  @Override
  public String toString() {
    return "event";
  }
}
