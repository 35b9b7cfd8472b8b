/**
 * Hits found by devices beside the processor: batches of blocks that are copied there, and the hits
 * or the counts of sums that come back. Floor 2. Read {@link basewise.scan.device.HitDevice} first.
 */
@NullMarked
package basewise.scan.device;

import org.jspecify.annotations.NullMarked;
