/** Benchmarks: each checks its answers first, then prints ratios measured in the same run. */
package basewise.bench;
