/**
 * Models on a GPU: the same answers as in {@code nn}, from kernels in {@code src/main/cuda}.
 *
 * <p>Floor 3, as {@code nn}. Read {@link basewise.nn.device.DeviceMotifModel} first.
 */
@NullMarked
package basewise.nn.device;

import org.jspecify.annotations.NullMarked;
