/** Tests of attribution. */
@NullMarked
package basewise.attribution;

import org.jspecify.annotations.NullMarked;
