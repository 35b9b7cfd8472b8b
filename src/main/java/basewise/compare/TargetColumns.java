package basewise.compare;

import basewise.motif.Motif;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The columns of all targets, in all orientations, laid out for long loops: motifs of one width lie
 * together, and within such a group the first columns of all its motifs come first, then all second
 * columns, and so on. So one alignment of a query is added up for a whole group at once.
 */
final class TargetColumns {
  /**
   * Oriented targets of one width.
   *
   * @param width columns of each
   * @param base index of the first column of the first member
   * @param members how many, forward ones first, then, in the same order, reverse complements
   * @param targets index in the collection of each forward member
   */
  record Group(int width, int base, int members, int[] targets) {
    /** Index of a member's column. */
    int column(int member, int position) {
      return base + position * members + member;
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private final double[][] features;
  private final int size;

  TargetColumns(List<Motif> targets, TomtomOptions options) {
    TreeMap<Integer, List<Integer>> byWidth = new TreeMap<>();
    for (int t = 0; t < targets.size(); t++) {
      byWidth.computeIfAbsent(targets.get(t).width(), w -> new ArrayList<>()).add(t);
    }
    int orientations = options.reverseComplements() ? 2 : 1;
    long columns = 0;
    for (Motif t : targets) {
      columns += (long) t.width() * orientations;
    }
    size = Math.toIntExact(columns);
    Distance distance = options.distance();
    features = new double[distance.featureCount()][size];
    double[] one = new double[features.length];
    double[] complement = new double[4];
    int base = 0;
    for (var entry : byWidth.entrySet()) {
      int width = entry.getKey();
      int[] members = entry.getValue().stream().mapToInt(i -> i).toArray();
      Group group = new Group(width, base, members.length * orientations, members);
      groups.add(group);
      base += width * group.members();
      for (int m = 0; m < members.length; m++) {
        Motif motif = targets.get(members[m]);
        double sites = Smoothing.sites(motif);
        double[][] p = Smoothing.columns(motif, options);
        for (int i = 0; i < width; i++) {
          distance.features(p[i], sites, Smoothing.background(options), one);
          put(group.column(m, i), one);
          if (orientations == 2) {
            for (int c = 0; c < 4; c++) {
              complement[c] = p[i][3 - c];
            }
            distance.features(complement, sites, Smoothing.background(options), one);
            put(group.column(members.length + m, width - 1 - i), one);
          }
        }
      }
    }
  }

  private void put(int column, double[] one) {
    for (int f = 0; f < one.length; f++) {
      features[f][column] = one[f];
    }
  }

  /** Groups by ascending width. */
  List<Group> groups() {
    return groups;
  }

  /** Features, [feature][column]. */
  double[][] features() {
    return features;
  }

  /** Number of columns, all orientations together. */
  int size() {
    return size;
  }
}
