/**
 * Is this motif known? Motifs are compared with collections as Tomtom compares them. Floor 2. Read
 * {@link basewise.compare.Tomtom} first.
 */
@NullMarked
package basewise.compare;

import org.jspecify.annotations.NullMarked;
