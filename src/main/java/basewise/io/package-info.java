/**
 * Honest files: text in, whole files out, and mistakes that say where they are. Floor 0. Read
 * {@link basewise.io.InputException} first.
 */
@NullMarked
package basewise.io;

import org.jspecify.annotations.NullMarked;
