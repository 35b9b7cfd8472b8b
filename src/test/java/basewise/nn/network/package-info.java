/** Tests of the graph of operations. */
@NullMarked
package basewise.nn.network;

import org.jspecify.annotations.NullMarked;
