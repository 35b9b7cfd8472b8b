package basewise.patterns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pattern as it grows: seqlets of one length, of which no place comes twice, and their sums. */
final class PatternBuilder {
  private final ScoredSequences data;
  private final int length;
  private final List<Seqlet> seqlets = new ArrayList<>();
  private final Set<Long> places = new HashSet<>();
  private final double[] sequence;
  private final double[] contributions;
  private final double[] hypothetical;

  PatternBuilder(ScoredSequences data, int length) {
    this.data = data;
    this.length = length;
    sequence = new double[4 * length];
    contributions = new double[4 * length];
    hypothetical = new double[4 * length];
  }

  /** Of seqlets of one length, at least one. */
  static PatternBuilder of(ScoredSequences data, List<Seqlet> seqlets) {
    PatternBuilder made = new PatternBuilder(data, seqlets.getFirst().length());
    seqlets.forEach(made::add);
    return made;
  }

  int length() {
    return length;
  }

  int size() {
    return seqlets.size();
  }

  /** Adds a seqlet, unless its place is there. */
  boolean add(Seqlet s) {
    if (s.length() != length) {
      throw new IllegalArgumentException(s + " in a pattern of " + length);
    }
    if (!places.add(s.place())) {
      return false;
    }
    seqlets.add(s);
    byte[] codes = data.codes(s);
    float[] letters = data.hypothetical(s);
    for (int i = 0; i < letters.length; i++) {
      hypothetical[i] += letters[i];
    }
    for (int i = 0; i < length; i++) {
      if (codes[i] < 4) {
        sequence[4 * i + codes[i]]++;
        contributions[4 * i + codes[i]] += letters[4 * i + codes[i]];
      }
    }
    return true;
  }

  /** With more positions at both ends, without the seqlets that they would take out of theirs. */
  @Nullable PatternBuilder widened(int before, int after) {
    PatternBuilder made = new PatternBuilder(data, length + before + after);
    for (Seqlet s : seqlets) {
      Seqlet wide = s.widened(before, after);
      if (data.holds(wide)) {
        made.add(wide);
      }
    }
    return made.seqlets.isEmpty() ? null : made;
  }

  /** Positions [from, to). */
  PatternBuilder part(int from, int to) {
    PatternBuilder made = new PatternBuilder(data, to - from);
    seqlets.forEach(s -> made.add(s.part(from, to)));
    return made;
  }

  Pattern build() {
    return new Pattern(seqlets, mean(sequence), mean(contributions), mean(hypothetical));
  }

  private double[] mean(double[] sum) {
    double[] out = new double[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = sum[i] / seqlets.size();
    }
    return out;
  }

  double[] meanContributions() {
    return mean(contributions);
  }

  double[] meanHypothetical() {
    return mean(hypothetical);
  }
}
