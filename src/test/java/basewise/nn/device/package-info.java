/** Tests of models on a device, which an emulated driver stands in for. */
@NullMarked
package basewise.nn.device;

import org.jspecify.annotations.NullMarked;
