/**
 * Motif files of every dialect, recognised by their content: a reader and, where the format is one
 * that people exchange, a writer each. Letters in another order than A C G T exist only in here.
 * Floor 1. Read {@link basewise.motif.format.MotifFile} first.
 */
@NullMarked
package basewise.motif.format;

import org.jspecify.annotations.NullMarked;
