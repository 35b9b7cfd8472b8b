/**
 * The vector loops of pattern discovery, with the plain loops that define them. Floor 5. Read
 * {@link basewise.patterns.kernel.JaccardKernel} first.
 */
@NullMarked
package basewise.patterns.kernel;

import org.jspecify.annotations.NullMarked;
