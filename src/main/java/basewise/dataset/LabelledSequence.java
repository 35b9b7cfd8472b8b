package basewise.dataset;

import basewise.sequence.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A sequence as read, before it is cut to a window.
 *
 * @param id its name in the file
 * @param place where it lies in a genome, if that is certain
 * @param locus about where it lies, for keeping neighbours together; null if unknown
 * @param codes base codes 0-4, any length
 * @param labels one number per task, or null if the file has no labels
 * @param line 1-based line of the file it ends at, or 0 if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; compared by id, never by equals
record LabelledSequence(
    String id,
    @Nullable Interval place,
    @Nullable Interval locus,
    byte[] codes,
    float @Nullable [] labels,
    long line) {}
