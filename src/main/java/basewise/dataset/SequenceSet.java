package basewise.dataset;

import java.util.List;

/**
 * All sequences of one file.
 *
 * @param tasks names of the labels; empty if the file has none
 * @param sequences in file order
 */
record SequenceSet(List<String> tasks, List<LabelledSequence> sequences) {}
