/** Tests of the loops of pattern discovery. */
@NullMarked
package basewise.patterns.kernel;

import org.jspecify.annotations.NullMarked;
