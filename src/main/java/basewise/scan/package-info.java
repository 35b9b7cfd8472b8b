/**
 * Motifs against sequences: where they sit and how well they fit. Floor 2. Read {@link
 * basewise.scan.Scanner} first.
 */
@NullMarked
package basewise.scan;

import org.jspecify.annotations.NullMarked;
