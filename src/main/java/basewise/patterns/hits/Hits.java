package basewise.patterns.hits;

import java.util.List;

/**
 * What was found.
 *
 * @param hits by row of the input, then start of the part that counts, pattern and strand
 * @param fits of each row
 */
public record Hits(List<Hit> hits, List<RegionFit> fits) {}
