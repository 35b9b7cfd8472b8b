package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaEvent;
import basewise.cuda.CudaException;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.cuda.DeviceSlice;
import basewise.cuda.PinnedBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of a GPU with memory for one batch. */
final class CudaLane implements HitLane {
  /** Places that a thread encodes, and threads of a block. */
  private static final int PLACES = 32;

  private static final int THREADS = 256;

  /** Unknown places that a thread marks. */
  private static final int PIECE = 1024;

  private static final double MILLI = 1e-3;

  private final CudaHitDevice device;
  private final CudaContext context;
  private final LaneLog log;
  private final CudaStream stream;
  private final CudaEvent begun;
  private final CudaEvent ended;
  private @Nullable CudaRoom room;
  private @Nullable DeviceBuffer hits;
  private @Nullable DeviceBuffer runs;
  private @Nullable PinnedBuffer hostRuns;
  private long capacity;

  /** Of the last batch. */
  private long found;

  private int tiles;

  /** What other lanes have given up counts as well: there is more memory than when this asked. */
  private int givenUp;

  /** Whether the mark before the first kernel of a batch has been left. */
  private boolean started;

  /** The bases of some blocks on the device, and who must hear when they are not used any more. */
  private record Bases(DeviceSlice bases, DeviceSlice unknown, @Nullable CudaKeep kept)
      implements AutoCloseable {
    @Override
    public void close() {
      if (kept != null) {
        kept.done();
      }
    }
  }

  CudaLane(CudaHitDevice device, LaneLog log) {
    this.device = device;
    this.log = log;
    context = device.context();
    stream = context.stream();
    begun = context.event();
    ended = context.event();
    givenUp = device.keep().givenUp();
  }

