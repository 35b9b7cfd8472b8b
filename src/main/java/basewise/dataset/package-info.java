/**
 * Labelled windows of one length: peaks or reads, matched negatives, and which part of the split
 * each belongs to. Floor 2. Read {@link basewise.dataset.Dataset} first.
 */
@NullMarked
package basewise.dataset;

import org.jspecify.annotations.NullMarked;
