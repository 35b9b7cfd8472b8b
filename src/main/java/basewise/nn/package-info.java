/**
 * Models that read DNA: how they are built, trained, kept and asked; the only door to DL4J.
 *
 * <p>Floor 3. Read {@link basewise.nn.Trainer} first.
 */
@NullMarked
package basewise.nn;

import org.jspecify.annotations.NullMarked;