  @Override
  public void reserve(long places, long moreHits) {
    try {
      if (room == null || room.places < places) {
        if (room != null) {
          room.close();
          room = null;
        }
        room = new CudaRoom(context, places, device.passes().size());
      }
      if (capacity < moreHits) {
        if (hits != null) {
          hits.close();
          hits = null;
        }
        capacity = 0;
        hits = context.allocate(Long.BYTES * moreHits);
        capacity = moreHits;
      }
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  @Override
  public int passes() {
    return device.passes().size();
  }

  @Override
  public long room() {
    return capacity;
  }

  private CudaRoom room(long places) {
    if (room == null || room.places < places) {
      throw new IllegalStateException("no room");
    }
    return room;
  }

  @Override
  public long find(HitBatch batch, int from, int to) {
    DeviceBuffer into = hits;
    if (into == null) {
      throw new IllegalStateException("no room");
    }
    try (Bases b = bases(batch, from, to)) {
      int places = (to - from) * batch.stride();
      CudaRoom r = room(places);
      tiles = places / HitDevice.TILE;
      stream.zero(r.tiles, 0, Long.BYTES);
      for (int p = 0; p < passes(); p++) {
        CudaHitDevice.Pass pass = device.passes().get(p);
        CudaHitDevice.Launch launch = pass.hits();
        launch
            .kernel()
            .launch(
                stream,
                Math.min(tiles, launch.grid()),
                launch.threads(),
                launch.shared(),
                pass.words(),
                b.bases,
                b.unknown,
                r.limits,
                batch.stride(),
                tiles,
                CudaHitDevice.STAGED,
                into,
                capacity,
                r.tiles.at(first(p)),
                r.tiles.at(first(p) + tableBytes()),
                r.tiles);
      }
      stream.record(ended);
      long bytes = first(passes());
      stream.toHost(r.hostTiles, 0, r.tiles, 0, bytes);
      finish();
      log.down(bytes);
      found = r.hostTiles.getLong(0);
      return found;
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  /** Where the two tables of a pass begin, behind the counter. */
  private long first(int pass) {
    return Long.BYTES + 2L * pass * tableBytes();
  }

  private long tableBytes() {
    return (long) Integer.BYTES * tiles;
  }

  @Override
  public void fetch(HostBuffer into, int[] first, int[] count) {
    CudaRoom r = room(0);
    for (int p = 0; p < passes(); p++) {
      r.hostTiles.get(first(p), first, p * tiles, tiles);
      r.hostTiles.get(first(p) + tableBytes(), count, p * tiles, tiles);
    }
    if (found == 0 || hits == null) {
      return;
    }
    try {
      stream.toHost(CudaHostBuffer.of(into), 0, hits, 0, Long.BYTES * found);
      stream.synchronize();
      log.down(Long.BYTES * found);
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  @Override
  public void tally(HitBatch batch, int from, int to) {
    try (Bases b = bases(batch, from, to)) {
      int places = (to - from) * batch.stride();
      CudaRoom r = room(places);
      for (CudaHitDevice.Pass pass : device.passes()) {
        CudaHitDevice.Launch launch = pass.histogram();
        launch
            .kernel()
            .launch(
                stream,
                Math.min(places / HitDevice.TILE, launch.grid()),
                launch.threads(),
                launch.shared(),
                pass.words(),
                b.bases,
                b.unknown,
                r.limits,
                batch.stride(),
                places / HitDevice.TILE,
                pass.bins(),
                device.bySum() ? 1 : 0);
      }
      stream.record(ended);
      finish();
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  @Override
  public @Nullable KeptBatch keep(HitBatch batch, long leave) {
    int places = Math.multiplyExact(batch.size(), batch.stride());
    try {
      CudaKeep.Kept kept = device.keep().take(places, leave);
      if (kept == null) {
        return null;
      }
      try (Bases b = new Bases(kept.bases(), kept.unknown(), kept.home())) {
        upload(batch, 0, batch.size(), b);
      }
      return kept;
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  @Override
  public boolean giveUpKept() {
    try {
      int before = givenUp;
      givenUp = device.keep().giveUp();
      return givenUp != before;
    } catch (CudaException e) {
      throw device.failure(e);
    }
  }

  private void finish() {
    stream.synchronize();
    started = false;
    log.kernels(
        device,
        MILLI * begun.millisecondsSince(device.epoch()),
        MILLI * ended.millisecondsSince(device.epoch()));
  }

  /** Bases of some blocks for the kernels: those that are kept, or else they are sent. */
  private Bases bases(HitBatch batch, int from, int to) {
    int places = Math.multiplyExact(to - from, batch.stride());
    CudaRoom r = room(places);
    limits(r, batch, from, to);
    boolean later = !started;
    if (batch.kept() != null) {
      begin();
    }
    if (batch.kept() instanceof CudaKeep.Kept kept && device.keep().use(kept)) {
      if (later) {
        log.resident();
      }
      long first = (long) from * batch.stride();
      return new Bases(
          after(kept.bases(), first / 4), after(kept.unknown(), first / 8), kept.home());
    }
    Bases sent = new Bases(r.bases.at(0), r.unknown.at(0), null);
    upload(batch, from, to, sent);
    return sent;
  }

  private static DeviceSlice after(DeviceSlice slice, long bytes) {
    return slice.buffer().at(slice.offset() + bytes);
  }

  private void begin() {
    if (!started) {
      stream.record(begun);
      started = true;
    }
  }

  private void limits(CudaRoom r, HitBatch batch, int from, int to) {
    int[] limits = new int[to - from];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = i * batch.stride() + batch.startLimit(from + i);
    }
    r.hostLimits.put(0, limits, 0, limits.length);
    stream.toDevice(r.limits, 0, r.hostLimits, 0, (long) Integer.BYTES * limits.length);
  }

  /** Queues the copy of some blocks and makes of them what the kernels read. */
  private void upload(HitBatch batch, int from, int to, Bases b) {
    int places = (to - from) * batch.stride();
    CudaRoom r = room(places);
    switch (batch) {
      case CodeBatch codes -> {
        letters(r, codes, (long) from * batch.stride(), places);
        begin();
        encode("encode_codes", r, places, b);
      }
      case PackedBatch packed -> {
        letters(r, packed, (long) from * batch.stride() / 4, places / 4);
        int n = runs(packed, from, to);
        begin();
        encode("encode_2bit", r, places, b);
        if (n > 0 && runs != null) {
          device
              .encode("mark_unknown")
              .launch(stream, blocks(n), THREADS, 0, runs, n, b.bases, b.unknown);
        }
      }
    }
  }

  private void letters(CudaRoom r, HitBatch batch, long from, long bytes) {
    stream.toDevice(r.letters, 0, CudaHostBuffer.of(batch.data()), from, bytes);
    log.up(bytes);
  }

  private void encode(String kernel, CudaRoom r, int places, Bases b) {
    device
        .encode(kernel)
        .launch(stream, blocks(places / PLACES), THREADS, 0, r.letters, places, b.bases, b.unknown);
  }

  private static int blocks(int threads) {
    return (threads + THREADS - 1) / THREADS;
  }

  /** Queues the copy of the unknown stretches of some blocks, long ones in pieces. */
  private int runs(PackedBatch batch, int from, int to) {
    int pieces = 0;
    for (int b = from; b < to; b++) {
      int[] runs = batch.runs(b);
      for (int i = 0; i < runs.length; i += 2) {
        pieces += (runs[i + 1] - runs[i] + PIECE - 1) / PIECE;
      }
    }
    int[] all = new int[2 * pieces];
    int n = 0;
    for (int b = from; b < to; b++) {
      int[] runs = batch.runs(b);
      int block = (b - from) * batch.stride();
      for (int i = 0; i < runs.length; i += 2) {
        for (int at = runs[i]; at < runs[i + 1]; at += PIECE) {
          all[n++] = block + at;
          all[n++] = block + Math.min(at + PIECE, runs[i + 1]);
        }
      }
    }
    long bytes = (long) Integer.BYTES * n;
    if (hostRuns == null || runs == null || hostRuns.bytes() < bytes) {
      close(runs, hostRuns);
      runs = null;
      hostRuns = null;
      runs = context.allocate(2 * bytes + 1);
      hostRuns = context.pinned(2 * bytes + 1);
    }
    hostRuns.put(0, all, 0, n);
    stream.toDevice(runs, 0, hostRuns, 0, bytes);
    log.up(bytes);
    return pieces;
  }

  private static void close(@Nullable DeviceBuffer buffer, @Nullable PinnedBuffer host) {
    if (buffer != null) {
      buffer.close();
    }
    if (host != null) {
      host.close();
    }
  }

  @Override
  public void close() {
    close(hits, null);
    close(runs, hostRuns);
    if (room != null) {
      room.close();
    }
    List.of(begun, ended).forEach(CudaEvent::close);
    stream.close();
  }
}
