package basewise.nn.device;

import basewise.cuda.CudaContext;
import basewise.cuda.CudaStream;
import basewise.cuda.DeviceBuffer;
import basewise.nn.Dense;

/**
 * A dense layer on a device.
 *
 * @param out its units
 * @param weights [in][out]
 * @param bias [out]
 */
record DeviceDense(int out, DeviceBuffer weights, DeviceBuffer bias) implements AutoCloseable {
  static DeviceDense of(CudaContext context, CudaStream stream, Dense dense) {
    DeviceBuffer weights = context.allocate((long) Float.BYTES * dense.weights().length);
    stream.write(weights, 0, dense.weights());
    DeviceBuffer bias = context.allocate((long) Float.BYTES * dense.bias().length);
    stream.write(bias, 0, dense.bias());
    return new DeviceDense(dense.out(), weights, bias);
  }

  @Override
  public void close() {
    weights.close();
    bias.close();
  }
}
