/**
 * Our own DL4J layers; their arithmetic is done by {@link basewise.nn.kernel}. Floor 3. Read {@link
 * basewise.nn.layer.MotifConvolution} first.
 */
@NullMarked
package basewise.nn.layer;

import org.jspecify.annotations.NullMarked;
