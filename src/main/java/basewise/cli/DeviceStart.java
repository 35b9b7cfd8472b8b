package basewise.cli;

import basewise.scan.device.CudaDevices;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A device that is looked for and started while other things are read: a driver takes longer to
 * start than Java.
 */
final class DeviceStart implements AutoCloseable {
  private final FutureTask<Started> start;

  /**
   * What was started.
   *
   * @param gpus none for the CPU; closed by {@link #close}
   */
  record Started(DeviceOption.Choice choice, CudaDevices gpus) {}

  private DeviceStart(DeviceOption option) {
    start =
        new FutureTask<>(() -> {
          DeviceOption.Choice choice = option.choose();
          return new Started(choice, CudaDevices.start(choice.gpus()));
        });
  }

  /** Begins, if the option makes sense. */
  static DeviceStart of(DeviceOption option) {
    option.validate();
    DeviceStart all = new DeviceStart(option);
    Thread.ofPlatform().daemon().name("device-start").start(all.start);
    return all;
  }

  /**
   * Waits for the choice.
   *
   * @throws basewise.cuda.CudaMissingException if what was asked for is not here
   */
  Started get() {
    try {
      return start.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException r -> throw r;
        case Error r -> throw r;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      get().gpus().close();
    } catch (RuntimeException e) {
      // Whoever asked has heard of it.
    }
  }
}
