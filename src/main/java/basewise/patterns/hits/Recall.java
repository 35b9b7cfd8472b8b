package basewise.patterns.hits;

import basewise.patterns.SavedPattern;
import basewise.patterns.ScoredSequences;
import basewise.patterns.Seqlet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What hits make of the seqlets that a pattern was made of; the columns are those of Fi-NeMo's
 * report.
 *
 * @param hits of the pattern; one that two regions show counts once
 * @param inside those in the window that seqlets come from
 * @param seqlets of the pattern, counted likewise
 * @param both hits inside that are seqlets too
 * @param seqletsOnly seqlets that are no hits
 * @param hitsOnly hits inside that are no seqlets
 * @param similarity the cosine of the pattern with what its hits are on average; NaN without hits
 */
public record Recall(
    int hits, int inside, int seqlets, int both, int seqletsOnly, int hitsOnly, double similarity) {
  /** The share of seqlets that are hits, 0 if there are none. */
  public double recall() {
    return seqlets == 0 ? 0 : (double) both / seqlets;
  }

  /** Where a row of the input lies: positions count from {@code start} on {@code contig}. */
  public record Place(String contig, int start) {}

  private record Key(String contig, int start, boolean reverse) {}

  /**
   * Compares, for each pattern.
   *
   * @param data the sequences whose hits were called
   * @param places of each row of the input; rows that share a contig can show the same hit
   * @param length of the sequences of the input
   * @param window positions around their middle that seqlets come from; 0 for all
   */
  public static List<Recall> of(
      ScoredSequences data,
      List<SavedPattern> patterns,
      List<Hit> hits,
      List<Place> places,
      int length,
      int window) {
    int used = window == 0 ? length : window;
    int offset = length / 2 - used / 2;
    int[] sequence = new int[data.count()];
    for (int i = 0; i < sequence.length; i++) {
      sequence[data.row(i)] = i;
    }
    List<Recall> out = new ArrayList<>();
    for (int k = 0; k < patterns.size(); k++) {
      SavedPattern pattern = patterns.get(k);
      int width = pattern.length();
      Set<Key> all = new HashSet<>();
      Set<Key> inside = new HashSet<>();
      double[] mean = new double[4 * width];
      for (Hit h : hits) {
        if (h.pattern() != k) {
          continue;
        }
        Key key = key(places.get(h.row()), h.start(), h.reverse());
        if (all.add(key)) {
          int at = h.start() - data.offset();
          add(data, new Seqlet(sequence[h.row()], at, at + width, h.reverse()), mean);
        }
        if (h.start() >= offset && h.start() + width <= offset + used) {
          inside.add(key);
        }
      }
      Set<Key> seqlets = new HashSet<>();
      for (Seqlet s : pattern.seqlets()) {
        if (s.sequence() < places.size()) {
          seqlets.add(key(places.get(s.sequence()), s.start() + offset, s.reverse()));
        }
      }
      int both = (int) inside.stream().filter(seqlets::contains).count();
      int missed = (int) seqlets.stream().filter(s -> !all.contains(s)).count();
      out.add(
          new Recall(
              all.size(),
              inside.size(),
              seqlets.size(),
              both,
              missed,
              inside.size() - both,
              cosine(mean, pattern.contributions())));
    }
    return out;
  }

  private static Key key(Place place, int start, boolean reverse) {
    return new Key(place.contig(), place.start() + start, reverse);
  }

  private static void add(ScoredSequences data, Seqlet s, double[] sum) {
    float[] contributions = data.contributions(s);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += contributions[i];
    }
  }

  private static double cosine(double[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
