/** Benchmarks: programs that check their answers, then print ratios. */
@NullMarked
package basewise.bench;

import org.jspecify.annotations.NullMarked;
