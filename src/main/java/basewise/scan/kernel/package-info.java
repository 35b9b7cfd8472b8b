/**
 * The vector loops of scanning, each with a scalar twin it must equal bit for bit. Floor 2. Read
 * {@link basewise.scan.kernel.HitKernel} first.
 */
@NullMarked
package basewise.scan.kernel;

import org.jspecify.annotations.NullMarked;
