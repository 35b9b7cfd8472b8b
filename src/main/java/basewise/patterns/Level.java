package basewise.patterns;

/**
 * A graph at some level of the Leiden algorithm: edges of node i at [start[i], start[i + 1]), none
 * of a node to itself; strengths count those. Arrays of edges may be longer.
 */
record Level(int[] start, int[] to, float[] weight, double[] strength) {
  int nodes() {
    return strength.length;
  }

  /**
   * Adds what a node shares with groups of nodes to what some others share.
   *
   * @param group of each node
   * @param shared of each group; 0 of those that are not near
   * @param near the groups near these nodes, of which {@code known} are there
   * @return how many those are now
   */
  int gather(int i, int[] group, double[] shared, int[] near, int known) {
    int count = known;
    int end = start[i + 1];
    for (int e = start[i]; e < end; e++) {
      int q = group[to[e]];
      double before = shared[q];
      near[count] = q; // written in any case: whether it is new is hard to foresee
      // 1 if it was 0, as sums are never below: Java makes a branch of any comparison.
      count += (int) (Double.doubleToRawLongBits(before) - 1 >>> 63);
      shared[q] = before + weight[e];
    }
    return count;
  }

  /** Adds what a node shares with groups to sums that begin at {@code at}, one of each group. */
  void share(int i, int[] group, double[] sums, int at) {
    int end = start[i + 1];
    for (int e = start[i]; e < end; e++) {
      sums[at + group[to[e]]] += weight[e];
    }
  }

  /**
   * What a node shares with the others of its group.
   *
   * @param counts a 0 for each group: a factor, since a branch would be hard to foresee
   */
  double inside(int i, int[] group, double[] counts) {
    counts[group[i]] = 1;
    double a = 0;
    double b = 0;
    int end = start[i + 1];
    int e = start[i];
    for (; e <= end - 2; e += 2) {
      a += counts[group[to[e]]] * weight[e];
      b += counts[group[to[e + 1]]] * weight[e + 1];
    }
    if (e < end) {
      a += counts[group[to[e]]] * weight[e];
    }
    counts[group[i]] = 0;
    return a + b;
  }

  /** What a node shares with those of other groups. */
  double outside(int i, int[] group) {
    double sum = 0;
    for (int e = start[i]; e < start[i + 1]; e++) {
      sum += group[to[e]] == group[i] ? 0 : weight[e];
    }
    return sum;
  }
}
