/**
 * One number per base of a genome, as bigWig and bedGraph.
 *
 * <p>Floor 1. Read {@link basewise.genome.track.TrackWriter} first.
 */
@NullMarked
package basewise.genome.track;

import org.jspecify.annotations.NullMarked;
