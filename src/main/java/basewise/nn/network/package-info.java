/**
 * A trained model as a small graph of operations that can be walked forwards and backwards.
 *
 * <p>Floor 3. Read {@link basewise.nn.network.Network} first.
 */
@NullMarked
package basewise.nn.network;

import org.jspecify.annotations.NullMarked;
