/**
 * Contribution scores become motifs, as TF-MoDISco defines it: seqlets, their similarities,
 * clusters, patterns. Floor 5. Read {@link basewise.patterns.PatternFinder} first.
 *
 * <p>Source: Shrikumar et al. 2018, "Technical note on Transcription Factor Motif Discovery from
 * Importance Scores (TF-MoDISco)", arXiv:1811.00416, as modisco-lite 3.0.0 carries it out.
 *
 * <p>As there: the windows' sums, the Laplace null and its 10,000 draws, the isotonic regression,
 * the limits of windows that pass, the cutting of seqlets; gapped k-mers, cosines, the nearest 500;
 * continuous Jaccard over offsets and strands; the filter by rank correlation; density adaptation;
 * two rounds; aggregation, trimming, edges; splitting by subclusters, cross-contamination and
 * merging; support and information of what is kept; subpatterns.
 *
 * <p>Otherwise: sequences are taken in the order of their content, so that the order of the input
 * changes nothing; of too many seqlets the strongest stay, not the first; the thresholds come from
 * all windows, not from a million of them; clusters are found by {@link
 * basewise.patterns.LeidenRun}, which is held against the Leiden implementation of its authors,
 * with other random numbers; patterns of more than 1,000 seqlets are compared by seqlets evenly
 * spaced in their order. Products of k-mers, continuous Jaccard similarities, the weights of edges
 * and (as there) the sums of windows are of single precision; means of patterns, perplexities,
 * strengths of nodes and the similarities that patterns are merged by of double.
 *
 * <p>Where modisco-lite stops with an error or never stops, this goes on: a sign without windows
 * has no seqlets, and a merger that leaves no seqlet is not tried again. A pattern that no seqlet
 * of another fits on is wholly contaminated by it, and their similarity stays as it is; there it
 * becomes 0. Of a {@code --window} that is odd all positions are used, there one less.
 */
@NullMarked
package basewise.patterns;

import org.jspecify.annotations.NullMarked;
