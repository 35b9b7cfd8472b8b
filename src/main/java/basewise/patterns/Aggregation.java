package basewise.patterns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seqlets become a pattern (Shrikumar et al. 2018, section 1.7): each is laid on what the earlier
 * ones are on average, and what it lacks at either end is filled from its sequence.
 */
final class Aggregation {
  private final ScoredSequences data;
  private final PatternOptions options;
  private final double[] background;

  /**
   * @param background base composition of the seqlets
   */
  Aggregation(ScoredSequences data, PatternOptions options, double[] background) {
    this.data = data;
    this.options = options;
    this.background = background;
  }

  /** The strongest first; of equals, by place. */
  List<Seqlet> sorted(List<Seqlet> seqlets) {
    record Strong(Seqlet seqlet, double strength) {}
    List<Strong> all = new ArrayList<>();
    seqlets.forEach(s -> all.add(new Strong(s, data.strength(s))));
    all.sort(
        Comparator.comparingDouble((Strong s) -> -s.strength)
            .thenComparingLong(s -> s.seqlet.place()));
    return all.stream().map(Strong::seqlet).toList();
  }

  /** The pattern of a cluster's seqlets, polished; null if nothing is left of it. */
  @Nullable Pattern pattern(List<Seqlet> cluster) {
    List<Seqlet> seqlets = sorted(cluster);
    PatternBuilder pattern = PatternBuilder.of(data, seqlets.subList(0, 1));
    float[] parent = null;
    for (Seqlet s : seqlets.subList(1, seqlets.size())) {
      if (parent == null) {
        parent = Profile.of(pattern.meanHypothetical(), pattern.meanContributions());
      }
      Alignment a = Alignment.jaccard(parent, Profile.of(data, s), options.bothStrands());
      PatternBuilder after = joined(pattern, s, a);
      if (after != null) {
        pattern = after;
        parent = null;
      }
    }
    return polished(pattern);
  }

  /** Two patterns as one: the seqlets of the child are laid on the parent; null as above. */
  @Nullable Pattern merged(Pattern parent, Pattern child) {
    PatternBuilder pattern = PatternBuilder.of(data, parent.seqlets());
    double[] mean = null;
    for (Seqlet s : child.seqlets()) {
      if (mean == null) {
        mean = pattern.meanContributions();
      }
      Alignment a = Alignment.cosine(mean, contributions(s), options.bothStrands());
      PatternBuilder after = joined(pattern, s, a);
      // modisco-lite lets one that lies far out push any number of others beyond the ends.
      if (after != null && after.size() >= pattern.size()) {
        pattern = after;
        mean = null;
      }
    }
    return polished(pattern);
  }

  private double[] contributions(Seqlet s) {
    float[] of = data.contributions(s);
    double[] out = new double[of.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = of[i];
    }
    return out;
  }

  /** The pattern with one more seqlet, or null if nothing changes. */
  private @Nullable PatternBuilder joined(PatternBuilder pattern, Seqlet seqlet, Alignment a) {
    Seqlet s = a.reverse() ? seqlet.turned() : seqlet;
    int end = a.offset() + s.length();
    Seqlet filled = s.widened(Math.max(0, a.offset()), Math.max(0, pattern.length() - end));
    if (!data.holds(filled)) {
      return null;
    }
    int before = Math.max(0, -a.offset());
    int after = Math.max(0, end - pattern.length());
    boolean wider = before > 0 || after > 0;
    PatternBuilder parent = wider ? pattern.widened(before, after) : pattern;
    if (parent == null) {
      return null;
    }
    return parent.add(filled) || wider ? parent : null;
  }

  /** Cut to the positions with the most information, and their edges filled; null if none fits. */
  private @Nullable Pattern polished(PatternBuilder pattern) {
    PatternBuilder wide = pattern.widened(options.edges(), options.edges());
    if (wide == null) {
      return null;
    }
    if (wide.length() > options.trim()) {
      int from = Pattern.richest(wide.build().information(background), options.trim());
      wide = wide.part(from, from + options.trim());
    }
    PatternBuilder made = wide.widened(options.edges(), options.edges());
    return made == null ? null : made.build();
  }
}
