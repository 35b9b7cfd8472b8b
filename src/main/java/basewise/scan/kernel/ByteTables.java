package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The most telling columns of a matrix as tables of bytes, one for each group of neighbouring
 * columns (at most as many as a code has bases): {@code floor(loss * 255 / (budget + 1))}, at most
 * 255. A window whose bytes add up to 255 or more loses more than the budget; floors make the
 * filter pass too much, never too little. Columns left out count as losing nothing.
 *
 * @param columns the first column of each group
 * @param tables one of 4^bases bytes for each group
 * @param passes the chance that a window of independent, equally likely bases passes
 */
record ByteTables(int[] columns, byte[][] tables, double passes) {
  /** The sum of bytes that rules a window out. */
  static final int FULL = 255;

  /** A filter that everything passes. */
  static final ByteTables NONE = new ByteTables(new int[0], new byte[0][], 1);

  /**
   * The groups that make the cheapest filter.
   *
   * @param bases bases of a code, 2 or 3
   * @param most how many groups at most
   * @param perGroup what a group costs for each window
   * @param perPass what a window costs that passes
   */
  static ByteTables of(LossMatrix matrix, int bases, int most, double perGroup, double perPass) {
    ByteTables best = NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int phase = 0; phase < Math.min(bases, matrix.width); phase++) {
      List<Group> groups = Group.all(matrix, bases, phase);
      double[] chance = {1};
      for (int n = 1; n <= Math.min(most, groups.size()); n++) {
        chance = convolve(chance, groups.get(n - 1).table());
        double passes = Arrays.stream(chance).sum();
        double cost = n * perGroup + passes * perPass;
        if (cost < least) {
          least = cost;
          List<Group> chosen = groups.subList(0, n);
          best =
              new ByteTables(
                  chosen.stream().mapToInt(Group::column).toArray(),
                  chosen.stream().map(Group::table).toArray(byte[][]::new),
                  passes);
        }
      }
    }
    return best;
  }

  /** Two filters that look at the same places, so that codes are loaded once for both. */
  record Pair(ByteTables first, ByteTables second) {}

  /**
   * The cheapest filters of two matrices of one width that look at the same places.
   *
   * @param perGroup what a group of both costs for each window
   */
  static Pair pair(
      LossMatrix a, LossMatrix b, int bases, int most, double perGroup, double perPass) {
    Pair best = new Pair(NONE, NONE);
    double least = Double.POSITIVE_INFINITY;
    for (int phase = 0; phase < Math.min(bases, a.width); phase++) {
      List<Group> ofA = Group.inOrder(a, bases, phase);
      List<Group> ofB = Group.inOrder(b, bases, phase);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < ofA.size(); i++) {
        order.add(i);
      }
      order.sort(Comparator.comparingInt(i -> -ofA.get(i).telling - ofB.get(i).telling));
      double[] chanceA = {1};
      double[] chanceB = {1};
      for (int n = 1; n <= Math.min(most, order.size()); n++) {
        chanceA = convolve(chanceA, ofA.get(order.get(n - 1)).table());
        chanceB = convolve(chanceB, ofB.get(order.get(n - 1)).table());
        double passA = Arrays.stream(chanceA).sum();
        double passB = Arrays.stream(chanceB).sum();
        double cost = n * perGroup + (passA + passB) * perPass;
        if (cost < least) {
          least = cost;
          List<Integer> chosen = order.subList(0, n);
          best = new Pair(of(ofA, chosen, passA), of(ofB, chosen, passB));
        }
      }
    }
    return best;
  }

  private static ByteTables of(List<Group> groups, List<Integer> chosen, double passes) {
    return new ByteTables(
        chosen.stream().mapToInt(i -> groups.get(i).column()).toArray(),
        chosen.stream().map(i -> groups.get(i).table()).toArray(byte[][]::new),
        passes);
  }

  /** The chances of sums below {@link #FULL}, with one more table. */
  private static double[] convolve(double[] chance, byte[] table) {
    double[] next = new double[FULL];
    for (byte b : table) {
      int loss = Byte.toUnsignedInt(b);
      for (int s = 0; s < chance.length && s + loss < FULL; s++) {
        next[s + loss] += chance[s] / table.length;
      }
    }
    return next;
  }

  private record Group(int column, int telling, byte[] table) {
    /** All columns in groups that begin at phase, the most telling group first. */
    static List<Group> all(LossMatrix matrix, int bases, int phase) {
      List<Group> groups = inOrder(matrix, bases, phase);
      groups.sort(Comparator.comparingInt(g -> -g.telling));
      return groups;
    }

    /** All columns in groups that begin at phase, from the first column on. */
    static List<Group> inOrder(LossMatrix matrix, int bases, int phase) {
      List<Group> groups = new ArrayList<>();
      for (int from = phase - bases; from < matrix.width; from += bases) {
        int first = Math.max(0, from);
        int end = Math.min(matrix.width, from + bases);
        if (first < end) {
          groups.add(of(matrix, bases, first, end));
        }
      }
      return groups;
    }

    private static Group of(LossMatrix matrix, int bases, int first, int end) {
      byte[] table = new byte[1 << 2 * bases];
      for (int word = 0; word < table.length; word++) {
        long loss = 0;
        for (int i = first; i < end; i++) {
          loss += matrix.loss[i][word >> 2 * (i - first) & 3];
        }
        table[word] = (byte) Math.min(FULL, loss * FULL / (matrix.budget + 1));
      }
      int telling = 0;
      for (int i = first; i < end; i++) {
        telling += matrix.telling(i);
      }
      return new Group(first, telling, table);
    }
  }
}
