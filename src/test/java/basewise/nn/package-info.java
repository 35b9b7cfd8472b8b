/** Tests of the networks. */
@NullMarked
package basewise.nn;

import org.jspecify.annotations.NullMarked;
