/**
 * The PSSM and what may be asked of it: counts become probabilities become scores, each its own
 * type. Floor 1. Read {@link basewise.motif.Motif} first.
 */
@NullMarked
package basewise.motif;

import org.jspecify.annotations.NullMarked;
