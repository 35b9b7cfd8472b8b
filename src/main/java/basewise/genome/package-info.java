/**
 * References, sequences and regions on disk. Floor 1. Read {@link basewise.genome.Genome} first.
 */
@NullMarked
package basewise.genome;

import org.jspecify.annotations.NullMarked;
