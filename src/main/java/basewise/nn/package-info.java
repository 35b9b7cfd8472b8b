/**
 * Models that read DNA: how they are built, trained, kept and asked. The only door to DL4J and
 * ND4J. Floor 3. Read {@link basewise.nn.Trainer} first.
 */
@NullMarked
package basewise.nn;

import org.jspecify.annotations.NullMarked;
