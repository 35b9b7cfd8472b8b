/** Letters, strands, places and edits of DNA. Floor 0. Read {@link basewise.sequence.Dna} first. */
@NullMarked
package basewise.sequence;

import org.jspecify.annotations.NullMarked;
