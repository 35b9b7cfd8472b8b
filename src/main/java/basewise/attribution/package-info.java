/**
 * Which bases mattered to a model, and whether the scores add up.
 *
 * <p>Floor 4. Read {@link basewise.attribution.Attributor} first.
 */
@NullMarked
package basewise.attribution;

import org.jspecify.annotations.NullMarked;
