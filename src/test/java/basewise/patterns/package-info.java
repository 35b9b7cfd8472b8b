/** Tests of pattern discovery. */
@NullMarked
package basewise.patterns;

import org.jspecify.annotations.NullMarked;
