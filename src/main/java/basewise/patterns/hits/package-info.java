/**
 * Where patterns act: contribution scores as a sum of few patterns, each times a coefficient of at
 * least 0. Floor 5. Read {@link basewise.patterns.hits.HitCaller} first.
 *
 * <p>Source: Fi-NeMo 0.41 (Kundaje lab), {@code call-hits}, {@code collapse-hits} and the table of
 * {@code report}; the same objective, steps and end of each region. Otherwise: scores are not
 * rounded to half precision, but where it is asked for (weights are, as there); hits at one place
 * are listed in the order of the patterns; a region without anything to explain ends at once.
 */
@NullMarked
package basewise.patterns.hits;

import org.jspecify.annotations.NullMarked;
