package basewise.cuda;

/**
 * A figure that was measured on a device.
 *
 * @param what of what, such as "onehot_conv, 64 filters"
 * @param value in {@code unit}
 * @param unit such as "GB/s"
 */
public record Measured(String what, double value, String unit) {}
