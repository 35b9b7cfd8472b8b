/**
 * What a scan writes: rows of hits, tables of counts, tracks. Floor 2. Read {@link
 * basewise.scan.output.HitOutput} first.
 */
@NullMarked
package basewise.scan.output;

import org.jspecify.annotations.NullMarked;
