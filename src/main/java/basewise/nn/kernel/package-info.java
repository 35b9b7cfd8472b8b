/**
 * The arithmetic of the networks, once: vector kernels, and the plain loops that they must equal.
 * Floor 3. Read {@link basewise.nn.kernel.MotifKernel} first.
 */
@NullMarked
package basewise.nn.kernel;

import org.jspecify.annotations.NullMarked;
