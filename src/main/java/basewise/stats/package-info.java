/** Numbers with no biology in them. Floor 0. Read {@link basewise.stats.Ranking} first. */
@NullMarked
package basewise.stats;

import org.jspecify.annotations.NullMarked;
