package basewise.discovery;

import basewise.dataset.Example;
import basewise.sequence.Strand;

/**
 * Where a motif sits in a window.
 *
 * @param motif the motif's id
 * @param example the window
 * @param start first base within the window, 0-based, forward strand
 * @param end one past the last base
 * @param strand the strand it reads on
 * @param score log-odds in bits
 */
public record Site(
    String motif, Example example, int start, int end, Strand strand, double score) {}
