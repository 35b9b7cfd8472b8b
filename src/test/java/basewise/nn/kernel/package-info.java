/** Tests of the networks' kernels. */
@NullMarked
package basewise.nn.kernel;

import org.jspecify.annotations.NullMarked;
