package basewise.scan.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaDevice;
import basewise.cuda.CudaModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A GPU that is being started: its driver opens it and compiles our kernels in threads of their
 * own, while motifs are read and prepared.
 */
final class CudaCode implements AutoCloseable {
  private static final double NANO = 1e-9;

  private final CudaDevice device;
  private final FutureTask<CudaContext> context;
  private final Map<String, FutureTask<CudaModule>> modules = new HashMap<>();

  /** How long each took, in order of the names. */
  private final Map<String, Double> seconds = new ConcurrentSkipListMap<>();

  private CudaCode(CudaDevice device) {
    this.device = device;
    context = start(() -> timed("context", () -> CudaContext.open(device)));
  }

  /** Starts a GPU and the compilation of {@code /basewise/cuda/*.ptx}. */
  static CudaCode start(CudaDevice device) {
    CudaCode code = new CudaCode(device);
    for (String name : List.of("encode", "index", "scan")) {
      String resource = "/basewise/cuda/" + name + ".ptx";
      code.modules.put(
          name,
          start(() -> {
            CudaContext context = code.context();
            return code.timed(name, () -> context.load(resource));
          }));
    }
    return code;
  }

  private <T> T timed(String what, Supplier<T> work) {
    long begun = System.nanoTime();
    T done = work.get();
    seconds.put(what, NANO * (System.nanoTime() - begun));
    return done;
  }

  /** How long what has been started so far took, all beside other work. */
  Map<String, Double> seconds() {
    return seconds;
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("cuda-start").start(task);
    return task;
  }

  CudaDevice device() {
    return device;
  }

  CudaContext context() {
    return get(context);
  }

  CudaModule module(String name) {
    FutureTask<CudaModule> module = modules.get(name);
    if (module == null) {
      throw new IllegalArgumentException(name);
    }
    return get(module);
  }

  /** Waits; an interruption is kept. */
  private static <T> T get(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case RuntimeException r -> throw r;
            case Error r -> throw r;
            case null, default -> throw new IllegalStateException(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the GPU go, once it has been started. */
  @Override
  public void close() {
    for (FutureTask<CudaModule> module : modules.values()) {
      try {
        CudaModule _ = get(module);
      } catch (RuntimeException e) {
        // Whoever needed it has heard of it.
      }
    }
    try {
      context().close();
    } catch (RuntimeException e) {
      // It never was open.
    }
  }
}
