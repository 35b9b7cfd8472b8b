package basewise.nn.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.PinnedBuffer;
import java.util.ArrayList;
import java.util.List;

/** Passes sequences through a model on a device, two batches under way at a time. */
final class MotifBatches implements AutoCloseable {
  private static final int UNDER_WAY = 2;

  /** A kernel's argument for no memory at all. */
  static final Long NONE = 0L;

  private final DeviceMotifModel model;
  private final CudaContext context;
  private final DeviceMotifModel.Shape shape;
  private final int batch;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();

  MotifBatches(
      DeviceMotifModel model, CudaContext context, DeviceMotifModel.Shape shape, int batch) {
    this.model = model;
    this.context = context;
    this.shape = shape;
    this.batch = batch;
    try {
      for (int i = 0; i < UNDER_WAY; i++) {
        slots.add(new Slot());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Gives each sequence's answer, in their order. */
  void run(List<byte[]> codes, DeviceMotifModel.Taker taker) {
    int next = 0;
    for (int from = 0; from < codes.size(); from += batch) {
      Slot slot = slots.get(next++ % UNDER_WAY);
      slot.finish(taker);
      slot.start(codes, from, Math.min(batch, codes.size() - from));
    }
    for (int i = 0; i < UNDER_WAY; i++) {
      slots.get(next++ % UNDER_WAY).finish(taker);
    }
  }

  /** Memory of one batch. */
  private final class Slot {
    private final CudaStream stream = own(context.stream());
    private final PinnedBuffer in = own(context.pinned((long) batch * shape.length()));
    private final PinnedBuffer out =
        own(context.pinned((long) batch * Float.BYTES * shape.answers()));
    private final DeviceBuffer codes = own(context.allocate((long) batch * shape.length()));
    private final DeviceBuffer values =
        own(context.allocate((long) batch * Float.BYTES * shape.values()));
    private final DeviceBuffer logits =
        own(context.allocate((long) batch * Float.BYTES * shape.tasks()));
    private final List<DeviceBuffer> sites = new ArrayList<>();
    private final List<PinnedBuffer> sitesOut = new ArrayList<>();
    private int first;
    private int n;

    Slot() {
      if (shape.answer() == DeviceMotifModel.Answer.SITES) {
        sites.add(own(context.allocate((long) batch * Integer.BYTES * shape.values())));
        sitesOut.add(own(context.pinned((long) batch * Integer.BYTES * shape.values())));
      }
    }

    void start(List<byte[]> all, int from, int count) {
      first = from;
      n = count;
      int length = shape.length();
      for (int i = 0; i < n; i++) {
        in.put((long) i * length, all.get(from + i), 0, length);
      }
      stream.toDevice(codes, 0, in, 0, (long) n * length);
      model.queue(
          stream, shape, n, codes, values, sites.isEmpty() ? NONE : sites.getFirst(), logits);
      boolean head = shape.answer() == DeviceMotifModel.Answer.LOGITS;
      stream.toHost(out, 0, head ? logits : values, 0, (long) n * Float.BYTES * shape.answers());
      if (!sites.isEmpty()) {
        stream.toHost(
            sitesOut.getFirst(), 0, sites.getFirst(), 0, (long) n * Integer.BYTES * shape.values());
      }
    }

    void finish(DeviceMotifModel.Taker taker) {
      if (n == 0) {
        return;
      }
      stream.synchronize();
      int numbers = shape.answers();
      for (int i = 0; i < n; i++) {
        float[] values = new float[numbers];
        out.get((long) i * numbers * Float.BYTES, values, 0, numbers);
        int[] where = new int[sites.isEmpty() ? 0 : numbers];
        if (!sites.isEmpty()) {
          sitesOut.getFirst().get((long) i * numbers * Integer.BYTES, where, 0, numbers);
        }
        taker.take(first + i, values, where);
      }
      n = 0;
    }
  }

  private <T extends AutoCloseable> T own(T resource) {
    open.add(resource);
    return resource;
  }

  @Override
  public void close() {
    DeviceResources.close(open);
  }
}
